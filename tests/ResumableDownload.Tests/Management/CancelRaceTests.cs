namespace ResumableDownload.Tests.Management;

/// <summary>A download that is given up while something else goes on.</summary>
public sealed class CancelRaceTests
{
    // Otherwise the other one would find the files in use, or would lose what it has just fetched.
    [Fact]
    public async Task Until_a_failed_one_that_is_given_up_is_cleaned_up_its_destination_is_not_free()
    {
        await using var bench = new ManagerBench();
        var failed = bench.Begin("a");
        await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(failed.Completion));
        File.WriteAllText(bench.Folder.File("a.partial"), "kept");
        using var flush = new HeldFlush(bench.Folder.File("a"));
        var cleaned = failed.CancelAsync();
        Assert.Throws<InvalidOperationException>(() => bench.Manager.Add(bench.Request("a")));
        Assert.Throws<InvalidOperationException>(failed.Resume);
        Assert.Throws<InvalidOperationException>(() => bench.Manager.Remove(failed));

        flush.Dispose();
        await ManagerBench.Soon(cleaned);
        Assert.Empty(bench.Folder.Names);
        var file = bench.Origin.Put("a");
        await ManagerBench.Soon(bench.Begin("a").Completion);
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task A_failed_one_that_is_given_up_takes_nothing_from_the_one_that_has_its_destination_now()
    {
        await using var bench = new ManagerBench();
        var failed = bench.Begin("a");
        await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(failed.Completion));
        bench.Origin.Put("a", heldAt: 100_000);
        var other = bench.Begin("a");
        await bench.Origin.Stopped("a");
        await ManagerBench.Soon(other.PauseAsync());

        // Twice: the second call comes while the first is carried out, or after it.
        await ManagerBench.Soon(Task.WhenAll(failed.CancelAsync(), failed.CancelAsync()));
        Assert.Equal((DownloadState.Cancelled, DownloadState.Paused), (failed.State, other.State));
        Assert.Equal(["a.partial", "a.partial.checkpoint"], bench.Folder.Names);
        Assert.Same(other, bench.Manager.Add(bench.Request("a")));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public async Task Whoever_wants_what_came_to_be_deleted_gets_it_deleted(bool keepsFirst, bool keepsThen, bool isKept)
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 100_000);
        var download = bench.Begin("a");
        await bench.Origin.Stopped("a");
        using var flush = new HeldFlush(bench.Folder.File("a"));
        var cancelled = Task.WhenAll(download.CancelAsync(keepsFirst), download.CancelAsync(keepsThen));
        flush.Dispose();
        await ManagerBench.Soon(cancelled);
        Assert.Equal(isKept ? ["a.partial", "a.partial.checkpoint"] : [], bench.Folder.Names);
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_told_to_whoever_gives_it_up_and_to_nobody_else()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 100_000);
        var download = bench.Begin("a");
        await bench.Origin.Stopped("a");
        await ManagerBench.Soon(download.PauseAsync());
        using (new FileStream(bench.Folder.File("a.partial"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var cancelled = download.CancelAsync();
            var paused = download.PauseAsync();
            Assert.Equal(DownloadFailure.InUse, (await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(cancelled))).Failure);
            await ManagerBench.Soon(paused);
        }

        Assert.Equal(DownloadState.Cancelled, download.State);
        await Assert.ThrowsAsync<TaskCanceledException>(() => download.Completion);
        bench.Manager.Add(bench.Request("a"));
    }

    [Fact]
    public async Task One_that_was_removed_is_left_alone_and_nobody_hears_of_it_again()
    {
        await using var bench = new ManagerBench();
        var heard = new Heard();
        var failed = bench.Begin("a", heard);
        await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(failed.Completion));
        await heard.Ended;
        File.WriteAllText(bench.Folder.File("a.partial"), "kept");
        Assert.True(bench.Manager.Remove(failed));
        await ManagerBench.Soon(failed.CancelAsync());
        failed.Pause();
        failed.Priority = 3;
        Assert.Throws<InvalidOperationException>(failed.Resume);
        Assert.Equal((DownloadState.Failed, "failed NotFound"), (failed.State, heard.Notices[^1]));
        Assert.Equal(["a.partial"], bench.Folder.Names);
        Assert.False(bench.Manager.Remove(failed));
    }

    [Fact]
    public async Task What_waits_for_its_turn_is_given_up_without_one()
    {
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        bench.Origin.Put("a", heldAt: 1000);
        var (running, waiting) = (bench.Begin("a"), bench.Begin("b"));
        await ManagerBench.Soon(waiting.CancelAsync());
        Assert.Equal((DownloadState.Running, DownloadState.Cancelled), (running.State, waiting.State));
        Assert.DoesNotContain(bench.Origin.Requests, static request => request.Path == "b");
    }

    [Fact]
    public async Task A_pause_or_a_resume_of_all_cannot_bring_back_what_is_being_given_up()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 100_000);
        var download = bench.Begin("a");
        await bench.Origin.Stopped("a");
        using var flush = new HeldFlush(bench.Folder.File("a"));
        var cancelled = download.CancelAsync();
        var paused = download.PauseAsync();
        bench.Manager.ResumeAll();
        Assert.Throws<InvalidOperationException>(download.Resume);
        Assert.Throws<InvalidOperationException>(() => bench.Manager.Add(bench.Request("a")));
        flush.Dispose();
        await ManagerBench.Soon(Task.WhenAll(cancelled, paused));
        Assert.Equal(DownloadState.Cancelled, download.State);
    }

    [Fact]
    public async Task A_pause_that_is_taken_back_before_it_is_carried_out_is_none()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a", heldAt: 100_000);
        var heard = new Heard();
        var download = bench.Begin("a", heard);
        await bench.Origin.Stopped("a");
        using var flush = new HeldFlush(bench.Folder.File("a"));
        var paused = download.PauseAsync();
        download.Resume();
        file.Release();
        flush.Dispose();
        await ManagerBench.Soon(paused);
        await ManagerBench.Soon(download.Completion);
        await heard.Ended;
        Assert.DoesNotContain("paused", heard.Notices);
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task What_throws_when_a_run_is_stopped_is_nobodys_unobserved_exception()
    {
        const string Text = "A callback of the caller's that was registered with the token failed.";
        var unobserved = 0;
        void Note(object? sender, UnobservedTaskExceptionEventArgs arguments) => unobserved += arguments.Exception.ToString().Contains(Text, StringComparison.Ordinal) ? 1 : 0;
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await StopAsync(Text);
            for (var round = 0; round < 5; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Yield();
            }

            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    private static async Task StopAsync(string text)
    {
        await using var bench = new ManagerBench();
        var reached = new TaskCompletionSource();
        using var client = new HttpClient(new Throwing(text, reached));
        using var downloader = new ResumableDownloader(client);
        await using var manager = new DownloadManager(downloader: downloader);
        var download = manager.Add(bench.Request("a"));
        download.Start();
        await ManagerBench.Soon(reached.Task);
        download.Pause();
        await ManagerBench.Soon(download.CancelAsync());
        Assert.Equal(DownloadState.Cancelled, download.State);
    }

    private sealed class Throwing(string text, TaskCompletionSource reached) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var registration = cancellationToken.Register(() => throw new InvalidOperationException(text));
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It was not stopped.");
        }
    }
}
