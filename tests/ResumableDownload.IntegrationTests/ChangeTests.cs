namespace ResumableDownload.IntegrationTests;

/// <summary>The resource changes while it is being downloaded: what comes out is one version, never two.</summary>
public sealed class ChangeTests
{
    private const int Length = 500_000;

    public static TheoryData<string, string, string> Changes => Matrix.Of(
        ["same length", "grown", "shrunk", "shrunk below what is kept", "rolled back"],
        ["honours all", "ignores If-Range", "ignores If-Match", "ignores both", "ignores ranges"],
        new[] { "tag and date", "tag", "date" });

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_file_that_changed_between_two_runs_is_never_mixed(string change, string server, string validators)
    {
        await using var scene = new Scene(Only(validators, Resource.Version(5, Length)));
        scene.Origin.Otherwise = Manners(server);
        await scene.LeaveAsync(kept: 300_000);
        scene.Origin.Resource = Only(validators, Changed(change));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal(0, result.ResumedFrom);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_and_a_second_cut_leave_the_new_version_only(string change, string server, string validators)
    {
        await using var scene = new Scene(Only(validators, Resource.Version(5, Length)));
        var manners = scene.Origin.Otherwise = Manners(server);
        scene.Origin.Then(
            manners with { BodyLimit = 200_000, Ending = Ending.Close },
            manners with { BodyLimit = 90_000, Ending = Ending.Close, First = () => scene.Origin.Resource = Only(validators, Changed(change)) },
            manners with { BodyLimit = 80_000, Ending = Ending.Close });

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_changed_file_of_the_same_length_costs_one_request_where_if_range_is_honoured()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept: 300_000);
        scene.Origin.Resource = Resource.Version(2, Length);

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((1, Length, "\"v2\""), (result.Requests, scene.Origin.BodyBytesSent, result.Validator.EntityTag));
    }

    [Fact]
    public async Task A_file_that_changes_with_every_answer_is_given_up()
    {
        var version = 1;
        await using var scene = new Scene(Resource.Version(1, Length));
        scene.Origin.Otherwise = Conduct.CutAt(200_000) with { First = () => scene.Origin.Resource = Resource.Version(++version, Length) };

        var failure = await scene.FailAsync();

        Assert.Equal(DownloadFailure.SourceUnstable, failure.Failure);
        Assert.InRange(scene.Requests.Count, 2, 12);
        Assert.False(File.Exists(scene.Destination));
    }

    [Fact]
    public async Task A_server_with_two_versions_behind_one_address_never_mixes_them()
    {
        var answers = 0;
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { MaxStartOvers = 6 } };
        scene.Origin.Otherwise = Conduct.CutAt(150_000) with { First = () => scene.Origin.Resource = Resource.Version((answers++ / 2 % 2) + 1, Length) };

        var failure = await Record.ExceptionAsync(() => scene.DownloadAsync());

        Assert.InRange(scene.Requests.Count, 2, 60);
        Assert.Equal(failure is null, File.Exists(scene.Destination));
        if (failure is null)
        {
            var file = await File.ReadAllBytesAsync(scene.Destination);
            Assert.Contains(new[] { 1, 2 }, number => file.AsSpan().SequenceEqual(Resource.Content(number, Length)));
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(4_095)]
    public async Task Squids_damaged_beginning_never_reaches_the_file(int kept)
    {
        // Measured on squid 5.7: a range from s < 4096 with an If-Range that fails brings a 200 whose first 4096 - s bytes are those from s on.
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept);
        scene.Origin.Resource = Resource.Version(2, Length);
        scene.Origin.Otherwise = new Conduct { Twist = (request, answer) => request.From is > 0 and < 4096 ? Damaged(answer, (int)request.From) : answer };

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    private static Answer Damaged(Answer answer, int start) =>
        answer.With("Via", "1.1 cache (squid/5.7)") with { Body = (byte[])[.. answer.Body.Span[start..4096], .. answer.Body.Span[(4096 - start)..]] };

    private static Conduct Manners(string server) => new()
    {
        IgnoresRange = server == "ignores ranges",
        IgnoresIfRange = server is "ignores If-Range" or "ignores both",
        IgnoresIfMatch = server is "ignores If-Match" or "ignores both",
    };

    private static Resource Changed(string change) => change switch
    {
        "same length" => Resource.Version(6, Length),
        "grown" => Resource.Version(6, Length + 70_000),
        "shrunk" => Resource.Version(6, Length - 70_000),
        "shrunk below what is kept" => Resource.Version(6, 120_000),
        // Older: If-Unmodified-Since lets it through.
        _ => Resource.Version(4, Length),
    };

    private static Resource Only(string validators, Resource resource) => validators switch
    {
        "tag" => resource with { LastModified = null },
        "date" => resource with { EntityTag = null },
        _ => resource,
    };
}
