using System.Runtime.CompilerServices;
using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>A network that switches while something is decided by it.</summary>
public sealed class SwitchRaceTests
{
    [Fact]
    public async Task A_network_that_comes_back_while_a_run_is_stopped_for_it_is_used_at_once()
    {
        var network = new SteppedMonitor();
        await using var bench = new ManagerBench(options => options.NetworkMonitor = network);
        var file = bench.Origin.Put("a", heldAt: 100_000);
        var download = Begin(bench);
        await bench.Origin.Stopped("a");
        file.Release();
        using var flush = new HeldFlush(bench.Folder.File("a"));
        await network.SwitchAsync(NetworkKind.Metered);
        await network.SwitchAsync(NetworkKind.Unmetered);
        flush.Dispose();

        // No switch follows, and the clock stands still.
        await ManagerBench.Soon(download.Completion);
    }

    [Fact]
    public async Task A_network_that_comes_back_while_a_failure_is_laid_on_it_is_used_at_once()
    {
        var network = new SteppedMonitor();
        await using var bench = new ManagerBench(options => options.NetworkMonitor = network);
        var file = bench.Origin.Put("a");
        await network.SwitchAsync(NetworkKind.None);
        bench.Origin.Fault = () =>
        {
            bench.Origin.Fault = static () => null;
            network.OnLook = () => SwitchOnce(network, NetworkKind.Unmetered);
            return new HttpRequestException(HttpRequestError.ConnectionError, "There is no network.");
        };
        await ManagerBench.Soon(bench.Begin("a").Completion);
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task A_network_that_comes_back_while_the_last_failure_is_laid_on_it_is_used_at_once()
    {
        var network = new SteppedMonitor();
        await using var bench = new ManagerBench();
        using var downloader = new ResumableDownloader(bench.Origin.Client(), new() { MaxAttemptsWithoutProgress = 1 });
        await using var manager = new DownloadManager(new() { NetworkMonitor = network }, downloader);
        bench.Origin.Put("a");
        var isDown = true;
        bench.Origin.Fault = () =>
        {
            if (!isDown)
            {
                return null;
            }

            isDown = false;
            network.OnLook = () => SwitchOnce(network, NetworkKind.Unmetered);
            return new HttpRequestException(HttpRequestError.ConnectionError, "There is no network.");
        };
        await network.SwitchAsync(NetworkKind.None);
        var download = manager.Add(bench.Request("a"));
        download.Start();
        await ManagerBench.Soon(download.Completion);
    }

    // One thread has looked, the network switches, another thread starts a download, and the first one gives the turns.
    [Theory]
    [InlineData(NetworkKind.Metered, NetworkKind.Unmetered, DownloadState.Completed)]
    [InlineData(NetworkKind.Unmetered, NetworkKind.Metered, DownloadState.WaitingForNetwork)]
    public async Task A_look_that_is_older_than_a_switch_decides_nothing(NetworkKind before, NetworkKind after, DownloadState end)
    {
        var network = new SteppedMonitor();
        await using var bench = new ManagerBench(options => options.NetworkMonitor = network);
        Array.ForEach(["a", "b"], name => bench.Origin.Put(name));
        await network.SwitchAsync(before);
        var later = Add(bench, "b");
        using var looked = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var starting = Task.CompletedTask;
        network.OnLook = () =>
        {
            SwitchOnce(network, after);
            network.OnLook = () =>
            {
                looked.Set();
                goOn.Wait();
            };
            starting = Task.Run(later.Start);
            looked.Wait();
            network.OnLook = null;
        };
        Add(bench, "a").Start();
        goOn.Set();
        await ManagerBench.Soon(starting);
        await bench.Reaches(later, end);
        Assert.Equal(end, later.State);
        Assert.Equal(end == DownloadState.Completed, bench.Origin.Requests.Any(static request => request.Path == "b"));
    }

    [Fact]
    public async Task Nothing_goes_on_any_more_when_what_waited_for_a_network_is_whole_or_given_up()
    {
        var network = new SteppedMonitor();
        await using var bench = new ManagerBench(options => options.NetworkMonitor = network);
        bench.Origin.Put("a");
        await network.SwitchAsync(NetworkKind.Metered);
        var (whole, cancelled, paused) = (Add(bench, "a"), Add(bench, "b"), Add(bench, "c"));
        Array.ForEach([whole, cancelled, paused], static download => download.Start());
        var idle = bench.Manager.WhenIdle();
        await ManagerBench.Soon(cancelled.CancelAsync());
        await ManagerBench.Soon(paused.PauseAsync());
        Assert.False(idle.IsCompleted);
        await network.SwitchAsync(NetworkKind.Unmetered);
        await ManagerBench.Soon(idle);
        Assert.Equal((DownloadState.Completed, DownloadState.Cancelled, DownloadState.Paused), (whole.State, cancelled.State, paused.State));
    }

    [Fact]
    public async Task Nobody_waits_to_retry_when_the_network_is_another_one()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        bench.Origin.Fault = static () => new HttpRequestException(HttpRequestError.ConnectionError, "The connection broke.");
        var download = bench.Begin("a");
        await bench.Reaches(download, DownloadState.WaitingToRetry);
        bench.Origin.Fault = static () => null;
        bench.Network.Switch(NetworkKind.Unmetered);

        // The clock stands still.
        await ManagerBench.Soon(download.Completion);
    }

