using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>The sentences that people read when an answer does not lead on.</summary>
public sealed class SentenceTests
{
    private const string V1 = "; ETag: \"v1\"; Last-Modified: Mon, 01 Jan 2024 00:00:00 GMT";

    public static TheoryData<string, string, string> Sentences => new()
    {
        { "F", "503; Retry-After: 601", "The server answered 503 Service Unavailable and wants no request before 2024-06-01 12:10:01Z" },
        { "F", "200; Content-Length: 100; decoded", "The HTTP client decompresses answers; resuming needs AutomaticDecompression = None" },

        { "F", "403", "The server answered 403 Forbidden" },
        { "F signed", "403", "The server answered 403 Forbidden; the signed address may have expired" },
        { "F", "404; Error: NoSuchKey/The key does not exist.", "The server answered 404 Not Found (NoSuchKey: The key does not exist.)" },
        { "F signed", "404", "The server answered 404 Not Found; the signed address may have expired" },
        { "R signed=-1", "403", "The signed address has expired: the server answered 403 Forbidden" },

        { "R", "200; Content-Type: text/html", "A page (text/html) came in place of the file (application/octet-stream)" },
        { "R untyped", "200; Content-Type: text/html", "A page (text/html) came in place of the file (no type)" },

        { "F", "200; Content-Length: 100; Content-Encoding: gzip", "The server sent the content coding 'gzip', which was not asked for" },
        { "F", "200; Length: abc", "The server sent the invalid Content-Length 'abc'" },
        { "F", "200; Content-Length: 60; Content-Range: bytes 40-99/100", "The server sent a part (bytes 40-99/100) under the status 200 although the whole was asked for" },
        { "F expect=99", "200; Content-Length: 100", "The resource has 100 bytes, not the expected 99" },

        { "F", "206; Content-Range: bytes 0-49/100", "The server sent a part (206) although the whole was asked for" },
        { "R", "206; Content-Range: bytes 40-99/100; ETag: \"v1\"; Last-Modified: Tue, 02 Jan 2024 00:00:00 GMT", "The server sent one entity tag with two different dates" },
        { "R", "206; Content-Range: bytes 40-99/100", "The server sent a part (206) that does not say which version it is of" },
        { "R weak tag-only evidence", "206; Content-Range: bytes 24-99/*; ETag: W/\"v1\"", "The server sent a part (206) that does not say of how many bytes" },
        { "R", "206; Content-Range: bytes 40-99/100; Content-Range: bytes 0-9/100" + V1, "The server sent a part (206) with an unusable Content-Range (bytes 40-99/100 and bytes 0-9/100)" },
        { "R no-total most=90", "206; Content-Range: bytes 40-94/100" + V1, "The resource has 100 bytes, more than the accepted 90" },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void People_read(string asked, string answered, string expected) =>
        Assert.Equal(expected, Why(ResponseClassifier.Classify(Scene.Asked(asked), Scene.Answered(answered))));

    private static string? Why(ResponseDecision decision) => decision switch
    {
        ResponseDecision.GiveUp up => up.Why,
        ResponseDecision.RetryLater later => later.Why,
        ResponseDecision.AskAgain again => again.Why,
        ResponseDecision.RefreshUri refresh => refresh.Why,
        _ => null,
    };
}
