namespace ResumableDownload.IntegrationTests;

/// <summary>A file that holds only the bytes [100000, 600000) of a resource.</summary>
public sealed class PartOfResourceTests
{
    private const int Length = 1_000_000;
    private const int Kept = 200_000;

    private static readonly ByteRange Part = new(100_000, 600_000);

    [Fact]
    public async Task The_part_and_nothing_else_is_fetched()
    {
        await using var scene = new Scene(Resource.Version(1, Length));

        var result = await scene.DownloadAsync(Of(scene, Part));

        AssertHolds(scene, Part);
        Assert.Equal((500_000L, 500_000L, "bytes=100000-599999"), (result.Length, result.Fetched, Assert.Single(scene.Requests).Range));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(Length - 1, Length)]
    [InlineData(300_000, Length)]
    [InlineData(0, Length)]
    public async Task Any_part_comes_right_whether_the_server_knows_ranges_or_not(int start, int end)
    {
        var part = new ByteRange(start, end);
        await using var scene = new Scene(Resource.Version(1, Length), new Conduct { IgnoresRange = true });

        await scene.DownloadAsync(Of(scene, part));
        AssertHolds(scene, part);
        await scene.DownloadAsync(Of(scene, part));
        AssertHolds(scene, part);
    }

    [Fact]
    public async Task Cut_and_resumed_across_runs_no_byte_is_fetched_twice()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await LeaveAsync(scene);
        var kept = ResumableDownloader.Inspect(Of(scene, Part))!;
        Assert.Equal((Kept, 500_000L, true), (kept.Received, kept.Total, kept.CanResume));

        var result = await scene.DownloadAsync(Of(scene, Part));

