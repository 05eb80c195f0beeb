namespace ResumableDownload.Tests.Protocol;

/// <summary>The decision table: each row a sentence, how it was asked, what was answered, and what is done. A new server oddity is a new row.</summary>
/// <remarks>The sentences marked with a section follow RFC 9110. 40 of 100 bytes are kept, with the tag "v1" and a date, unless a row says otherwise.</remarks>
internal static class DecisionTable
{
    private const string Part = "206; Content-Range: bytes 40-99/100; ";
    private const string Whole = "200; Content-Length: 100; ";
    private const string V1 = "ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string Tag = "ETag: \"v1\"";
    private const string Other = "ETag: \"v2\"";
    private const string Date = "Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";
    private const string LaterDate = "Last-Modified: Tue, 02 Jan 2024 00:00:00 GMT";

    public static TheoryData<string, string, string, string> WholeBodies => new()
    {
        { "the first answer is the file", "F", Whole + V1, "WriteAt 0-100 of 100" },
        { "the first answer needs no validators", "F", "200; Content-Length: 100", "WriteAt 0-100 of 100" },
        { "an empty file is a file", "F", "200; Content-Length: 0", "WriteAt 0-0 of 0" },
        { "a Content-Range on a 200 means nothing", "F", Whole + "Content-Range: bytes 5-9/10", "WriteAt 0-100 of 100" },
        { "a chunked body ends with its last chunk", "F", "200; chunked; " + V1, "WriteAt 0- of *, end marked" },
        { "a body until the connection closes has no marked end", "F", "200; " + V1, "WriteAt 0- of *" },
        { "a coding nobody asked for cannot be continued", "F", Whole + "Content-Encoding: gzip", "GiveUp UnexpectedCoding" },
        { "a client that decodes hands out bytes that are not the server's", "F", Whole + "decoded", "GiveUp UnexpectedCoding" },
        { "and it hands them out for a part too", "R", Part + V1 + "; decoded", "GiveUp UnexpectedCoding" },
        { "a page may be the file that was asked for", "F", Whole + "Content-Type: text/html", "WriteAt 0-100 of 100" },
        { "an object store is known by its first answer", "F", Whole + "oss", "WriteAt 0-100 of 100 | IgnoresIfRange" },
        { "a 206 to a plain request that is the whole is used", "F", "206; Content-Range: bytes 0-99/100; Content-Length: 100", "WriteAt 0-100 of 100" },
        { "a 206 to a plain request need not repeat the length", "F", "206; Content-Range: bytes 0-99/100", "WriteAt 0-100 of 100" },
        { "a 206 to a plain request that is a part is refused", "F", "206; Content-Range: bytes 0-49/100", "GiveUp ProtocolViolation" },
        { "a 206 to a plain request that begins later is refused", "F", "206; Content-Range: bytes 1-99/100", "GiveUp ProtocolViolation" },
        { "a 206 to a plain request of unknown total is refused", "F", "206; Content-Range: bytes 0-99/*", "GiveUp ProtocolViolation" },
        { "a 206 to a plain request without Content-Range is refused", "F", "206; Content-Length: 100", "GiveUp ProtocolViolation" },
        { "a 206 to a plain request that contradicts its length is refused", "F", "206; Content-Range: bytes 0-99/100; Content-Length: 99", "GiveUp ProtocolViolation" },
        { "a 206 to a plain request in many parts is refused", "F", "206; Content-Range: bytes 0-99/100; Content-Type: multipart/byteranges", "GiveUp ProtocolViolation" },
        { "a 206 to a plain request that is coded is refused", "F", "206; Content-Range: bytes 0-99/100; Content-Encoding: gzip", "GiveUp UnexpectedCoding" },

        { "a changed file is sent whole (13.1.5) and replaces what is kept", "R", Whole + Other, "WriteAt 0-100 of 100, replaces: Changed" },
        { "a changed file of another length replaces what is kept", "R", "200; Content-Length: 90; " + Other, "WriteAt 0-90 of 90, replaces: Changed" },
        { "the same tag with another total is a change", "R", "200; Content-Length: 90; " + V1, "WriteAt 0-90 of 90, replaces: Changed" },
        { "the same tag and total: ranges are not done here, and nothing is lost", "R", Whole + V1, "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "the same tag and total, the date left out: nothing is lost", "R", Whole + Tag, "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "the same tag and total, another node's date: nothing is lost", "R", Whole + Tag + "; " + LaterDate, "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "the same tag and total to If-Match", "M", Whole + V1, "WriteAt 0-100 of 100, continues" },
        { "the same tag and total without a date at all", "R tag-only", Whole + Tag, "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "the same strong date and total, where there is no tag", "R date-only", Whole + Date, "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "a tag where there was none is another answer", "R date-only", Whole + V1, "WriteAt 0-100 of 100, replaces: Changed" },
        { "another date, where there is no tag, is a change", "R date-only", Whole + LaterDate, "WriteAt 0-100 of 100, replaces: Changed" },
        { "no validators at all are a change", "R", "200; Content-Length: 100", "WriteAt 0-100 of 100, replaces: Changed" },
        { "a weak tag proves nothing, though it is the same", "R weak", Whole + "ETag: W/\"v1\"; " + Date, "WriteAt 0-100 of 100, replaces: NotResumable" },
        { "a changed file may come in chunks", "R", "200; chunked; " + Other, "WriteAt 0- of *, replaces: Changed, end marked" },
        { "the same chunked file as before", "R no-total", "200; chunked; " + V1, "WriteAt 0- of *, continues, end marked | IgnoresIfRange" },
        { "the same file, but now in chunks: its noted length stays", "R", "200; chunked; " + V1, "WriteAt 0-100 of 100, continues, end marked | IgnoresIfRange" },
        { "the same tag, but shorter than what is kept", "R no-total", "200; Content-Length: 39; " + V1, "WriteAt 0-39 of 39, replaces: Changed" },
        { "the same tag, its length told only now", "R no-total", Whole + V1, "WriteAt 0-100 of 100, continues | IgnoresIfRange" },
        { "a Content-Range on a 200 means nothing to a resume either", "R", Whole + Other + "; Content-Range: bytes 40-99/100", "WriteAt 0-100 of 100, replaces: Changed" },
        { "kept bytes that were found to differ are replaced, whatever the tag", "R differs", Whole + V1, "WriteAt 0-100 of 100, replaces: Changed" },
        { "a coding on a resume: start over", "R", Whole + V1 + "; Content-Encoding: br", "StartOver RangeUnusable" },
        { "and then fail", "R over", Whole + V1 + "; Content-Encoding: br", "GiveUp UnexpectedCoding" },
        { "a login page in place of the file is not the file", "R", "200; Content-Length: 900; Content-Type: text/html", "RetryLater Intercepted" },
        { "a login page in XHTML", "R", "200; chunked; Content-Type: application/xhtml+xml", "RetryLater Intercepted" },
        { "a login page when the whole is asked for again", "R over", "200; Content-Length: 900; Content-Type: TEXT/HTML", "RetryLater Intercepted" },
        { "a page that follows a page is a change", "R page", "200; Content-Length: 900; Content-Type: text/html; " + Other, "WriteAt 0-900 of 900, replaces: Changed" },
        { "a new file of another, harmless type", "R", Whole + Other + "; Content-Type: application/zip", "WriteAt 0-100 of 100, replaces: Changed" },
        { "a file of the expected length", "F expect=100", Whole + V1, "WriteAt 0-100 of 100" },
        { "a file of another length than expected", "F expect=99", Whole + V1, "GiveUp LengthMismatch" },
        { "a file that changed to another length than expected", "R expect=100", "200; Content-Length: 90; " + Other, "GiveUp LengthMismatch" },
        { "a file that is just short enough", "F most=100", Whole + V1, "WriteAt 0-100 of 100" },
        { "a file that is too long", "F most=99", Whole + V1, "GiveUp TooLong" },
    };

    public static TheoryData<string, string, string, string> Parts => new()
    {
        { "the range is honoured", "R", Part + V1 + "; Content-Length: 60", "WriteAt 40-100 of 100, continues" },
        { "a 206 to If-Match", "M", Part + V1, "WriteAt 40-100 of 100, continues" },
        { "a unit in capitals", "R", "206; Content-Range: BYTES 40-99/100; " + V1, "WriteAt 40-100 of 100, continues" },
        { "a 206 need not repeat the date", "R", Part + Tag, "WriteAt 40-100 of 100, continues" },
        { "a 206 without the tag, with the same date (15.3.7)", "R", Part + Date, "WriteAt 40-100 of 100, continues" },
        { "a date appears beside the same tag", "R tag-only", Part + V1, "WriteAt 40-100 of 100, continues" },
        { "a date is enough where there is no tag", "R date-only", Part + Date, "WriteAt 40-100 of 100, continues" },
        { "a short slice is still progress", "R", "206; Content-Range: bytes 40-49/100; " + V1, "WriteAt 40-50 of 100, continues" },
        { "a slice of a single byte", "R", "206; Content-Range: bytes 40-40/100; " + V1, "WriteAt 40-41 of 100, continues" },
        { "a slice that begins earlier: what is kept is compared", "R", "206; Content-Range: bytes 30-99/100; " + V1, "WriteAt 30-100 of 100, continues" },
        { "a slice that is the whole", "R", "206; Content-Range: bytes 0-99/100; " + V1, "WriteAt 0-100 of 100, continues" },
        { "a total that is not repeated, with the same tag", "R", "206; Content-Range: bytes 40-99/*; " + V1, "WriteAt 40-100 of 100, continues" },
        { "a total that was not known until now", "R no-total", Part + V1, "WriteAt 40-100 of 100, continues" },
        { "a total that nobody knows", "R no-total", "206; Content-Range: bytes 40-99/*; " + V1, "WriteAt 40-100 of *, continues" },
        { "a part as far as it was asked for", "R until=60", "206; Content-Range: bytes 40-59/100; " + V1, "WriteAt 40-60 of 100, continues" },
        { "a part beyond what was asked for", "R until=60", "206; Content-Range: bytes 40-60/100; " + V1, "AskAgain" },
        { "a total that becomes known and is not the expected one", "R no-total expect=90", Part + V1, "GiveUp LengthMismatch" },
        { "a total that becomes known and is too long", "R no-total most=90", Part + V1, "GiveUp TooLong" },

        { "more than is accepted, of a total that nobody knows", "R no-total most=90", "206; Content-Range: bytes 40-99/*; " + V1, "GiveUp TooLong" },
        { "more than is expected, of a total that nobody knows", "R no-total expect=90", "206; Content-Range: bytes 40-99/*; " + V1, "GiveUp LengthMismatch" },
        { "a total that is less than what is kept", "R no-total", "206; Content-Range: bytes 30-38/39; " + V1, "StartOver Changed | IgnoresIfRange" },

        { "a part of another version: If-Range was ignored", "R", Part + Other, "StartOver Changed | IgnoresIfRange" },
        { "a part of another version: If-Match was ignored", "M", Part + Other, "StartOver Changed | IgnoresIfMatch" },
        { "a part of another total", "R", "206; Content-Range: bytes 40-89/90; " + V1, "StartOver Changed | IgnoresIfRange" },
        { "a part of a greater total", "R", "206; Content-Range: bytes 40-99/101; " + V1, "StartOver Changed | IgnoresIfRange" },
        { "a part of another total to If-Match", "M", "206; Content-Range: bytes 40-89/90; " + V1, "StartOver Changed | IgnoresIfMatch" },
        { "the same tag made weak is another tag", "R", Part + "ETag: W/\"v1\"; " + Date, "StartOver Changed | IgnoresIfRange" },
        { "the same tag without its quotes is another tag", "R", Part + "ETag: v1; " + Date, "StartOver Changed | IgnoresIfRange" },
        { "no tag, and another date", "R", Part + LaterDate, "StartOver Changed | IgnoresIfRange" },
        { "another date, where there is no tag", "R date-only", Part + LaterDate, "StartOver Changed | IgnoresIfRange" },
        { "another date to If-Unmodified-Since", "M date-only", Part + LaterDate, "StartOver Changed | IgnoresIfMatch" },
        { "a tag where there was none", "R date-only", Part + V1, "StartOver Changed | IgnoresIfRange" },
        { "one tag, two dates: nodes of a cluster, ask again", "R", Part + Tag + "; " + LaterDate, "AskAgain" },
        { "one tag, two dates, for the third time", "R odd=2", Part + Tag + "; " + LaterDate, "AskAgain" },
        { "one tag, two dates, too often", "R odd=3", Part + Tag + "; " + LaterDate, "StartOver Changed" },
        { "a part that does not say what it is of", "R", "206; Content-Range: bytes 40-99/100", "AskAgain" },
        { "a part that does not say what it is of, again", "R odd=1", "206; Content-Range: bytes 40-99/100", "StartOver RangeUnusable" },

        { "no Content-Range", "R", "206; " + V1, "AskAgain" },
        { "no Content-Range, again", "R odd=1", "206; " + V1, "StartOver RangeUnusable" },
        { "two of them", "R", "206; Content-Range: bytes 40-99/100; Content-Range: bytes 40-99/100; " + V1, "AskAgain" },
        { "backwards", "R", "206; Content-Range: bytes 99-40/100; " + V1, "AskAgain" },
        { "beyond its own total", "R", "206; Content-Range: bytes 40-100/100; " + V1, "AskAgain" },
        { "beyond the noted total, which is not repeated", "R", "206; Content-Range: bytes 40-199/*; " + V1, "AskAgain" },
        { "the unsatisfied form", "R", "206; Content-Range: bytes */100; " + V1, "AskAgain" },
        { "another unit", "R", "206; Content-Range: pages 40-99/100; " + V1, "AskAgain" },
        { "a slice from further on leaves a gap", "R", "206; Content-Range: bytes 41-99/100; " + V1, "AskAgain" },
        { "a slice from before brings nothing new", "R", "206; Content-Range: bytes 0-39/100; " + V1, "AskAgain" },
        { "a slice from elsewhere, again", "R odd=1", "206; Content-Range: bytes 41-99/100; " + V1, "StartOver RangeUnusable" },
        { "a length that contradicts the range", "R", Part + V1 + "; Content-Length: 59", "AskAgain" },
        { "a coded part", "R", Part + V1 + "; Content-Encoding: gzip", "StartOver RangeUnusable" },
        { "many parts", "R", Part + V1 + "; Content-Type: multipart/byteranges", "StartOver RangeUnusable" },
        { "a login page as a part", "R", Part + V1 + "; Content-Type: text/html", "RetryLater Intercepted" },
        { "an object store is known by a part too", "R", Part + V1 + "; oss", "WriteAt 40-100 of 100, continues | IgnoresIfRange" },
    };
}
