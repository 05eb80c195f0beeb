namespace ResumableDownload.IntegrationTests;

/// <summary>The ways in which an answer can be wrong, as seen on real servers or as an attacker would try them.</summary>
internal static class Lies
{
    /// <summary>Answers to a Range request. Their bodies hold bytes that must not be used.</summary>
    public static IReadOnlyDictionary<string, Func<Answer, Answer>> ToRanges { get; } = new Dictionary<string, Func<Answer, Answer>>
    {
        ["no Content-Range"] = answer => answer.With("Content-Range", null),
        ["two lines of Content-Range"] = answer => answer.And("Content-Range", "bytes 0-199999/500000"),
        ["range of the beginning"] = Ranged("bytes 0-199999/500000"),
        ["range that begins later"] = Ranged("bytes 310000-499999/500000"),
        ["range of another total"] = Ranged("bytes 300000-499999/500001"),
        ["range beyond its own total"] = Ranged("bytes 300000-499999/400000"),
        ["range backwards"] = Ranged("bytes 300000-299999/500000"),
        ["range without total"] = Ranged("bytes 300000-499999"),
        ["range in the request's form"] = Ranged("bytes=300000-499999/500000"),
        ["range of items"] = Ranged("items 300000-499999/500000"),
        ["range of nothing"] = Ranged("bytes */500000"),
        ["range of huge numbers"] = Ranged("bytes 300000-99999999999999999999/99999999999999999999"),
        ["empty range field"] = Ranged(""),
        ["longer body than the range"] = Ranged("bytes 300000-399999/500000"),
        ["shorter body than the range"] = answer => answer with { Body = answer.Body[..100_000] },
        ["another tag"] = answer => answer.With("ETag", "\"v2\""),
        ["another tag that differs in case"] = answer => answer.With("ETag", "\"V1\""),
        ["the tag made weak"] = answer => answer.With("ETag", "W/\"v1\""),
        ["two tags"] = answer => answer.And("ETag", "\"v2\""),
        ["no tag, another date"] = answer => answer.With("ETag", null).With("Last-Modified", Resource.DateOf(2)),
        ["no tag, no date"] = answer => answer.With("ETag", null).With("Last-Modified", null),
        ["the tag, another date"] = answer => answer.With("Last-Modified", Resource.DateOf(2)),
        ["unknown total without a tag"] = answer => answer.With("ETag", null).With("Last-Modified", null).With("Content-Range", "bytes 300000-499999/*"),
        ["several parts"] = answer => answer.With("Content-Type", "multipart/byteranges; boundary=X").With("Content-Range", null),
        ["several parts with a range"] = answer => answer.With("Content-Type", "multipart/byteranges; boundary=X"),
        ["gzip"] = answer => answer.With("Content-Encoding", "gzip"),
        ["a page"] = answer => answer.With("Content-Type", "text/html; charset=utf-8"),
        ["304"] = answer => new Answer(304, default).With("ETag", answer["ETag"]),
        ["416 that names the noted length"] = _ => new Answer(416, default).With("Content-Range", "bytes */500000"),
        ["416 that names what is kept"] = _ => new Answer(416, default).With("Content-Range", "bytes */300000"),
        ["416 without a length"] = _ => new Answer(416, default),
        ["416 with a length of nonsense"] = _ => new Answer(416, default).With("Content-Range", "bytes 5"),
        ["400"] = _ => new Answer(400, default),
        ["412"] = _ => new Answer(412, default),
        ["200 of a coded body"] = answer => (answer with { Status = 200 }).With("Content-Range", null).With("Content-Encoding", "gzip"),
        ["200 of a page"] = answer => (answer with { Status = 200 }).With("Content-Range", null).With("Content-Type", "text/html"),
    };

    /// <summary>Answers to any request, and how the failure may be called.</summary>
    public static IReadOnlyDictionary<string, (Func<Answer, Answer> Twist, DownloadFailure?[] Failures)> ToAll { get; } =
        new Dictionary<string, (Func<Answer, Answer>, DownloadFailure?[])>
        {
            ["202"] = (answer => answer with { Status = 202 }, [DownloadFailure.Refused, DownloadFailure.ProtocolViolation]),
            ["204"] = (_ => new Answer(204, default), [DownloadFailure.Refused, DownloadFailure.ProtocolViolation]),
            ["206 that nobody asked for"] = (Unasked, [DownloadFailure.ProtocolViolation]),
            ["300"] = (answer => answer with { Status = 300 }, [DownloadFailure.Refused, DownloadFailure.ProtocolViolation, DownloadFailure.RedirectRefused]),
            ["304"] = (_ => new Answer(304, default), [DownloadFailure.ProtocolViolation, DownloadFailure.Refused]),
            ["412"] = (_ => new Answer(412, default), [DownloadFailure.Refused, DownloadFailure.ProtocolViolation]),
            ["416"] = (_ => new Answer(416, default), [DownloadFailure.Refused, DownloadFailure.ProtocolViolation]),
            ["gzip"] = (answer => answer.With("Content-Encoding", "gzip"), [DownloadFailure.UnexpectedCoding]),
            ["length that is no number"] = (Cut("abc"), Incomplete),
            ["length below zero"] = (Cut("-1"), Incomplete),
            ["length with a sign"] = (Cut("+500000"), Incomplete),
            ["list of lengths"] = (Cut("500000, 500000"), Incomplete),
            ["length that overflows"] = (Cut("99999999999999999999"), Incomplete),
            ["two lengths"] = (answer => Cut("200000")(answer).And("Content-Length", "500000"), Incomplete),
        };

    // A strong tag allows to go on by ranges, whose Content-Range tells the length after all: then there is no failure.
    private static DownloadFailure?[] Incomplete =>
        [null, DownloadFailure.LengthUnknown, DownloadFailure.ProtocolViolation, DownloadFailure.Connection, DownloadFailure.SourceUnstable];

    private static Answer Unasked(Answer answer) =>
        (answer with { Status = 206, Body = answer.Body[100..] }).With("Content-Range", "bytes 100-499999/500000");

    private static Func<Answer, Answer> Ranged(string contentRange) => answer => answer.With("Content-Range", contentRange);

    // HttpClient takes such a length for none and reads until the connection closes: the cut would pass for the end.
    private static Func<Answer, Answer> Cut(string length) => answer => (answer with { Body = answer.Body[..200_000] }).With("Content-Length", length);
}