        AssertHolds(scene, Part);
        Assert.Equal((Kept, 300_000L), (result.ResumedFrom, result.Fetched));
        Assert.Equal(("bytes=300000-599999", "\"v1\""), (Assert.Single(scene.Requests).Range, scene.Requests[0].IfRange));
    }

    [Fact]
    public async Task Interrupted_in_the_middle_it_keeps_what_came()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        scene.Origin.Then(Conduct.StallAt(Kept));
        using var stop = new CancellationTokenSource();
        var download = scene.DownloadAsync(Of(scene, Part), cancellationToken: stop.Token);
        await Wait.UntilAsync(() => ResumableDownloader.Inspect(scene.Destination)?.Received == Kept, "enough is kept");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);

        var result = await scene.DownloadAsync(Of(scene, Part));

        AssertHolds(scene, Part);
        Assert.Equal(Kept, result.ResumedFrom);
    }

    [Theory]
    [InlineData(false, Length)]
    [InlineData(true, Length)]
    [InlineData(false, 700_000)]
    [InlineData(true, 600_000)]
    public async Task A_changed_file_is_never_mixed(bool ignoresIfRange, int length)
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = new Conduct { IgnoresIfRange = ignoresIfRange } } };
        await LeaveAsync(scene);
        scene.Origin.Resource = Resource.Version(2, length);

        var result = await scene.DownloadAsync(Of(scene, Part));

        AssertHolds(scene, Part);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task A_server_without_ranges_costs_bytes_but_never_a_start_over()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = new Conduct { IgnoresRange = true } } };
        scene.Origin.Then(new Conduct { IgnoresRange = true, BodyLimit = 50_000, Ending = Ending.Close }, new Conduct { IgnoresRange = true, BodyLimit = 400_000, Ending = Ending.Close });

        var result = await scene.DownloadAsync(Of(scene, Part));

        AssertHolds(scene, Part);
        Assert.Empty(result.StartedOver);
        Assert.Equal(50_000 + 400_000 + 600_000, result.Fetched);
    }

    [Theory]
    [InlineData((int)Framing.Chunked)]
    [InlineData((int)Framing.UntilClose)]
    public async Task A_body_that_tells_no_length_is_cut_out_and_one_too_short_refused(int framing)
    {
        var untold = new Conduct { IgnoresRange = true, Twist = (_, answer) => answer with { Framing = (Framing)framing } };
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = untold } };
        await scene.DownloadAsync(Of(scene, Part));
        AssertHolds(scene, Part);

        scene.Origin.Resource = Resource.Version(2, 599_999);
        Assert.Equal(DownloadFailure.Connection, (await scene.FailAsync(Of(scene, Part))).Failure);
        Scene.AssertSame(Resource.Version(1, Length).Bytes[100_000..600_000], await File.ReadAllBytesAsync(scene.Destination));
    }

    [Theory]
    [InlineData(599_999)]
    [InlineData(100_000)]
    [InlineData(0)]
    public async Task A_range_beyond_the_end_is_a_clear_failure(int length)
    {
        await using var scene = new Scene(Resource.Version(1, length));
        var failure = await scene.FailAsync(Of(scene, Part));
        Assert.Equal(DownloadFailure.LengthMismatch, failure.Failure);
        Assert.Contains($"The resource has only {length} bytes; the range [100000, 600000) is not wholly inside", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Fact]
    public async Task Another_range_to_the_same_destination_begins_anew()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await LeaveAsync(scene);
        var other = new ByteRange(100_001, 600_001);

        var result = await scene.DownloadAsync(Of(scene, other));

        AssertHolds(scene, other);
        Assert.Equal(0, result.ResumedFrom);
    }

    [Fact]
    public async Task The_whole_is_not_begun_with_a_part()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await LeaveAsync(scene);
        Assert.Equal(0, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_store_that_ignores_If_Range_is_asked_with_If_Match()
    {
        await using var scene = new Scene(Resource.Version(1, Length))
        {
            Origin = { Otherwise = new Conduct { IgnoresIfRange = true, Twist = static (_, answer) => answer.With("Server", "AliyunOSS").With("x-oss-hash-crc64ecma", "1") } },
        };
        await LeaveAsync(scene);
        scene.Origin.Resource = Resource.Version(2, Length);

        await scene.DownloadAsync(Of(scene, Part));

        AssertHolds(scene, Part);
        Assert.Equal([("bytes=300000-599999", "\"v1\""), ("bytes=100000-599999", null)], scene.Requests.Select(static request => (request.Range, request.IfMatch)));
    }

    [Fact]
    public async Task A_changed_version_is_noticed_after_the_last_byte()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { FinalCheck = FinalCheck.Always } };
        scene.Origin.Then(Conduct.Serve, new Conduct { First = () => scene.Origin.Resource = Resource.Version(2, Length) });

        var result = await scene.DownloadAsync(Of(scene, Part));

        AssertHolds(scene, Part);
        Assert.Equal(FinalCheckOutcome.Confirmed, result.FinalCheck);
        Assert.Equal("bytes=599999-599999", scene.Requests[1].Range);
    }

    [NginxFact]
    public async Task From_nginx_a_part_is_interrupted_and_resumed_and_a_changed_file_not_mixed()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 1m;");
        await using var scene = new Scene(Resource.Version(1, 4_000_000)) { Options = { MaxConnections = 1 } };
        nginx.Publish("file.bin", scene.Origin.Resource, version: 1);
        var (request, part) = (new DownloadRequest(nginx.UrlOf("file.bin"), scene.Destination) { Range = new(500_000, 3_000_000) }, new ByteRange(500_000, 3_000_000));
        var kept = await InterruptAsync(scene, request);

        var result = await scene.DownloadAsync(request);
        AssertHolds(scene, part);
        Assert.Equal((kept, part.Length - kept, 1), (result.ResumedFrom, result.Fetched, result.Requests));
        Assert.Equal($"206 {part.Length - kept} bytes={part.Start + kept}-2999999", nginx.Log[^1]);

        await InterruptAsync(scene, request);
        scene.Origin.Resource = Resource.Version(2, 4_000_000);
        nginx.Publish("file.bin", scene.Origin.Resource, version: 2);
        Assert.Equal([StartOverReason.Changed], (await scene.DownloadAsync(request)).StartedOver);
        AssertHolds(scene, part);
    }

    [NginxFact]
    public async Task From_nginx_without_ranges_a_part_is_cut_out_and_one_beyond_the_end_refused()
    {
        using var nginx = await Nginx.StartAsync("max_ranges 0;");
        await using var scene = new Scene(Resource.Version(1, Length));
        nginx.Publish("file.bin", scene.Origin.Resource, version: 1);

        await scene.DownloadAsync(new DownloadRequest(nginx.UrlOf("file.bin"), scene.Destination) { Range = Part });
        AssertHolds(scene, Part);

        var beyond = new DownloadRequest(nginx.UrlOf("file.bin"), scene.Destination) { Range = new(Length - 1, Length + 1) };
        Assert.Equal(DownloadFailure.LengthMismatch, (await scene.FailAsync(beyond)).Failure);
    }

    [NginxFact]
    public async Task Nginx_tells_the_length_to_whoever_asks_beyond_the_end()
    {
        using var nginx = await Nginx.StartAsync();
        await using var scene = new Scene(Resource.Version(1, Length));
        nginx.Publish("file.bin", scene.Origin.Resource, version: 1);
        foreach (var range in (ByteRange[])[new(Length - 1, Length + 1), new(Length, Length + 1), new(1L << 40, 1L << 41)])
        {
            var failure = await scene.FailAsync(new DownloadRequest(nginx.UrlOf("file.bin"), scene.Destination) { Range = range });
            Assert.Equal(DownloadFailure.LengthMismatch, failure.Failure);
        }
    }

    private static DownloadRequest Of(Scene scene, ByteRange part) => new(scene.Origin.Url, scene.Destination) { Range = part };

    private static async Task LeaveAsync(Scene scene)
    {
        scene.Origin.Then(scene.Origin.Otherwise with { BodyLimit = Kept, Ending = Ending.Close }, Conduct.Refuse(404));
        var failure = await scene.FailAsync(Of(scene, Part));
        Assert.Equal((DownloadFailure.NotFound, Kept), (failure.Failure, failure.Kept));
        scene.Origin.Forget();
    }

    private static async Task<long> InterruptAsync(Scene scene, DownloadRequest request)
    {
        using var stop = new CancellationTokenSource();
        var download = scene.DownloadAsync(request, cancellationToken: stop.Token);
        await Wait.UntilAsync(() => ResumableDownloader.Inspect(request)?.Received > 200_000, "enough is kept");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        return ResumableDownloader.Inspect(request)!.Received;
    }

    private static void AssertHolds(Scene scene, ByteRange part) =>
        scene.AssertHolds(new Resource(scene.Origin.Resource.Bytes[(int)part.Start..(int)part.End]));
}
