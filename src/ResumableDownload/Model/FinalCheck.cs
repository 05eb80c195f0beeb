namespace ResumableDownload;

/// <summary>Whether the server is asked, after the last byte, if the resource is still the version that was received.</summary>
/// <remarks>
/// A file that is overwritten in place while it is sent arrives as a mixture of the right length, on every server that was tried; only a digest or a look at
/// the validators afterwards shows it. The question is one GET of the last byte with <c>If-None-Match</c> (RFC 9110, section 13.1.2). A digest that proves the
/// whole file makes it needless, and so it is not asked then.
/// </remarks>
public enum FinalCheck
{
    /// <summary>When more than one answer was needed, or receiving took over 5 s.</summary>
    Auto,

    /// <summary>Never.</summary>
    Never,

    /// <summary>After every download.</summary>
    Always,
}
