namespace ResumableDownload.Tests.Seeded;

/// <summary>What a server, or what lies between, may do to one request.</summary>
internal enum Mischief
{
    /// <summary>The connection breaks in the middle of the body.</summary>
    Cut,

    /// <summary>The body ends early, as if that were all, though a length was announced.</summary>
    Short,

    /// <summary>No answer but a broken connection.</summary>
    Reset,

    /// <summary>Nothing comes any more in the middle of the body.</summary>
    Stall,

    /// <summary>Nothing comes at all.</summary>
    Silence,

    /// <summary>The head comes late.</summary>
    Late,

    /// <summary>The host's name is not known just now.</summary>
    NoName,

    /// <summary>500, 502, 503, 504, 429, 408; with and without Retry-After.</summary>
    Busy,

    /// <summary>401, 403.</summary>
    Denied,

    /// <summary>404, 410.</summary>
    Missing,

    /// <summary>400, 405, 418, 501.</summary>
    Refused,

    /// <summary>A 416 although there is such a range.</summary>
    Unsatisfiable,

    /// <summary>A 412 although the condition holds.</summary>
    FailedCondition,

    /// <summary>A 304 that nobody asked for.</summary>
    Unmodified,

    /// <summary>A 200 to a range.</summary>
    Whole,

    /// <summary>Conditions are not looked at.</summary>
    NoConditions,

    /// <summary>Another range than the one that was asked for.</summary>
    Shifted,

    /// <summary>A shorter range than the one that was asked for.</summary>
    Shortened,

    /// <summary>A 206 without a usable Content-Range.</summary>
    OddRange,

    /// <summary>A 206 of several parts.</summary>
    Multipart,

    /// <summary>A part under the status 200.</summary>
    Misnamed,

    /// <summary>A 206 for the whole.</summary>
    Unasked,

    /// <summary>A Content-Length that is not that of the body.</summary>
    WrongLength,

    /// <summary>More than was announced.</summary>
    Excess,

    /// <summary>Neither a length nor a mark at the end.</summary>
    Unmarked,

    /// <summary>A login page in place of a part.</summary>
    Page,

    /// <summary>A redirect to a mirror.</summary>
    Redirect,

    /// <summary>A redirect that never ends, or to where no one must go.</summary>
    BadRedirect,

    /// <summary>No entity tag in this answer.</summary>
    NoTag,

    /// <summary>No date in this answer.</summary>
    NoDate,

    /// <summary>Neither.</summary>
    NoValidators,

    /// <summary>A node of the cluster that has the former version still.</summary>
    Stale,

    /// <summary>A content coding that was not asked for.</summary>
    Coded,

    /// <summary>A digest that is not that of the file.</summary>
    WrongDigest,

    /// <summary>The file is overwritten in place while it is sent: only a digest tells.</summary>
    Spliced,
}
