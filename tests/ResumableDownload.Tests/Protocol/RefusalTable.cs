namespace ResumableDownload.Tests.Protocol;

/// <summary>The rows of the decision table that bring no body.</summary>
internal static class RefusalTable
{
    private const string V1 = "ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";

    public static TheoryData<string, string, string, string> Refusals => new()
    {
        { "a 304 to a plain request is a fault", "F", "304", "GiveUp ProtocolViolation" },
        { "a 304 to a resume comes from a cache: ask past it", "R", "304; " + V1, "AskAgain, no cache" },
        { "a 304 again", "R odd=1", "304", "StartOver RangeUnusable" },
        { "a 304 to If-Match", "M", "304", "AskAgain, no cache" },

        { "a 400 to a plain request", "F", "400", "GiveUp Refused" },
        { "a 400 to a resume may dislike the condition", "R", "400", "AskAgain, no condition" },
        { "a 400 again dislikes the range", "R odd=1", "400", "StartOver RangeUnusable" },
        { "a 400 to the whole, then", "R over", "400", "GiveUp Refused" },
        { "a 400 to If-Match", "M", "400", "AskAgain, no condition" },

        { "a 412 to a plain request", "F", "412", "GiveUp Refused" },
        { "a 412 says that it changed", "M", "412", "StartOver Changed, after 412" },
        { "a 412 to If-Range is the same", "R", "412", "StartOver Changed, after 412" },
        { "a 412 to the whole, then: never a loop", "M after-412", "412", "GiveUp Refused" },
        { "after a 412 the new version comes", "M after-412", "200; Content-Length: 100; ETag: \"v2\"", "WriteAt 0-100 of 100, replaces: Changed" },
        { "after a 412 the old version comes: If-Match does not work here", "M after-412", "200; Content-Length: 100; " + V1, "WriteAt 0-100 of 100, continues | IgnoresIfMatch" },

        { "a 416 to a plain request", "F", "416; Content-Range: bytes */100", "GiveUp Refused" },
        { "a 416 names another total: changed", "R", "416; Content-Range: bytes */30", "StartOver Changed, other length" },
        { "a 416 names a greater total: changed", "R", "416; Content-Range: bytes */200", "StartOver Changed, other length" },
        { "a 416 names another total to If-Match", "M", "416; Content-Range: bytes */30", "StartOver Changed, other length" },
        { "a 416 for a range that exists: no ranges here", "R", "416; Content-Range: bytes */100", "StartOver RangeUnusable | NoRanges" },
        { "a 416 for a range that exists, with our tag", "R", "416; Content-Range: bytes */100; " + V1, "StartOver RangeUnusable | NoRanges" },
        { "a 416 that says nothing", "R", "416", "StartOver RangeUnusable | NoRanges" },
        { "a 416 that says nothing to If-Match", "M", "416", "StartOver RangeUnusable | NoRanges" },
        { "a 416 with a satisfied range", "R", "416; Content-Range: bytes 0-39/40", "StartOver RangeUnusable | NoRanges" },
        { "a 416 with two totals", "R", "416; Content-Range: bytes */40; Content-Range: bytes */41", "StartOver RangeUnusable | NoRanges" },
        { "the end, found by a 416 with our tag", "R no-total", "416; Content-Range: bytes */40; " + V1, "AlreadyComplete 40" },
        { "the end, found by a 416 with our date", "R no-total date-only", "416; Content-Range: bytes */40; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT", "AlreadyComplete 40" },
        { "the end, vouched for by If-Match", "M no-total", "416; Content-Range: bytes */40", "AlreadyComplete 40" },
        { "the end, but of what: If-Range may have been ignored", "R no-total", "416; Content-Range: bytes */40", "StartOver RangeUnusable" },
        { "the end of another version", "R no-total", "416; Content-Range: bytes */40; ETag: \"v2\"", "StartOver RangeUnusable" },
        { "the end, before what is kept: changed", "R no-total", "416; Content-Range: bytes */39; " + V1, "StartOver Changed" },
        { "the end, after what is kept: no ranges here", "R no-total", "416; Content-Range: bytes */41; " + V1, "StartOver RangeUnusable | NoRanges" },
        { "the end, but not the expected one", "R no-total expect=41", "416; Content-Range: bytes */40; " + V1, "GiveUp LengthMismatch" },

        { "other credentials are wanted", "F", "401", "RefreshUri Refused, else AccessDenied" },
        { "a signature has expired: what is kept stays", "R", "403", "RefreshUri Refused, else AccessDenied" },
        { "nothing there", "F", "404", "GiveUp NotFound" },
        { "nothing there any more", "R", "410", "GiveUp NotFound" },
        { "a length may not be left out, says the server", "F", "411", "GiveUp Refused" },
        { "a teapot", "R", "418", "GiveUp Refused" },
        { "for legal reasons", "F", "451", "GiveUp Refused" },
        { "the client closed the request, says nginx", "F", "499", "GiveUp Refused" },
        { "a method the server does not know", "F", "501", "GiveUp Refused" },
        { "a version the server does not know", "R", "505", "GiveUp Refused" },
        { "a network that wants a login and says so", "R", "511", "GiveUp Refused" },
        { "no content", "F", "204", "GiveUp ProtocolViolation" },
        { "accepted, but not done", "R", "202", "GiveUp ProtocolViolation" },
        { "many choices", "F", "300", "GiveUp ProtocolViolation" },
        { "a redirect that was not followed", "R", "302", "GiveUp ProtocolViolation" },
        { "a status nobody knows", "F", "600", "GiveUp ProtocolViolation" },
    };

    /// <summary>The statuses that pass; with what RFC 9110, section 10.2.3 adds to them.</summary>
    public static TheoryData<string, string, string, string> Busy
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>
            {
                { "busy, for so many seconds", "F", "503; Retry-After: 5", "RetryLater ServerUnavailable after 00:00:05" },
                { "busy, until a date, by the server's own clock", "R", "429; Retry-After: Sat, 01 Jun 2024 12:01:00 GMT", "RetryLater ServerUnavailable after 00:01:00" },
                { "busy, until a date that has passed", "F", "503; Retry-After: Sat, 01 Jun 2024 11:00:00 GMT", "RetryLater ServerUnavailable after 00:00:00" },
                { "busy, for just as long as the options allow", "F", "503; Retry-After: 600", "RetryLater ServerUnavailable after 00:10:00" },
                { "busy, for longer than the options allow", "F", "503; Retry-After: 601", "GiveUp ServerUnavailable until 2024-06-01 12:10:01Z" },
                { "busy, for ever", "R", "503; Retry-After: 99999999999999", "GiveUp ServerUnavailable until 2025-06-01 12:00:00Z" },
                { "busy, for a time that is none", "F", "503; Retry-After: soon", "RetryLater ServerUnavailable" },
            };
            foreach (var status in (int[])[408, 425, 429, 500, 502, 503, 504, 509, 520, 521, 522, 523, 524, 525, 526, 527, 530, 506, 507, 508, 510, 599])
            {
                rows.Add($"{status} passes when nothing is kept", "F", $"{status}", "RetryLater ServerUnavailable");
                rows.Add($"{status} passes, and what is kept stays", "R", $"{status}; Content-Type: text/html", "RetryLater ServerUnavailable");
                rows.Add($"{status} passes with If-Match", "M", $"{status}", "RetryLater ServerUnavailable");
            }

            return rows;
        }
    }
}
