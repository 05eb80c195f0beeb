namespace ResumableDownload.Tests.Management;

/// <summary>The life of one download, as the guide of an object store's mobile kit tells it: add, start, pause, resume, cancel.</summary>
public sealed class FlowTests
{
    [Fact]
    public async Task Added_started_paused_resumed_and_finished()
    {
        await using var bench = new ManagerBench();
        var (file, heard) = (bench.Origin.Put("a", heldAt: 100_000), new Heard());
        var download = bench.Begin("a", heard);
        await bench.Receives(download, 1);
        await ManagerBench.Soon(download.PauseAsync());
        Assert.Equal(DownloadState.Paused, download.State);
        Assert.False(File.Exists(bench.Folder.File("a")));

        file.Release();
        download.Resume();
        var result = await ManagerBench.Soon(download.Completion);

        Assert.Equal(DownloadState.Completed, download.State);
        Assert.Equal((200_000, 200_000), (result.Length, result.Received + result.ResumedFrom));
        bench.AssertWhole("a", file);
        await heard.Ended;
        Assert.Equal(
            ["Queued -> Running", "Running -> Paused", "paused", "Paused -> Queued", "resumed", "Queued -> Running", "Running -> Completed", "completed 200000"],
            heard.Notices);
    }

    [Fact]
    public async Task What_was_kept_is_not_fetched_again_after_a_pause()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a", 3_000_000, heldAt: 2_000_000);
        var download = bench.Begin("a");
        await bench.Receives(download, 1);
        await Reads(bench, download);
        await ManagerBench.Soon(download.PauseAsync());
        file.Release();
        download.Resume();

