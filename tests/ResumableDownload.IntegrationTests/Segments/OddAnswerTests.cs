namespace ResumableDownload.IntegrationTests;

/// <summary>Further connections that get odd answers: they end, and the first one brings the file.</summary>
public sealed class OddAnswerTests
{
    private static readonly Dictionary<string, Conduct> Odd = new()
    {
        ["200, as if there were no ranges"] = Many.Paced with { IgnoresRange = true },
        ["another range"] = Many.Paced with { Twist = static (request, answer) => Shifted(request, answer, 1000) },
        ["a range that begins earlier"] = Many.Paced with { Twist = static (request, answer) => Shifted(request, answer, -1000) },
        ["another total"] = Say(static answer => answer.With("Content-Range", answer["Content-Range"] + "0")),
        ["no Content-Range"] = Say(static answer => answer.With("Content-Range", null)),
        ["an unknown total"] = Say(static answer => answer.With("Content-Range", answer["Content-Range"]!.Split('/')[0] + "/*")),
        ["multipart"] = Say(static answer => answer.With("Content-Type", "multipart/byteranges; boundary=x").With("Content-Range", null)),
        ["gzip"] = Say(static answer => answer.With("Content-Encoding", "gzip")),
        ["a web page"] = Many.Paced with { Twist = static (_, _) => new Answer(200, "<html>Please log in.</html>"u8.ToArray()).With("Content-Type", "text/html") },
        ["412 for its own tag"] = Many.Paced with { Twist = static (request, answer) => request.IfMatch is null ? answer : new Answer(412, default) },
        ["412 for anything"] = Conduct.Refuse(412),
        ["304"] = Conduct.Refuse(304),
        ["204"] = Conduct.Refuse(204),
        ["400"] = Conduct.Refuse(400),
        ["401"] = Conduct.Refuse(401),
        ["403"] = Conduct.Refuse(403),
        ["404"] = Conduct.Refuse(404),
        ["410"] = Conduct.Refuse(410),
        ["416"] = Conduct.Refuse(416),
        ["429"] = Conduct.Refuse(429),
        ["429 for an hour"] = Conduct.Refuse(429, ("Retry-After", "3600")),
        ["500"] = Conduct.Refuse(500),
        ["501"] = Conduct.Refuse(501),
        ["503 for a minute"] = Conduct.Refuse(503, ("Retry-After", "60")),
        ["a redirect to itself"] = Conduct.RedirectTo("/file.bin"),
        ["a redirect to a file"] = Conduct.RedirectTo("file:///etc/passwd"),
        ["a reset"] = Conduct.Silence(Ending.Reset),
        ["a close"] = Conduct.Silence(Ending.Close),
        ["no HTTP"] = new() { Raw = "Go away.\r\n\r\n", Ending = Ending.Close },
    };

    public static TheoryData<string> Names => [.. Odd.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_they_are_told_the_first_connection_brings_the_file_and_nothing_is_lost(string name)
    {
        await using var scene = Many.Scene();
        scene.Origin.TowardsRanges = Odd[name];

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.NotEmpty(scene.Ranges());
        Assert.Empty(result.StartedOver);

        // Three may have joined before the first of them is told. A redirect that leads back is followed twenty times.
        Assert.InRange(scene.Requests.Count, 2, name == "a redirect to itself" ? 1 + (3 * 21) : 24);

        // What speaks of a change is answered by one more question for the whole, whose answer shows that there was none.
        Assert.InRange(scene.Requests.Count(static request => request.IsPlain), 1, name == "another total" ? 2 : 1);
    }

    [Fact]
    public async Task A_part_under_another_tag_is_never_written_and_costs_one_start_over_at_most()
    {
        await using var scene = Many.Scene();
        scene.Origin.TowardsRanges = Say(static answer => (answer with { Body = new byte[answer.Body.Length] }).With("ETag", "\"other\""));

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange(result.StartedOver.Count, 0, 1);
        Assert.InRange(scene.Requests.Count, 2, 12);
    }

    [Fact]
    public async Task A_part_that_is_shorter_than_was_asked_for_is_taken_and_the_rest_asked_for()
    {
        await using var scene = Many.Scene();
        scene.Origin.TowardsRanges = Many.Paced with { Twist = static (request, answer) => Shortened(request, answer, 512 * 1024) };

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Empty(result.StartedOver);
        Assert.True(scene.Ranges().Count > 2, "The rest was asked for.");
    }

    [Fact]
    public async Task A_range_that_hangs_before_its_head_does_not_hold_up_a_file_that_one_connection_could_have_brought_meanwhile()
    {
        await using var scene = Many.Scene();
        scene.Origin.TowardsRanges = Conduct.Silence(Ending.Stall);

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);

        // 20 s is the guard against stalls; alone the first connection needs four.
        Assert.InRange(result.Elapsed.TotalSeconds, 0, 15);
    }

    [Fact]
    public async Task A_range_that_stalls_in_its_body_is_brought_by_another()
    {
        await using var scene = Many.Scene();
        var ranges = 0;
        scene.Origin.ByRequest = request => request.Range is not null && Interlocked.Increment(ref ranges) == 1 ? Many.Paced with { BodyLimit = 200_000, Ending = Ending.Stall } : Many.Paced;

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange(result.Elapsed.TotalSeconds, 0, 15);
    }

    [Fact]
    public async Task A_range_that_dribbles_is_helped()
    {
        await using var scene = Many.Scene();
        var ranges = 0;
        scene.Origin.ByRequest = request => request.Range is not null && Interlocked.Increment(ref ranges) == 1 ? new() { Pieces = (1024, TimeSpan.FromMilliseconds(20)) } : Many.Paced;

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange(result.Elapsed.TotalSeconds, 0, 15);
    }

    private static Conduct Say(Func<Answer, Answer> twist) => Many.Paced with { Twist = (_, answer) => twist(answer) };

    private static Answer Shifted(SeenRequest request, Answer answer, int by)
    {
        var range = answer["Content-Range"]!.Split(' ', '-', '/');
        var (first, total) = (request.From + by, long.Parse(range[3], System.Globalization.CultureInfo.InvariantCulture));
        var body = answer.Body[Math.Abs(by)..];
        return (answer with { Body = body }).With("Content-Range", $"bytes {first}-{first + body.Length - 1}/{total}");
    }

    private static Answer Shortened(SeenRequest request, Answer answer, int most)
    {
        var body = answer.Body[..Math.Min(answer.Body.Length, most)];
        return (answer with { Body = body }).With("Content-Range", $"bytes {request.From}-{request.From + body.Length - 1}/{answer["Content-Range"]!.Split('/')[1]}");
    }
}
