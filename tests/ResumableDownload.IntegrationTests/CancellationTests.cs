namespace ResumableDownload.IntegrationTests;

public sealed class CancellationTests
{
    private const int Length = 1_000_000;
    private const int Sent = 400_000;

    [Fact]
    public async Task Cancelling_keeps_what_arrived_and_names_the_callers_token()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(Sent));
        using var stop = new CancellationTokenSource();
        var download = scene.DownloadAsync(cancellationToken: stop.Token);
        await ArrivedAsync(scene);

        await stop.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        Assert.Equal(stop.Token, cancelled.CancellationToken);
        Assert.Equal(Sent, ResumableDownloader.Inspect(scene.Destination)?.Received);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Cancelling_keeps_also_what_was_read_and_not_yet_written(int kept)
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept);
        scene.Origin.Then(Conduct.StallAt(Sent));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.DownloadAsync(new CancelAtOnce(stop), stop.Token));

        Assert.Equal(kept + Sent, ResumableDownloader.Inspect(scene.Destination)?.Received);
    }

    [Fact]
    public async Task A_cancelled_download_can_be_resumed_at_once_in_the_same_process()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(Sent));
        using var stop = new CancellationTokenSource();
        using var downloader = new ResumableDownloader(scene.Options);
        var download = downloader.DownloadAsync(scene.Origin.Url, scene.Destination, cancellationToken: stop.Token);
        await ArrivedAsync(scene);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download.WaitAsync(Wait.Limit));

        var result = await downloader.DownloadAsync(scene.Origin.Url, scene.Destination).WaitAsync(Wait.Limit);

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(Sent, result.ResumedFrom);
        Assert.Equal((Sent, Length), (scene.Requests[1].From, scene.Origin.BodyBytesSent));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing_and_leaves_nothing()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var token = new CancellationToken(canceled: true);

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.DownloadAsync(cancellationToken: token));

        Assert.Equal(token, cancelled.CancellationToken);
        Assert.Empty(scene.Requests);
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Fact]
    public async Task Cancelling_while_the_server_thinks_is_felt_at_once()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.Silence(Ending.Stall));
        using var stop = new CancellationTokenSource();
        var download = scene.DownloadAsync(cancellationToken: stop.Token);
        await Wait.UntilAsync(() => scene.Requests.Count == 1, "the request has arrived");

        await stop.CancelAsync();

        Assert.Equal(stop.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download)).CancellationToken);
    }

    [Fact]
    public async Task Cancelling_a_long_wait_between_attempts_is_felt_at_once()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(Sent), Conduct.Refuse(503, ("Retry-After", "500")));
        using var stop = new CancellationTokenSource();
        var download = scene.DownloadAsync(cancellationToken: stop.Token);
        await Wait.UntilAsync(() => scene.Requests.Count == 2, "the server has asked to wait");

        await stop.CancelAsync();

        Assert.Equal(stop.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download)).CancellationToken);
        Assert.Equal(Sent, (await scene.DownloadAsync()).ResumedFrom);
    }

    [Fact]
    public async Task Cancelling_under_a_bandwidth_limit_is_felt_at_once()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { BandwidthLimit = new BandwidthLimit(1_000) } };
        using var stop = new CancellationTokenSource();
        var download = scene.DownloadAsync(cancellationToken: stop.Token);
        await Wait.UntilAsync(() => scene.Origin.BodyBytesSent > 0, "the body has begun");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
    }

    [Fact]
    public async Task Cancelled_over_and_over_a_download_still_finishes_right()
    {
        var slow = new Conduct { Pieces = (10_000, TimeSpan.FromMilliseconds(1)) };
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = slow } };
        var random = new Random(11);
        for (var round = 0; round < 15; round++)
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(120)));
            var failure = await Record.ExceptionAsync(() => scene.DownloadAsync(cancellationToken: stop.Token));
            Assert.True(failure is null || (failure is OperationCanceledException cancelled && cancelled.CancellationToken == stop.Token), $"{failure}");
        }

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task Cancelled_over_and_over_while_the_file_changes_a_download_still_finishes_right()
    {
        var slow = new Conduct { Pieces = (20_000, TimeSpan.FromMilliseconds(1)) };
        await using var scene = new Scene(Resource.Version(0, Length)) { Origin = { Otherwise = slow } };
        var random = new Random(12);
        for (var round = 0; round < 24; round++)
        {
            scene.Origin.Resource = Resource.Version(round / 3, Length);
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(90)));
            var failure = await Record.ExceptionAsync(() => scene.DownloadAsync(cancellationToken: stop.Token));
            Assert.True(failure is null or OperationCanceledException, $"{failure}");
        }

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task Disposing_while_a_download_runs_ends_it_and_keeps_what_came()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(Sent));
        var downloader = new ResumableDownloader(scene.Options);
        var download = downloader.DownloadAsync(scene.Origin.Url, scene.Destination);
        await ArrivedAsync(scene);

        downloader.Dispose();

        var failure = await Record.ExceptionAsync(() => download.WaitAsync(Wait.Limit));
        Assert.True(failure is ObjectDisposedException or OperationCanceledException or DownloadException, $"{failure}");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => downloader.DownloadAsync(scene.Origin.Url, scene.Destination));
        Assert.Equal(Sent, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task The_last_report_tells_the_end()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(Sent));
        var probe = new ProgressProbe();

        await scene.DownloadAsync(probe);

        Assert.Equal((Length, Length, 2, Length), (probe.Last!.Received, probe.Last.Total, probe.Last.Requests, probe.Last.Fetched));
        Assert.Equal(probe.Reports.Select(report => report.Received).Order(), probe.Reports.Select(report => report.Received));
    }

    /// <summary>Cancels at the first report that has seen everything that was sent, which may still be in memory.</summary>
    private sealed class CancelAtOnce(CancellationTokenSource stop) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.Fetched == Sent)
            {
                stop.Cancel();
            }
        }
    }

    private static Task ArrivedAsync(Scene scene) =>
        Wait.UntilAsync(() => ResumableDownloader.Inspect(scene.Destination)?.Received == Sent, "what was sent is on disk");
}
