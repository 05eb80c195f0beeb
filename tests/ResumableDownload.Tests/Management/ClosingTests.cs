using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>The end of a manager, and of what it was asked for before.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task Who_waits_until_nothing_goes_on_waits_no_longer_when_the_manager_is_disposed()
    {
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        bench.Origin.Put("a", heldAt: 1000);
        bench.Network.Switch(NetworkKind.Metered);
        var offline = bench.Manager.Add(new DownloadRequest(HeldOrigin.Of("c"), bench.Folder.File("c")) { Network = NetworkRequirement.UnmeteredOnly });
        offline.Start();
        bench.Begin("a");
        bench.Begin("b");
        await bench.Origin.Stopped("a");
        var idle = bench.Manager.WhenIdle();
        Assert.False(idle.IsCompleted);

        await ManagerBench.Soon(bench.Manager.DisposeAsync().AsTask());
        await ManagerBench.Soon(idle);
        await ManagerBench.Soon(bench.Manager.WhenIdle());
    }

    [Fact]
    public async Task Who_waits_until_nothing_goes_on_waits_for_what_a_disposed_manager_winds_up()
    {
        await using var bench = new ManagerBench();
        using var flush = await CancelledAsync(bench);
        var idle = bench.Manager.WhenIdle();
        var disposal = bench.Manager.DisposeAsync().AsTask();
        Assert.False(idle.IsCompleted);
        flush.Dispose();
        await ManagerBench.Soon(disposal);
        await ManagerBench.Soon(idle);
    }

    [Fact]
    public async Task Whoever_disposes_a_manager_waits_until_everything_has_ended()
    {
        await using var bench = new ManagerBench();
        using var flush = await CancelledAsync(bench);
        var first = bench.Manager.DisposeAsync().AsTask();
        var second = bench.Manager.DisposeAsync().AsTask();
        Assert.False(second.IsCompleted);
        flush.Dispose();
        await ManagerBench.Soon(Task.WhenAll(first, second));
        Assert.Empty(bench.Folder.Names);
    }

    [Fact]
    public async Task What_was_completed_failed_or_cancelled_before_the_end_is_so_after_it_too()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        var (whole, failed, cancelled, waiting) = (bench.Begin("a"), bench.Begin("missing"), bench.Manager.Add(bench.Request("b")), bench.Manager.Add(bench.Request("c")));
        await ManagerBench.Soon(cancelled.CancelAsync());
        await ManagerBench.Soon(bench.Manager.WhenIdle());

        // Nobody has asked for their ends so far.
        await bench.Manager.DisposeAsync();
        Assert.Equal(bench.Folder.File("a"), (await ManagerBench.Soon(whole.Completion)).Path);
        Assert.Equal(DownloadFailure.NotFound, (await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(failed.Completion))).Failure);
        await Assert.ThrowsAsync<TaskCanceledException>(() => ManagerBench.Soon(cancelled.Completion));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ManagerBench.Soon(waiting.Completion));
    }

    [Fact]
    public async Task After_the_end_nothing_is_added_and_nothing_that_is_asked_of_a_download_changes_it()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 1000);
        var (paused, queued) = (bench.Begin("a"), bench.Manager.Add(bench.Request("b")));
        await ManagerBench.Soon(paused.PauseAsync());
        await bench.Manager.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => bench.Manager.Add(bench.Request("c")));
        foreach (var download in new[] { paused, queued })
        {
            download.Start();
            download.Resume();
            download.Pause();
            download.Priority = 7;
            await ManagerBench.Soon(download.PauseAsync());
            await ManagerBench.Soon(download.CancelAsync());
        }

        bench.Manager.ResumeAll();
        await ManagerBench.Soon(bench.Manager.PauseAllAsync());
        bench.Manager.MaxConcurrentDownloads = 9;
        Assert.Equal((DownloadState.Paused, DownloadState.Queued), (paused.State, queued.State));
    }

    [Fact]
    public async Task Who_watches_only_after_the_end_sees_what_there_was()
    {
        await using var bench = new ManagerBench();
        var download = bench.Manager.Add(bench.Request("a"));
        await bench.Manager.DisposeAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var seen = new List<(Download, DownloadEventKind, DownloadState)>();
        await foreach (var notice in bench.Manager.WatchAsync(patience.Token))
        {
            seen.Add((notice.Download, notice.Kind, notice.To));
        }

        Assert.Equal([(download, DownloadEventKind.Added, DownloadState.Queued)], seen);
    }

    // Otherwise the next process would go on with what was paused.
    [Fact]
    public async Task A_pause_that_is_carried_out_while_the_manager_is_disposed_stays_one()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 100_000);
        var download = bench.Begin("a");
        await bench.Origin.Stopped("a");
        using var flush = new HeldFlush(bench.Folder.File("a"));
        download.Pause();
        var disposal = bench.Manager.DisposeAsync().AsTask();
        await Closed(bench);
        bench.Manager.ResumeAll();
        download.Resume();
        flush.Dispose();
        await ManagerBench.Soon(disposal);
        Assert.Equal(DownloadState.Paused, download.State);
    }

    [Fact]
    public async Task A_pause_waits_until_a_flush_that_goes_on_has_let_the_file_go()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 100_000);
        var download = bench.Begin("a");
        await bench.Origin.Stopped("a");
        using var flush = new HeldFlush(bench.Folder.File("a"));
        var paused = download.PauseAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => paused.WaitAsync(TimeSpan.FromMilliseconds(50)));
        Assert.Equal(DownloadState.Running, download.State);
        flush.Dispose();
        await ManagerBench.Soon(paused);
        Assert.Equal(DownloadState.Paused, download.State);
    }

    private static async Task Closed(ManagerBench bench)
    {
        while (Record.Exception(() => bench.Manager.Add(bench.Request("other"))) is not ObjectDisposedException)
        {
            await Task.Yield();
        }
    }

    /// <summary>A download that is cancelled, and whose bytes cannot be deleted before the flush ends.</summary>
    private static async Task<HeldFlush> CancelledAsync(ManagerBench bench)
    {
        bench.Origin.Put("a", heldAt: 100_000);
        var download = bench.Begin("a");
        await bench.Origin.Stopped("a");
        var flush = new HeldFlush(bench.Folder.File("a"));
        _ = download.CancelAsync();
        return flush;
    }
}
