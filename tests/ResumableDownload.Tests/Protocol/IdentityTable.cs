namespace ResumableDownload.Tests.Protocol;

/// <summary>The rows of the decision table that speak of little kept, of bytes without a strong name, of digests, and of lengths that are none.</summary>
internal static class IdentityTable
{
    private const string Whole = "200; Content-Length: 100; ";
    private const string V1 = "ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string Weak = "ETag: W/\"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string Overlap = "206; Content-Range: bytes 24-99/100; ";

    public static TheoryData<string, string, string, string> Little => new()
    {
        { "little is kept: the whole comes, and what is kept is compared", "R small", Whole + V1, "WriteAt 0-100 of 100, continues" },
        { "little is kept, and it changed", "R small", Whole + "ETag: \"v2\"", "WriteAt 0-100 of 100, replaces: Changed" },
        { "little is kept, and its cache is no danger, as no range was asked for", "R small", Whole + "ETag: \"v2\"; cached", "WriteAt 0-100 of 100, replaces: Changed" },
        { "little is kept, and its date is all there is", "R small date-only", Whole + "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT", "WriteAt 0-100 of 100, continues" },
        { "little is kept, and a page comes", "R small", "200; Content-Type: text/html", "RetryLater Intercepted" },
        { "little is kept, and a part comes unasked", "R small", "206; Content-Range: bytes 40-99/100; " + V1, "GiveUp ProtocolViolation" },
        { "little is kept, and a 304 comes unasked", "R small", "304", "GiveUp ProtocolViolation" },
        { "little is kept, and a 412 comes: never a loop", "R small", "412", "GiveUp Refused" },
        { "little is kept, and a 416 comes: never a loop", "R small", "416; Content-Range: bytes */100", "GiveUp Refused" },
        { "little is kept, of an address that is refused", "R small", "403", "RefreshUri Refused, else AccessDenied" },
        { "little is kept, and the whole never comes: a range then", "R small cut", "206; Content-Range: bytes 40-99/100; " + V1, "WriteAt 40-100 of 100, continues" },
        { "little is kept, of no strong name", "R small weak", Whole + Weak, "WriteAt 0-100 of 100, replaces: NotResumable" },
        { "little is kept, of no strong name, but it may be compared", "R small weak evidence", Whole + Weak, "WriteAt 0-100 of 100, continues, by evidence" },
        { "little is kept, of no strong name, and the whole never comes", "R small weak evidence cut", Overlap + Weak, "WriteAt 24-100 of 100, continues, by evidence" },
    };

    public static TheoryData<string, string, string, string> Evidence => new()
    {
        { "an overlap is evidence", "R weak evidence", Overlap + Weak, "WriteAt 24-100 of 100, continues, by evidence" },
        { "an overlap, where there is no name at all", "R nameless evidence", "206; Content-Range: bytes 24-99/100", "WriteAt 24-100 of 100, continues, by evidence" },
        { "an overlap that is longer than asked for", "R weak evidence", "206; Content-Range: bytes 0-99/100; " + Weak, "WriteAt 0-100 of 100, continues, by evidence" },
        { "an overlap that is shorter than asked for is none", "R weak evidence", "206; Content-Range: bytes 25-99/100; " + Weak, "AskAgain" },
        { "an overlap that is left out is none", "R weak evidence", "206; Content-Range: bytes 40-99/100; " + Weak, "AskAgain" },
        { "a slice that ends in the overlap is asked on from", "R weak evidence", "206; Content-Range: bytes 24-30/100; " + Weak, "WriteAt 24-31 of 100, continues, by evidence" },
        { "another weak tag is a disproof", "R weak evidence", Overlap + "ETag: W/\"v2\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT", "StartOver Changed" },
        { "a weak tag that became strong is a disproof", "R weak evidence", Overlap + V1, "StartOver Changed" },
        { "another date is a disproof", "R weak evidence", Overlap + "ETag: W/\"v1\"; Last-Modified: Tue, 02 Jan 2024 00:00:00 GMT", "StartOver Changed" },
        { "a tag where there was none is a disproof", "R nameless evidence", Overlap + "ETag: W/\"v1\"", "StartOver Changed" },
        { "another total is a disproof", "R weak evidence", "206; Content-Range: bytes 24-98/99; " + Weak, "StartOver Changed" },
        { "a total that is not told is no evidence", "R weak evidence", "206; Content-Range: bytes 24-99/*; " + Weak, "AskAgain" },
        { "a total that is not told, again", "R weak evidence odd=1", "206; Content-Range: bytes 24-99/*; " + Weak, "StartOver NotResumable" },
        { "another digest is a disproof", "R weak evidence crc=7", Overlap + Weak + "; Crc: 8", "StartOver Changed" },
        { "the same digest is none", "R weak evidence crc=7", Overlap + Weak + "; Crc: 7", "WriteAt 24-100 of 100, continues, by evidence" },
        { "a page is no evidence", "R weak evidence", Overlap + Weak + "; Content-Type: text/html", "RetryLater Intercepted" },
        { "a coded part is no evidence", "R weak evidence", Overlap + Weak + "; Content-Encoding: gzip", "StartOver RangeUnusable" },
        { "the whole may be compared from its beginning", "R weak evidence", Whole + Weak, "WriteAt 0-100 of 100, continues, by evidence" },
        { "the whole without a length is not", "R weak evidence", "200; chunked; " + Weak, "WriteAt 0- of *, replaces: Changed, end marked" },
        { "the whole of another length is not", "R weak evidence", "200; Content-Length: 99; " + Weak, "WriteAt 0-99 of 99, replaces: Changed" },
        { "the whole of another digest is not", "R weak evidence crc=7", Whole + Weak + "; Crc: 8", "WriteAt 0-100 of 100, replaces: Changed" },
        { "bytes that were disproved are no evidence", "R weak evidence differs", Whole + Weak, "WriteAt 0-100 of 100, replaces: Changed" },
        { "a length that is not known is no evidence", "R weak evidence no-total", Whole + Weak, "WriteAt 0-100 of 100, replaces: NotResumable" },
        { "a strong tag needs no evidence", "R evidence", "206; Content-Range: bytes 40-99/100; " + V1, "WriteAt 40-100 of 100, continues" },
        { "a range that is not satisfied, of the same length", "R weak evidence", "416; Content-Range: bytes */100", "StartOver RangeUnusable | NoRanges" },
        { "a range that is not satisfied, of another length", "R weak evidence", "416; Content-Range: bytes */20", "StartOver Changed, other length" },
    };

