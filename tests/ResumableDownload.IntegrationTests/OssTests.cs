namespace ResumableDownload.IntegrationTests;

/// <summary>Origins that ignore If-Range, as Alibaba Cloud OSS and Azure Blob do: If-Match takes its place.</summary>
public sealed class OssTests
{
    private const int Length = 500_000;
    private const int Kept = 200_000;

    public static TheoryData<string, string> Fingerprints => new()
    {
        { "Server", "AliyunOSS" },
        { "x-oss-request-id", "655C4A5B0C8E6D3337D5B2A1" },
        { "x-ms-request-id", "1a7f0b54-301e-0037-1d1a-5c0d1a000000" },
    };

    [Theory]
    [MemberData(nameof(Fingerprints))]
    public async Task A_known_origin_is_asked_with_if_match_at_the_first_resume(string name, string value)
    {
        await using var scene = Bearing(name, value);
        await scene.LeaveAsync(Kept);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        var request = Assert.Single(scene.Requests);
        Assert.Equal((Kept, "\"v1\"", null), (request.From, request.IfMatch, request.IfRange));
    }

    [Fact]
    public async Task A_412_means_changed_and_brings_exactly_one_plain_request()
    {
        await using var scene = Bearing("Server", "AliyunOSS");
        await scene.LeaveAsync(Kept);
        scene.Origin.Resource = Resource.Version(2, Length);

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(2, scene.Requests.Count);
        Assert.Equal("\"v1\"", scene.Requests[0].IfMatch);
        Assert.True(scene.Requests[1].IsPlain);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task Without_a_tag_the_date_goes_into_if_unmodified_since()
    {
        await using var scene = Bearing("Server", "AliyunOSS");
        scene.Origin.Resource = scene.Origin.Resource with { EntityTag = null };
        await scene.LeaveAsync(Kept);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((Resource.DateOf(1), null), (Assert.Single(scene.Requests).IfUnmodifiedSince, scene.Requests[0].IfRange));
    }

    [Fact]
    public async Task An_origin_found_out_is_asked_with_if_match_from_then_on_in_later_runs_too()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = new Conduct { IgnoresIfRange = true } } };
        await scene.LeaveAsync(Kept);
        scene.Origin.Resource = Resource.Version(2, Length);
        scene.Origin.Then(scene.Origin.Otherwise, Conduct.CutAt(Kept), Conduct.Refuse(404));
        var failure = await scene.FailAsync();
        Assert.Equal((DownloadFailure.NotFound, Kept), (failure.Failure, failure.Kept));
        Assert.Equal(("\"v1\"", "\"v2\""), (scene.Requests[0].IfRange, scene.Requests[2].IfMatch));
        scene.Origin.Forget();

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((Kept, "\"v2\"", null), (Assert.Single(scene.Requests).From, scene.Requests[0].IfMatch, scene.Requests[0].IfRange));
    }

    [Theory]
    [InlineData(ResumeCondition.IfRange)]
    [InlineData(ResumeCondition.IfMatch)]
    public async Task The_callers_choice_of_condition_stands(ResumeCondition condition)
    {
        await using var scene = condition == ResumeCondition.IfRange ? Bearing("Server", "AliyunOSS") : new Scene(Resource.Version(1, Length));
        scene.Options.Condition = condition;
        await scene.LeaveAsync(Kept);

        await scene.DownloadAsync();

        var request = Assert.Single(scene.Requests);
        Assert.Equal(condition == ResumeCondition.IfRange ? ("\"v1\"", null) : (null, "\"v1\""), (request.IfRange, request.IfMatch));
    }

    [Theory]
    [InlineData(ResumeCondition.IfRange)]
    [InlineData(ResumeCondition.IfMatch)]
    public async Task The_callers_choice_never_mixes_versions_even_where_it_is_ignored(ResumeCondition condition)
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { Condition = condition } };
        scene.Origin.Otherwise = new Conduct { IgnoresIfRange = true, IgnoresIfMatch = true };
        await scene.LeaveAsync(Kept);
        scene.Origin.Resource = Resource.Version(2, Length);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_412_for_the_tag_it_just_sent_never_makes_a_loop()
    {
        // apache with deflate refuses If-Match with the very tag it gives; here with a cut in each body as well.
        await using var scene = Bearing("Server", "AliyunOSS");
        scene.Origin.Otherwise = new Conduct
        {
            BodyLimit = Kept,
            Ending = Ending.Close,
            Twist = (request, answer) => (request.IfMatch is null ? answer : new Answer(412, default)).With("Server", "AliyunOSS"),
        };

        var failure = await Record.ExceptionAsync(() => scene.DownloadAsync());

        Assert.True(failure is null or DownloadException, $"{failure}");
        Assert.InRange(scene.Requests.Count, 2, 20);
        Assert.Equal(failure is null, File.Exists(scene.Destination));
    }

    private static Scene Bearing(string name, string value) => new(Resource.Version(1, Length))
    {
        Origin = { Otherwise = new Conduct { IgnoresIfRange = true, Twist = (_, answer) => answer.With(name, value) } },
    };
}
