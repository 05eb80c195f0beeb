namespace ResumableDownload.Tests.Management;

/// <summary>Two things at once, in the order that hurts.</summary>
public sealed class RaceTests
{
    [Fact]
    public async Task A_network_that_is_back_before_its_loss_has_stopped_the_run_is_not_waited_for()
    {
        await using var bench = new ManagerBench();
        using var answers = new ManualResetEventSlim();
        var file = bench.Origin.Put("a");
        bench.Origin.Fault = () => Block(answers);
        var download = BeginUnmetered(bench, "a");
        Until(() => bench.Origin.Requests.Length == 1);
        bench.Network.Switch(NetworkKind.Metered);
        Until(() => download.Run?.Stopping == ResumableDownload.Management.StopReason.Network);
        bench.Network.Switch(NetworkKind.Unmetered);
        Until(() => download.Run?.Stopping == ResumableDownload.Management.StopReason.Yield);
        answers.Set();
        await ManagerBench.Soon(download.Completion);
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task A_failed_download_holds_its_destination_while_it_is_cancelled()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("b");
        for (var round = 0; round < 20; round++)
        {
            var failed = bench.Begin("a");
            await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(failed.Completion));
            var cancelling = failed.CancelAsync();
            try
            {
                var other = bench.Manager.Add(new DownloadRequest(HeldOrigin.Of("b"), bench.Folder.File("a")));
                Assert.Equal(DownloadState.Cancelled, failed.State);
                await ManagerBench.Soon(other.CancelAsync());
            }
            catch (InvalidOperationException refused)
            {
                Assert.Contains("is being cancelled", refused.Message, StringComparison.Ordinal);
            }

            await ManagerBench.Soon(cancelling);
        }
    }

    [Fact]
    public async Task Progress_that_is_told_too_late_is_nobodys()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 1000);
        var heard = new Heard();
        var download = bench.Begin("a", heard);
        await bench.Origin.Stopped("a");
        var run = download.Run!;
        await ManagerBench.Soon(download.CancelAsync());
        var last = download.Progress;
        run.Report(Made.Progress(99));
        Assert.Same(last, download.Progress);
        await heard.Ended;
        Assert.Equal("cancelled", heard.All[^1]);
    }

    [Fact]
    public async Task Whoever_waits_until_nothing_goes_on_is_released_by_the_end_of_the_manager()
    {
        var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        bench.Origin.Put("a", heldAt: 1000);
        bench.Begin("a");
        bench.Begin("b");
        await bench.Origin.Stopped("a");
        var idle = bench.Manager.WhenIdle();
        await bench.DisposeAsync();
        await ManagerBench.Soon(idle);
        await ManagerBench.Soon(bench.Manager.WhenIdle());
    }

    [Fact]
    public async Task What_was_done_before_the_end_of_the_manager_stays_done()
    {
        var bench = new ManagerBench();
        bench.Origin.Put("a");
        var (whole, failed) = (bench.Begin("a"), bench.Begin("b"));
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        await bench.DisposeAsync();
        Assert.Equal(200_000, (await whole.Completion).Length);
        await Assert.ThrowsAsync<DownloadException>(() => failed.Completion);
    }

    [Fact]
    public async Task Everybody_who_disposes_waits_for_the_end()
    {
        var bench = new ManagerBench();
        using var answers = new ManualResetEventSlim();
        bench.Origin.Put("a");
        bench.Origin.Fault = () => Block(answers);
        bench.Begin("a");
        Until(() => bench.Origin.Requests.Length == 1);
        var (first, second) = (bench.Manager.DisposeAsync().AsTask(), bench.Manager.DisposeAsync().AsTask());
        Assert.False(second.IsCompleted);
        answers.Set();
        await ManagerBench.Soon(Task.WhenAll(first, second));
        await bench.DisposeAsync();
    }

    private static Download BeginUnmetered(ManagerBench bench, string name)
    {
        var download = bench.Manager.Add(new DownloadRequest(HeldOrigin.Of(name), bench.Folder.File(name)) { Network = NetworkRequirement.UnmeteredOnly });
        download.Start();
        return download;
    }

    private static Exception? Block(ManualResetEventSlim answers)
    {
        answers.Wait();
        return null;
    }

    private static void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)));
}
