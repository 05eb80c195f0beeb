using static ResumableDownload.Conformance.Allowed;
using static ResumableDownload.Conformance.Moves;

namespace ResumableDownload.Conformance;

/// <summary>The server refuses, is busy, says nothing, or says what is no answer.</summary>
internal static class Refusals
{
    private const string Nothing = "No answer gives a representation of the file.";
    private const string Busy = "RFC 9110, 15.6 and 10.2.3: a passing fault; the request may be repeated.";
    private const string Hostile = "RFC 9110, 5.4: a client may refuse what is too large.";

    public static IEnumerable<Scenario> All =>
    [
        Always("401 from now on", _ => new Answer(401, default).With("WWW-Authenticate", "Basic realm=\"files\"")),
        Always("403 with XML from now on", _ => Xml(403, "AccessDenied")),
        Always("404 from now on", _ => new Answer(404, default)),
        Always("404 with a page longer than the file from now on", _ => Page(404)),
        Always("410 from now on", _ => new Answer(410, default)),
        Always("500 from now on", _ => new Answer(500, default)),
        Always("412 to everything", _ => Xml(412, "PreconditionFailed")),
        Always("416 to everything", _ => new Answer(416, default)),
        Always("204 from now on", _ => new Answer(204, default)),
        Always("304 to everything", _ => new Answer(304, default).With("ETag", "\"v1\"")),
        Always("511 with the login page of a network", _ => Page(511)),
        Always("the status line is no HTTP", new Conduct { Raw = "SSH-2.0-OpenSSH_9.2\r\n", Ending = Ending.Close }),
        Always("no answer: the connection is closed", Conduct.Silence(Ending.Close)),
        Always("no answer: the connection is reset", Conduct.Silence(Ending.Reset)),
        Always("no answer: the connection stays silent", Conduct.Silence(Ending.Stall)),
        Always("a head, and then silence", Conduct.StallAt(0)),
        Always("half a head, and then silence", new Conduct { Raw = "HTTP/1.1 206 Partial Content\r\nContent-Ran", Ending = Ending.Stall }),
        Always("a head that never ends", new Conduct { Raw = "HTTP/1.1 200 OK\r\n", Refrain = string.Concat(Enumerable.Repeat("X-Header: more\r\n", 4096)) }),
        Always("a header line that never ends", new Conduct { Raw = "HTTP/1.1 200 OK\r\nX-Header: ", Refrain = new string('x', 64 * 1024) }),
        new("a header of 4 MiB", MayFail, Hostile) { Change = stage => stage.ToAll(answer => answer.With("X-Header", new string('x', 4 * Scenario.Length))) },
        new("ten thousand header lines", MayFail, Hostile)
        {
            Change = stage => stage.ToAll(answer => answer with { Headers = answer.Headers.AddRange(Enumerable.Range(0, 10_000).Select(line => KeyValuePair.Create($"X-{line}", "more"))) }),
        },
        new("no answer to any range, the whole to a plain request", MayFail, "A connection closed without an answer says nothing about what would be answered.")
        {
            Change = stage => stage.Origin.TowardsRanges = Conduct.Silence(Ending.Close),
        },
        new("404 to the range, the whole to a plain request", MayFail, "RFC 9110, 15.5.5: there is nothing; no reason to ask otherwise.") { Change = stage => stage.ToRanges(_ => new Answer(404, default)) },
        Passing("500 twice, then the file", Conduct.Refuse(500), Conduct.Refuse(500)),
        Passing("503 with Retry-After of a second, then the file", Conduct.Refuse(503, ("Retry-After", "1"))),
        Passing("429 with Retry-After of a second, then the file", Conduct.Refuse(429, ("Retry-After", "1"))),
        Passing("503 with a page, then the file", Conduct.Say(_ => Page(503))),
        new("a signed address expires (403 with XML), then a fresh one", MustFinish, "RFC 9110, 15.5.4: the refusal is of the address's signature; the tag still names the file.")
        {
            Targets = ["/file.bin?X-Amz-Signature=1", "/file.bin?X-Amz-Signature=1", "/file.bin?X-Amz-Signature=2"],
            Change = stage => stage.ToAll(_ => Xml(403, "AccessDenied")),
            ChangeAgain = stage => stage.Origin.Otherwise = Conduct.Serve,
        },
        new("a signed address expires, then a fresh one of a changed file", MustFinish, "RFC 9110, 13.1.5: If-Range with the old tag brings the new version whole.")
        {
            Targets = ["/file.bin?X-Amz-Signature=1", "/file.bin?X-Amz-Signature=1", "/file.bin?X-Amz-Signature=2"],
            Change = stage => stage.ToAll(_ => Xml(403, "AccessDenied")),
            ChangeAgain = stage =>
            {
                stage.Becomes(Resource.Version(2, Scenario.Length));
                stage.Origin.Otherwise = Conduct.Serve;
            },
        },
        new("404 for a while, then the file is back and changed", MustFinish, "RFC 9110, 13.1.5: If-Range with the old tag brings the new version whole.")
        {
            Targets = ["/file.bin", "/file.bin", "/file.bin"],
            Change = stage => stage.ToAll(_ => new Answer(404, default)),
            ChangeAgain = stage =>
            {
                stage.Becomes(Resource.Version(2, Scenario.Length));
                stage.Origin.Otherwise = Conduct.Serve;
            },
        },
    ];

    private static Scenario Always(string name, Func<Answer, Answer> twist) => Always(name, Conduct.Say(twist));

    private static Scenario Always(string name, Conduct conduct) => new(name, MustFail, Nothing) { Change = stage => stage.Origin.Otherwise = conduct };

    private static Scenario Passing(string name, params Conduct[] conducts) => new(name, MustFinish, Busy) { Change = stage => stage.First(conducts) };
}
