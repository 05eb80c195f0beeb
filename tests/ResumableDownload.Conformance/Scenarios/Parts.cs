using static ResumableDownload.Conformance.Allowed;
using static ResumableDownload.Conformance.Moves;

namespace ResumableDownload.Conformance;

/// <summary>Answers to a range that are not the part that was asked for, or not what they say. Plain requests are answered honestly.</summary>
internal static class Parts
{
    private const int Length = Scenario.Length;
    private const int Kept = Scenario.Kept;
    private const string Broken = "RFC 9110, 15.3.7 and 14.4: such a 206 is invalid and must not be combined.";
    private const string ElseWhere = "RFC 9110, 15.3.7: the client must look at Content-Range; the bytes belong where that says.";
    private const string Lying = "RFC 9112, 6.3 and 8: the message is invalid or incomplete.";
    private const string Unsatisfied = "RFC 9110, 15.5.17: the range was refused; the whole may be asked for without one.";

    private static readonly Resource Old = Resource.Version(1, Length);
    private static readonly Resource New = Resource.Version(2, Length);
    private static readonly ReadOnlyMemory<byte> Poison = Resource.Content(99, Length - Kept);

    public static IEnumerable<Scenario> All =>
    [
        To("a 206 that begins later than asked", ElseWhere, (asked, _) => Part(Old, asked.From + 10_000)),
        To("a 206 that begins earlier than asked", ElseWhere, (asked, _) => Part(Old, Math.Max(0, asked.From - 50_000))),
        To("a 206 that begins earlier than asked, of the new file", ElseWhere, (asked, _) => Part(New, Math.Max(0, asked.From - 50_000)), New),
        To("a 206 of the whole file", ElseWhere, (_, _) => Part(Old, 0)),
        To("a 206 of the whole new file", ElseWhere, (_, _) => Part(New, 0), New),
        To("a 206 with the noted tag and another total", Broken, (asked, _) => Part(Resource.Version(2, Length + 5000) with { EntityTag = "\"v1\"" }, asked.From), New),
        To("a 206 with a Content-Range of nonsense, bytes of another file", Broken, (_, answer) => answer.With("Content-Range", "bytes lots") with { Body = Poison }),
        To("a 206 with a Content-Range in the request's form, bytes of another file", Broken, (asked, answer) => answer.With("Content-Range", $"bytes={asked.From}-") with { Body = Poison }),
        To("a 206 without Content-Range, bytes of another file", Broken, (_, answer) => answer.With("Content-Range", null) with { Body = Poison }),
        To("a 206 without Content-Range, the whole file", Broken, (_, answer) => answer.With("Content-Range", null) with { Body = Old.Bytes }),
        To("a 206 with two Content-Range lines, bytes of the second", Broken, (asked, _) => Part(Old, asked.From).And("Content-Range", $"bytes 0-{Length - 1}/{Length}") with { Body = Old.Bytes }),
        To("a 206 with two tags, the old one and the new one", Broken, (asked, _) => Part(New, asked.From).With("ETag", "\"v1\"").And("ETag", "\"v2\""), New),
        To("a 206 of the new file without tag and date", Broken, (asked, _) => Part(New, asked.From).With("ETag", null).With("Last-Modified", null), New),
        To("a multipart/byteranges of one part", "RFC 9110, 15.3.7.2: not for a single range.", (asked, answer) => Multipart(answer, asked.From)),
        To("a multipart/byteranges with a Content-Range beside it, as long as the range", "RFC 9110, 15.3.7.2: its parts bear the ranges; the body is no range itself.", (asked, answer) => SameLength(answer, Multipart(answer, asked.From).Body).With("Content-Type", "multipart/byteranges; boundary=X")),
        To("a coded 206 that is as long as the range", "RFC 9110, 8.4: coded bytes are no bytes of the identity representation.", (_, answer) => SameLength(answer, Poison).With("Content-Encoding", "br")),
        To("a gzip'd 206 of the identity's range", "RFC 9110, 8.4: coded bytes are no bytes of the identity representation.", (_, answer) => Gzipped(answer)),
        To("a gzip'd 200 to the range", "RFC 9110, 8.4: coded although identity is what the first answer was.", (_, _) => Gzipped(Whole(Old)), also: Gzip(Old.Bytes)),
        To("a gzip'd 200 of the new file to the range", "RFC 9110, 8.4: coded although identity is what the first answer was.", (_, _) => Gzipped(Whole(New)), New, also: Gzip(New.Bytes)),
        To("a 200 of the new file that has a Content-Range", "RFC 9110, 14.4: Content-Range has no meaning in a 200; it is the whole.", (asked, _) => Whole(New).With("Content-Range", $"bytes {asked.From}-{Length - 1}/{Length}"), New, MustFinish),
        To("a 206 with more bytes than Content-Range says", Broken, (asked, answer) => answer with { Body = Longer(answer.Body), Framing = Framing.Chunked }),
        To("a 206 whose Content-Length is longer than its Content-Range", Broken, (asked, answer) => answer with { Body = Longer(answer.Body) }),
        To("a 206 whose Content-Length is shorter than its Content-Range", Lying, (_, answer) => answer with { Body = answer.Body[..Math.Min(answer.Body.Length, 100 * 1024)] }),
        To("a 206 with a Content-Length of nonsense, cut short", Lying, (_, answer) => Cut(answer).With("Content-Length", "lots"), ending: Ending.Close),
        To("a 206 with two Content-Lengths, cut short", Lying, (_, answer) => Cut(answer).With("Content-Length", "102400").And("Content-Length", $"{Length - Kept}"), ending: Ending.Close),
        To("a 206 with bytes after its end", "RFC 9112, 6.3: the message ends where Content-Length says.", (_, answer) => answer.With("Content-Length", $"{answer.Body.Length}") with { Body = Longer(answer.Body) }, allowed: MustFinish, ending: Ending.Close),
        To("each 206 ends 200 KiB after its beginning, though more was announced", Lying, (_, answer) => answer.With("Content-Length", $"{answer.Body.Length}") with { Body = answer.Body[..Math.Min(answer.Body.Length, 200 * 1024)] }, ending: Ending.Close),
        To("a 206 that never ends, with its Content-Range", Broken, (_, answer) => answer with { Body = Endless(answer.Body), Framing = Framing.Chunked }, ending: Ending.Stall),
        To("a 416 without Content-Range, unchanged", Unsatisfied, (_, _) => new Answer(416, default), allowed: MustFinish),
        To("a 416 that names the length the file has, unchanged", Unsatisfied, (_, _) => Refused(Length), allowed: MustFinish),
        To("a 416 that names the length that is kept, changed", Unsatisfied, (_, _) => Refused(Kept), New, MustFinish),
        To("a 416 that names another length, changed", Unsatisfied, (_, _) => Refused(5000), New, MustFinish),
        To("a 416 with a page, changed", Unsatisfied, (_, _) => Page(416), New, MustFinish),
        To("a 416 with a Content-Range of nonsense, changed", Unsatisfied, (_, _) => new Answer(416, default).With("Content-Range", "bytes 5"), New, MustFinish),
    ];

