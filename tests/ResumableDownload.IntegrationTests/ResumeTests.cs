namespace ResumableDownload.IntegrationTests;

public sealed class ResumeTests
{
    private const int WorthARange = 64 * 1024;

    public static TheoryData<int, double> Cuts => Matrix.Of([70_000, 300_000, 1_500_000, 5_000_000], new[] { 0, 0.1, 0.5, 0.9, 0.9999999 });

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_download_cut_at_any_point_is_finished_byte_for_byte(int length, double share)
    {
        var cut = (int)(length * share);
        await using var scene = new Scene(Resource.Version(1, length), Conduct.CutAt(cut));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((length, 2), (result.Length, result.Requests));
        Assert.True(scene.Requests[0].IsPlain);
        if (cut is > 0 and < WorthARange)
        {
            // So little comes again with the rest, and is compared.
            Assert.True(scene.Requests[1].IsPlain);
            Assert.Equal((length + cut, 0), (scene.Origin.BodyBytesSent, result.StartedOver.Count));
        }
        else if (cut > 0)
        {
            Assert.Equal((cut, "\"v1\"", null), (scene.Requests[1].From, scene.Requests[1].IfRange, scene.Requests[1].IfMatch));
            Assert.Equal(length, scene.Origin.BodyBytesSent);
        }
        else
        {
            Assert.True(scene.Requests[1].IsPlain);
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_reset_connection_is_finished_byte_for_byte(int length, double share)
    {
        await using var scene = new Scene(Resource.Version(1, length), Conduct.CutAt((int)(length * share), Ending.Reset));

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task However_often_the_connection_is_cut_no_byte_is_sent_twice()
    {
        await using var scene = new Scene(Resource.Version(1, 2_000_000)) { Origin = { Otherwise = Conduct.CutAt(100_000) } };

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((2_000_000, 20), (scene.Origin.BodyBytesSent, result.Requests));
        Assert.All(scene.Requests.Skip(1), request => Assert.Equal("\"v1\"", request.IfRange));
        Assert.Equal(2_000_000, result.Fetched);
    }

    [Fact]
    public async Task A_later_run_goes_on_where_the_earlier_one_stopped()
    {
        await using var scene = new Scene(Resource.Version(1, 1_000_000));
        await scene.LeaveAsync(kept: 400_000);

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((400_000, 600_000, 600_000, 1), (result.ResumedFrom, result.Received, result.Fetched, result.Requests));
        Assert.Equal((400_000, "\"v1\""), (scene.Requests[0].From, scene.Requests[0].IfRange));
        Assert.Empty(result.StartedOver);
    }

    [Fact]
    public async Task What_is_kept_can_be_seen_without_the_network_and_discarded()
    {
        await using var scene = new Scene(Resource.Version(1, 1_000_000));
        await scene.LeaveAsync(kept: 400_000);

        var kept = ResumableDownloader.Inspect(scene.Destination);

        Assert.NotNull(kept);
        Assert.Equal((400_000, 1_000_000, true, scene.Partial), (kept.Received, kept.Total, kept.CanResume, kept.PartialPath));
        Assert.Equal(new Validator { EntityTag = "\"v1\"", LastModified = Resource.DateOf(1) }, kept.Validator);
        Assert.True(ResumableDownloader.Discard(scene.Destination));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
        Assert.False(ResumableDownloader.Discard(scene.Destination));
        Assert.Null(ResumableDownloader.Inspect(scene.Destination));
        Assert.Empty(scene.Requests);
    }

    [Fact]
    public async Task Every_request_is_a_get_for_identity_bytes_and_the_first_is_plain()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000), Conduct.CutAt(200_000), Conduct.CutAt(100_000));

        await scene.DownloadAsync();

        Assert.All(scene.Requests, request => Assert.Equal(("GET", "identity"), (request.Method, request["Accept-Encoding"])));
        Assert.True(scene.Requests[0].IsPlain);
    }

    [Fact]
    public async Task A_server_that_gives_less_than_asked_is_asked_for_the_rest()
    {
        await using var scene = new Scene(Resource.Version(1, 1_000_000));
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Otherwise = new Conduct { Twist = (request, _) => Slice(scene.Origin.Resource, (int)request.From, 100_000) };

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((8, 800_000), (result.Requests, scene.Origin.BodyBytesSent));
    }

    [Fact]
    public async Task An_answer_that_begins_earlier_than_asked_is_written_where_it_belongs()
    {
        await using var scene = new Scene(Resource.Version(1, 1_000_000));
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Then(new Conduct { Twist = (request, _) => Slice(scene.Origin.Resource, (int)request.From - 50_000, 850_000) });

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Single(scene.Requests);
    }

    [Fact]
    public async Task A_server_that_says_it_has_no_ranges_is_not_asked_for_one()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000));
        scene.Origin.Then(Conduct.CutAt(200_000) with { Twist = (_, answer) => answer.With("Accept-Ranges", "none") });

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Null(scene.Requests[1].Range);
    }

    private static Answer Slice(Resource resource, int first, int length) =>
        new Answer(206, resource.Bytes.AsMemory(first, Math.Min(length, resource.Length - first)))
            .With("Content-Range", $"bytes {first}-{Math.Min(first + length, resource.Length) - 1}/{resource.Length}")
            .With("ETag", resource.EntityTag)
            .With("Last-Modified", resource.LastModified)
            .With("Content-Type", resource.ContentType);
}
