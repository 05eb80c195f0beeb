namespace ResumableDownload.IntegrationTests;

/// <summary>What was kept dies only when a replacement that was judged brings bytes.</summary>
public sealed class KeepingTests
{
    private const int Length = 500_000;
    private const int Kept = 300_000;

    public static TheoryData<string> Failures => new(Replacements.Keys);

    // Answers that say "not your version" but bring no byte of another one.
    private static Dictionary<string, Conduct> Replacements => new()
    {
        ["new version, cut before its first byte"] = Conduct.CutAt(0) with { IgnoresRange = true },
        ["new version, reset before its first byte"] = Conduct.CutAt(0, Ending.Reset) with { IgnoresRange = true },
        ["no answer"] = Conduct.Silence(Ending.Close),
        ["503"] = Conduct.Refuse(503),
        ["a portal's page"] = Conduct.Say(_ => new Answer(200, new byte[5_000]).With("Content-Type", "text/html")),
        ["403"] = Conduct.Refuse(403),
        ["410"] = Conduct.Refuse(410),
        ["500"] = Conduct.Refuse(500),
        ["412"] = Conduct.Refuse(412),
        ["204"] = Conduct.Refuse(204),
        ["302 without a place to go"] = Conduct.Refuse(302),
        ["coded body"] = Conduct.Say(answer => answer.With("Content-Encoding", "gzip")),
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_replacement_that_brings_no_byte_costs_nothing(string replacement)
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(Kept);
        scene.Origin.Resource = Resource.Version(2, Length);
        scene.Origin.Otherwise = Replacements[replacement];

        var failure = await scene.FailAsync();

        Assert.Equal(Kept, failure.Kept);
        Assert.Equal(Kept, ResumableDownloader.Inspect(scene.Destination)?.Received);
        await TheOldVersionIsFinishedWithoutLossAsync(scene);
    }

    [Fact]
    public async Task A_portals_page_is_called_an_interception()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(Kept);
        scene.Origin.Otherwise = Replacements["a portal's page"];

        Assert.Equal(DownloadFailure.Intercepted, (await scene.FailAsync()).Failure);
    }

    [Fact]
    public async Task A_portals_page_that_goes_away_costs_one_attempt()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(Kept);
        scene.Origin.Then(Replacements["a portal's page"]);

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((2, Kept), (result.Requests, result.ResumedFrom));
    }

    [Fact]
    public async Task Whoever_allows_no_loss_loses_nothing()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { MaxStartOvers = 0 } };
        await scene.LeaveAsync(Kept);
        scene.Origin.Resource = Resource.Version(2, Length);

        var failure = await scene.FailAsync();

        Assert.Equal((DownloadFailure.SourceUnstable, Kept), (failure.Failure, failure.Kept));
        await TheOldVersionIsFinishedWithoutLossAsync(scene);
    }

    [Fact]
    public async Task The_same_tag_over_other_bytes_is_caught_where_the_whole_is_sent()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = new Conduct { IgnoresRange = true } } };
        await scene.LeaveAsync(Kept);
        scene.Origin.Resource = Resource.Version(1, Length) with { Bytes = Resource.Content(2, Length) };

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task The_same_version_sent_whole_is_no_start_over()
    {
        // A server that dislikes the form of its own tag, or has no ranges: 200 with the tag that was sent.
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = new Conduct { IgnoresRange = true } } };
        await scene.LeaveAsync(Kept);

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Empty(result.StartedOver);
        Assert.Equal(Kept, result.ResumedFrom);
    }

    [Fact]
    public async Task The_same_version_sent_whole_and_cut_again_still_gains()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(Kept);
        scene.Origin.Then(Conduct.CutAt(350_000) with { IgnoresRange = true }, Conduct.Refuse(404));

        var failure = await scene.FailAsync();

        Assert.Equal(350_000, failure.Kept);
    }

    [Fact]
    public async Task A_server_without_ranges_that_always_cuts_is_not_asked_for_ever()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.CutAt(200_000) with { IgnoresRange = true } } };

        var failure = await scene.FailAsync();

        Assert.InRange(scene.Requests.Count, 2, 20);
        Assert.False(File.Exists(scene.Destination));
        Assert.True(failure.Kept is 0 or 200_000, $"{failure}");
    }

    private static async Task TheOldVersionIsFinishedWithoutLossAsync(Scene scene)
    {
        scene.Origin.Resource = Resource.Version(1, Length);
        scene.Origin.Otherwise = Conduct.Serve;
        scene.Origin.Forget();

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((Kept, Length - Kept), (result.ResumedFrom, scene.Origin.BodyBytesSent));
    }
}