    private static Scenario To(
        string name, string why, Func<SeenRequest, Answer, Answer> twist, Resource? becomes = null, Allowed allowed = MayFail, Ending ending = Ending.Normal, byte[]? also = null) =>
        new(name, allowed, why)
        {
            Change = stage =>
            {
                stage.Becomes(becomes ?? Old);
                stage.IsAlso(also ?? Old.Bytes);
                stage.ToRanges((asked, answer) => asked.From < Length ? twist(asked, answer) : answer);
                stage.Origin.TowardsRanges = stage.Origin.TowardsRanges! with { Ending = ending };
            },
        };

    private static Answer Refused(int total) => new Answer(416, default).With("Content-Range", $"bytes */{total}");

    private static Answer Cut(Answer answer) => answer with { Body = answer.Body[..Math.Min(answer.Body.Length, 100 * 1024)] };

    private static Answer SameLength(Answer answer, ReadOnlyMemory<byte> body) => answer with { Body = body[..answer.Body.Length] };

    private static byte[] Longer(ReadOnlyMemory<byte> body) => [.. body.Span, .. Poison.Span[..10_000]];

    // Far more than was announced, and then no end either.
    private static byte[] Endless(ReadOnlyMemory<byte> body) => [.. body.Span, .. Poison.Span, .. Poison.Span, .. Poison.Span, .. Poison.Span];

    private static Answer Multipart(Answer answer, long from) => (answer with
    {
        Body = (byte[])[.. Ascii($"--X\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes {from}-{Length - 1}/{Length}\r\n\r\n"), .. answer.Body.Span, .. Ascii("\r\n--X--\r\n")],
    }).With("Content-Type", "multipart/byteranges; boundary=X").With("Content-Range", null);
}