    [Fact]
    public async Task Only_who_has_brought_nothing_since_a_switch_begins_anew()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", heldAt: 1000);
        var run = bench.Begin("a").Run!;
        await bench.Origin.Stopped("a");
        run.Report(Made.Progress(500_000));
        var network = new NetworkSwitch(GateOf.Manager(bench.Manager), GateOf.Desk(bench.Manager), null!);
        network.RenewSilent([(run, 499_999)]);
        Assert.Null(run.Stopping);
        network.RenewSilent([(run, 500_000)]);
        Assert.Equal(StopReason.Yield, run.Stopping);
    }

    // What a monitor asks the system for takes a while (0.4 ms and 70 KB here), and the caller's thread may be a window's.
    [Fact]
    public async Task Nobody_looks_at_the_network_for_downloads_that_may_use_any()
    {
        var network = new SteppedMonitor();
        await using var bench = new ManagerBench(options => options.NetworkMonitor = network);
        bench.Origin.Put("a");
        await ManagerBench.Soon(bench.Begin("a").Completion);
        await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(bench.Begin("missing").Completion));
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal(0, network.Looks);
    }

    [Fact]
    public async Task A_monitor_is_asked_without_the_gate()
    {
        var network = new SteppedMonitor();
        await using var bench = new ManagerBench(options => options.NetworkMonitor = network);
        var gate = GateOf.Manager(bench.Manager);
        var (looks, held) = (0, 0);
        network.OnLook = () => (looks, held) = (looks + 1, held + (gate.IsHeldByCurrentThread ? 1 : 0));
        bench.Origin.Put("a");
        await network.SwitchAsync(NetworkKind.Metered);
        var download = Begin(bench);
        bench.Manager.MaxConcurrentDownloads = 2;
        await network.SwitchAsync(NetworkKind.Unmetered);
        await ManagerBench.Soon(download.Completion);
        Assert.True(looks > 0);
        Assert.Equal(0, held);
    }

    [Fact]
    public async Task When_a_manager_has_ended_nobody_watches_the_network_any_more()
    {
        var network = new SlowMonitor();
        await using var bench = new ManagerBench(options => options.NetworkMonitor = network);
        await ManagerBench.Soon(network.Watched.Task);
        var end = bench.Manager.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<TimeoutException>(() => end.WaitAsync(TimeSpan.FromMilliseconds(50)));
        network.Left.SetResult();
        await ManagerBench.Soon(end);
    }

    private static void SwitchOnce(SteppedMonitor network, NetworkKind kind)
    {
        network.OnLook = null;
        network.SwitchAsync(kind).GetAwaiter().GetResult();
    }

    private static Download Begin(ManagerBench bench)
    {
        var download = Add(bench, "a");
        download.Start();
        return download;
    }

    private static Download Add(ManagerBench bench, string name) =>
        bench.Manager.Add(new DownloadRequest(HeldOrigin.Of(name), bench.Folder.File(name)) { Network = NetworkRequirement.UnmeteredOnly });

    /// <summary>A monitor that needs a while to stop.</summary>
    private sealed class SlowMonitor : INetworkMonitor
    {
        public TaskCompletionSource Watched { get; } = new();

        public TaskCompletionSource Left { get; } = new();

        public NetworkKind Current => NetworkKind.Unknown;

        public async IAsyncEnumerable<NetworkKind> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                Watched.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                yield break;
            }
            finally
            {
                await Left.Task;
            }
        }
    }
}