        Assert.Equal(2_000_000, (await ManagerBench.Soon(download.Completion)).ResumedFrom);
        Assert.Equal([null, "bytes=2000000-"], bench.Origin.Requests.Select(static request => request.Range));
    }

    [Fact]
    public async Task Nothing_begins_before_it_is_started()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        var download = bench.Manager.Add(bench.Request("a"));
        download.Pause();
        bench.Manager.ResumeAll();
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal(DownloadState.Queued, download.State);
        Assert.Empty(bench.Origin.Requests);
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 100_000);
        var heard = new Heard();
        var download = bench.Begin("a", heard);
        var completion = download.Completion;
        await bench.Receives(download, 1);
        await ManagerBench.Soon(download.CancelAsync());
        Assert.Equal(DownloadState.Cancelled, download.State);
        Assert.Empty(bench.Folder.Names);
        await Assert.ThrowsAsync<TaskCanceledException>(() => completion);
        await heard.Ended;
        Assert.Equal(["Queued -> Running", "Running -> Cancelled", "cancelled"], heard.Notices);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_paused_one_has_is_kept_when_it_is_cancelled_only_if_that_is_wished(bool keepPartial)
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 100_000);
        var download = bench.Begin("a");
        await bench.Receives(download, 1);
        await Reads(bench, download);
        await ManagerBench.Soon(download.PauseAsync());
        await ManagerBench.Soon(download.CancelAsync(keepPartial));
        Assert.Equal(keepPartial ? ["a.partial", "a.partial.checkpoint"] : [], bench.Folder.Names);
        Assert.Throws<InvalidOperationException>(download.Resume);
    }

    [Fact]
    public async Task A_failed_one_may_be_resumed_and_has_another_completion_then()
    {
        await using var bench = new ManagerBench();
        var heard = new Heard();
        var download = bench.Begin("a", heard);
        var failed = download.Completion;
        Assert.Equal(DownloadFailure.NotFound, (await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(failed))).Failure);
        Assert.Equal(DownloadState.Failed, download.State);
        await heard.Ended;
        Assert.Equal(["Queued -> Running", "Running -> Failed", "failed NotFound"], heard.Notices);

        var file = bench.Origin.Put("a");
        download.Resume();
        await ManagerBench.Soon(download.Completion);
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task All_are_paused_and_resumed_at_once()
    {
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 2);
        var files = Enumerable.Range(0, 5).Select(index => bench.Origin.Put($"f{index}", heldAt: 1000)).ToArray();
        var downloads = Enumerable.Range(0, 5).Select(index => bench.Begin($"f{index}")).ToArray();
        await bench.Reaches(downloads[1], DownloadState.Running);
        await ManagerBench.Soon(bench.Manager.PauseAllAsync());
        Assert.All(downloads, static download => Assert.Equal(DownloadState.Paused, download.State));
        await ManagerBench.Soon(bench.Manager.WhenIdle());

        Array.ForEach(files, static file => file.Release());
        bench.Manager.ResumeAll();
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.All(downloads, static download => Assert.Equal(DownloadState.Completed, download.State));
    }

    [Fact]
    public async Task The_same_twice_is_one_download_and_a_fresh_signature_is_used()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        var (first, second) = (new Heard(), new Heard());
        var download = bench.Manager.Add(bench.Request("a"), first);
        var fresh = new DownloadRequest(new Uri("https://one.test/a?OSSAccessKeyId=id&Expires=4100000000&Signature=fresh"), bench.Folder.File("a"));
        Assert.Same(download, bench.Manager.Add(fresh, second));
        Assert.Same(fresh, download.Request);
        download.Start();
        await first.Ended;
        await second.Ended;
        Assert.Single(bench.Manager.Downloads);
    }

    [Fact]
    public async Task Something_else_at_the_same_destination_is_refused_until_that_is_done()
    {
        await using var bench = new ManagerBench();
        var other = bench.Origin.Put("other");
        bench.Origin.Put("a");
        var download = bench.Manager.Add(bench.Request("a"));
        var request = new DownloadRequest(HeldOrigin.Of("other"), bench.Folder.File("a"));
        var refused = Assert.Throws<InvalidOperationException>(() => bench.Manager.Add(request));
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        await ManagerBench.Soon(download.CancelAsync());

        var second = bench.Manager.Add(request);
        second.Start();
        await ManagerBench.Soon(second.Completion);
        bench.AssertWhole("a", other);
    }

    [Fact]
    public async Task A_destination_that_can_be_none_is_refused_when_it_is_added()
    {
        await using var bench = new ManagerBench();
        await File.WriteAllTextAsync(bench.Folder.File("file"), "text");
        var request = new DownloadRequest(HeldOrigin.Of("a"), Path.Combine(bench.Folder.File("file"), "below", "a"));
        Assert.Equal(DownloadFailure.DestinationUnusable, Assert.Throws<DownloadException>(() => bench.Manager.Add(request)).Failure);
        Assert.Empty(bench.Manager.Downloads);
    }

    [Fact]
    public async Task Only_what_is_ended_can_be_removed()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        var download = bench.Manager.Add(bench.Request("a"));
        Assert.Throws<InvalidOperationException>(() => bench.Manager.Remove(download));
        download.Start();
        await ManagerBench.Soon(download.Completion);
        Assert.True(bench.Manager.Remove(download));
        Assert.False(bench.Manager.Remove(download));
        Assert.Empty(bench.Manager.Downloads);
        Assert.True(File.Exists(bench.Folder.File("a")));
    }

    [Fact]
    public async Task A_disposed_manager_keeps_what_came_and_ends_every_completion()
    {
        var bench = new ManagerBench();
        var file = bench.Origin.Put("a", 3_000_000, heldAt: 2_000_000);
        var (running, waiting) = (bench.Begin("a"), bench.Manager.Add(bench.Request("b")));
        var completions = new[] { running.Completion, waiting.Completion };
        await Reads(bench, running);
        await ManagerBench.Soon(bench.Manager.DisposeAsync().AsTask());
        Assert.Equal(["a.partial", "a.partial.checkpoint"], bench.Folder.Names);
        foreach (var completion in completions)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => completion);
        }

        Assert.Throws<ObjectDisposedException>(() => bench.Manager.Add(bench.Request("c")));
        running.Start();
        running.Pause();
        await running.CancelAsync();
        Assert.Equal(2_000_000, ResumableDownloader.Inspect(bench.Folder.File("a"))?.Received);
        Assert.NotNull(file);
        await bench.DisposeAsync();
    }

    /// <summary>Waits until everything that the body may bring was read.</summary>
    private static async Task Reads(ManagerBench bench, Download download)
    {
        await bench.Reaches(download, DownloadState.Running);
        await bench.Origin.Stopped(download.Request.Source.AbsolutePath.TrimStart('/'));
    }
}