    public static TheoryData<string, string, string, string> Digests => new()
    {
        { "one tag, another digest of the whole: changed", "R crc=7", "206; Content-Range: bytes 40-99/100; " + V1 + "; Crc: 8", "StartOver Changed | IgnoresIfRange" },
        { "one tag, another digest of the whole, to If-Match", "M crc=7", "206; Content-Range: bytes 40-99/100; " + V1 + "; Crc: 8", "StartOver Changed | IgnoresIfMatch" },
        { "one tag, one digest", "R crc=7", "206; Content-Range: bytes 40-99/100; " + V1 + "; Crc: 7", "WriteAt 40-100 of 100, continues" },
        { "a digest that is not repeated says nothing", "R crc=7", "206; Content-Range: bytes 40-99/100; " + V1, "WriteAt 40-100 of 100, continues" },
        { "a digest that appears says nothing", "R", "206; Content-Range: bytes 40-99/100; " + V1 + "; Crc: 8", "WriteAt 40-100 of 100, continues" },
        { "one digest does not make two tags one", "R crc=7", "206; Content-Range: bytes 40-99/100; ETag: \"v2\"; Crc: 7", "StartOver Changed | IgnoresIfRange" },
        { "one tag, another digest of a whole that came whole: changed", "R crc=7", Whole + V1 + "; Crc: 8", "WriteAt 0-100 of 100, replaces: Changed" },
        { "one tag, one digest of a whole that came whole", "R crc=7", Whole + V1 + "; Crc: 7", "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
    };

    public static TheoryData<string, string, string, string> Lengths => new()
    {
        { "a length that is no number hides the end", "F", "200; Length: abc; " + V1, "GiveUp ProtocolViolation" },
        { "a length that is no number, to a resume", "R", "200; Length: -5; ETag: \"v2\"", "GiveUp ProtocolViolation" },
        { "a length that is no number, where the end is marked", "F", "200; chunked; Length: 10, 20; " + V1, "WriteAt 0- of *, end marked" },
        { "a length that is no number, where the range tells it", "R", "206; Content-Range: bytes 40-99/100; Length: abc; " + V1, "WriteAt 40-100 of 100, continues" },
        { "a page with such a length is still a page", "R", "200; Length: abc; Content-Type: text/html", "RetryLater Intercepted" },
        { "such a length on a refusal does not matter", "R", "503; Length: abc", "RetryLater ServerUnavailable" },
    };

    public static TheoryData<string, string, string, string> Since => new()
    {
        { "the caller's version is the current one", "F since", "304; ETag: \"v0\"", "NotModified" },
        { "the caller's version is not", "F since", Whole + V1, "WriteAt 0-100 of 100" },
        { "a 304 that nobody asked for", "F", "304", "GiveUp ProtocolViolation" },
        { "with something kept, it is not asked for", "R since", "304", "AskAgain, no cache" },
        { "with little kept, it is not asked for either", "R since small", "304", "GiveUp ProtocolViolation" },
        { "when starting over, it is not asked for either", "R since over", "304", "GiveUp ProtocolViolation" },
    };
}
