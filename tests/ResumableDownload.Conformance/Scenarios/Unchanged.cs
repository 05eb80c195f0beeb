using static ResumableDownload.Conformance.Allowed;
using static ResumableDownload.Conformance.Moves;

namespace ResumableDownload.Conformance;

/// <summary>The file stays as it is; only the way to it breaks, or is unusual.</summary>
internal static class Unchanged
{
    private const string ByTag = "RFC 9110, 13.1.5: the strong tag names the same representation, so the rest may be appended.";
    private const string Again = "The whole is served to a plain request at any time.";

    public static IEnumerable<Scenario> All =>
    [
        new("unchanged: the connection is closed at 300 KiB of 1 MiB", MustFinish, ByTag),
        new("unchanged: the connection is reset at 300 KiB", MustFinish, ByTag) { Ending = Ending.Reset },
        new("unchanged: the connection goes silent at 300 KiB", MustFinish, ByTag) { Ending = Ending.Stall },
        new("unchanged: closed at 100 KiB", MustFinish, ByTag) { Cut = 100 * 1024 },
        new("unchanged: closed at 900 KiB", MustFinish, ByTag) { Cut = 900 * 1024 },
        new("unchanged: closed one byte before the end", MustFinish, ByTag) { Cut = Scenario.Length - 1 },
        new("unchanged: closed before the first byte", MustFinish, Again) { Cut = 0 },
        new("unchanged: a date and no tag", MustFinish, "RFC 9110, 8.8.2.2: the date is years older than the answer, and so strong.") { Before = Dated(1) },
        new("unchanged: a weak tag", MustFinish, Again) { Before = Tagged(1, "W/\"v1\"") },
        new("unchanged: neither tag nor date", MustFinish, Again) { Before = Nameless(1) },
        new("unchanged: the date is no HTTP date", MustFinish, Again) { Before = Dated(1) with { LastModified = "2020-01-02T00:00:00Z" } },
        new("unchanged: the rest is cut twice more in the second run", MustFinish, ByTag)
        {
            Change = stage => stage.First(Conduct.CutAt(200 * 1024), Conduct.CutAt(200 * 1024)),
        },
        new("unchanged: the second run is refused a connection's answer once", MustFinish, ByTag) { Change = stage => stage.First(Conduct.Silence(Ending.Close)) },
        new("unchanged: the second run's first connection is reset", MustFinish, ByTag) { Change = stage => stage.First(Conduct.Silence(Ending.Reset)) },
        new("unchanged: no length is told, the body is chunked", MustFinish, "RFC 9112, 8: a chunked body without its last chunk is incomplete.")
        {
            Beginning = Chunked,
            Change = stage => stage.Origin.Otherwise = Chunked,
        },
        new("unchanged: every byte came, the last chunk did not", MustFinish, Again)
        {
            Beginning = new Conduct { Twist = (_, answer) => answer with { Framing = Framing.Chunked, Body = (byte[])[.. answer.Body.Span, 0] } },
            Cut = Scenario.Length,
            Change = stage => stage.Origin.Otherwise = Chunked,
        },
        new("unchanged: the 206 is chunked", MustFinish, "RFC 9110, 15.3.7: Content-Range tells what the part is.") { Change = stage => stage.Origin.TowardsRanges = Chunked },
        new("unchanged: the 206 ends with the connection", MustFinish, "RFC 9110, 15.3.7: Content-Range tells what the part is.")
        {
            Change = stage => stage.ToRanges(answer => answer with { Framing = Framing.UntilClose }),
        },
        new("unchanged: the 206 ends with the connection, too early the first time", MustFinish, "RFC 9110, 15.3.7: Content-Range tells how much is missing.")
        {
            Change = stage => stage.First(Conduct.CutAt(200 * 1024) with { Twist = (_, answer) => answer with { Framing = Framing.UntilClose } }),
        },
        new("unchanged: an HTTP/1.0 server", MustFinish, ByTag)
        {
            Beginning = new Conduct { Twist = (_, answer) => Old(answer) },
            Change = stage => stage.Origin.Otherwise = Conduct.Say(Old) with { Ending = Ending.Close },
        },
        new("unchanged: ranges are ignored, every answer is the whole", MustFinish, "RFC 9110, 14.2: a server may ignore Range; a 200 begins at the first byte.")
        {
            Beginning = new Conduct { IgnoresRange = true },
            Change = stage => stage.Origin.Otherwise = new Conduct { IgnoresRange = true },
        },
        new("unchanged: the range is answered with 200 and the same tag", MustFinish, "RFC 9110, 14.2: a server may ignore Range; a 200 begins at the first byte.")
        {
            Change = stage => stage.ToRanges(_ => Whole(stage.Origin.Resource)),
        },
        new("unchanged: If-Range is always answered with 200", MustFinish, "RFC 9110, 14.2: a server may ignore Range; a 200 begins at the first byte.")
        {
            Change = stage => stage.ToRanges((request, answer) => request.IfRange is null ? answer : Whole(stage.Origin.Resource)),
        },
        new("unchanged: each 206 is at most 200 KiB long", MustFinish, "RFC 9110, 15.3.7: a part may be less than what was asked for, and says so.")
        {
            Change = stage => stage.ToRanges((request, answer) => answer.Status == 206 ? Part(stage.Origin.Resource, request.From, 200 * 1024) : answer),
        },
        new("unchanged: the total in Content-Range is *", MustFinish, "RFC 9110, 14.4: a server may not know the total.")
        {
            Change = stage => stage.ToRanges(answer => answer.Status == 206 ? answer.With("Content-Range", answer["Content-Range"]!.Split('/')[0] + "/*") : answer),
        },
        new("unchanged: HEAD is refused, as a signed address does", MustFinish, ByTag)
        {
            Beginning = new Conduct { Twist = NoHead },
            Change = stage => stage.Origin.Otherwise = new Conduct { Twist = NoHead },
        },
        new("an empty file", MustFinish, Again) { Cut = 0, Ending = Ending.Reset, Change = stage => stage.Becomes(Resource.Version(1, 0)) },
        new("a file of one byte", MustFinish, Again) { Before = Resource.Version(1, 1), Cut = 0 },
    ];

    private static Conduct Chunked { get; } = Conduct.Say(answer => answer with { Framing = Framing.Chunked });

    private static Answer Old(Answer answer) => answer with { Protocol = "HTTP/1.0" };

    private static Answer NoHead(SeenRequest request, Answer answer) => request.Method == "HEAD" ? new Answer(403, default) : answer;
}
