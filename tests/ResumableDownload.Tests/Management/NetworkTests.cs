namespace ResumableDownload.Tests.Management;

/// <summary>A switch of network interrupts, and it goes on from where it stopped.</summary>
public sealed class NetworkTests
{
    private static readonly HttpRequestException Down = new(HttpRequestError.ConnectionError, "The network is down.");

    [Fact]
    public async Task Without_a_network_a_failed_attempt_waits_for_one_and_goes_on_when_it_is_back()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a");
        bench.Network.Switch(NetworkKind.None);
        bench.Origin.Fault = static () => Down;
        var heard = new Heard();
        var download = bench.Begin("a", heard);
        await bench.Reaches(download, DownloadState.WaitingForNetwork);
        Assert.Single(bench.Origin.Requests);

        bench.Origin.Fault = static () => null;
        bench.Network.Switch(NetworkKind.Unknown);
        await ManagerBench.Soon(download.Completion);
        bench.AssertWhole("a", file);
        await heard.Ended;
        Assert.Equal(
            ["Queued -> Running", "Running -> WaitingForNetwork", "WaitingForNetwork -> Queued", "Queued -> Running", "Running -> Completed", "completed 200000"],
            heard.Notices);
    }

    [Fact]
    public async Task Many_losses_of_the_network_spend_no_retry()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a");
        var download = bench.Manager.Add(bench.Request("a"));
        bench.Origin.Fault = static () => Down;
        for (var loss = 0; loss < 20; loss++)
        {
            bench.Network.Switch(NetworkKind.None);
            download.Start();
            await bench.Reaches(download, DownloadState.WaitingForNetwork);
        }

        bench.Origin.Fault = static () => null;
        bench.Network.Switch(NetworkKind.Unmetered);
        await ManagerBench.Soon(download.Completion);
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task Who_waits_until_nothing_goes_on_waits_for_those_who_wait_for_a_network()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        bench.Network.Switch(NetworkKind.None);
        bench.Origin.Fault = static () => Down;
        var download = bench.Begin("a");
        await bench.Reaches(download, DownloadState.WaitingForNetwork);
        var idle = bench.Manager.WhenIdle();
        Assert.False(idle.IsCompleted);

        bench.Origin.Fault = static () => null;
        bench.Network.Switch(NetworkKind.Unknown);
        await ManagerBench.Soon(idle);
        Assert.Equal(DownloadState.Completed, download.State);
    }

    [Fact]
    public async Task Without_a_known_network_an_attempt_is_not_forbidden()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        bench.Network.Switch(NetworkKind.None);
        await ManagerBench.Soon(bench.Begin("a").Completion);
    }

    [Fact]
    public async Task A_server_on_this_machine_needs_no_network()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        bench.Network.Switch(NetworkKind.None);
        var faults = 2;
        bench.Origin.Fault = () => faults-- > 0 ? Down : null;
        var heard = new Heard();
        var download = bench.Begin("a", heard, host: "localhost");
        await bench.Time.DriveAsync(download.Completion);
        await heard.Ended;
        Assert.Equal(
            ["Queued -> Running", "Running -> WaitingToRetry", "WaitingToRetry -> Running", "Running -> WaitingToRetry", "WaitingToRetry -> Running", "Running -> Completed", "completed 200000"],
            heard.Notices);
    }

    [Fact]
    public async Task A_server_that_answers_badly_is_no_matter_of_the_network()
    {
        await using var bench = new ManagerBench();
        bench.Network.Switch(NetworkKind.None);
        var download = bench.Begin("missing");
        Assert.Equal(DownloadFailure.NotFound, (await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(download.Completion))).Failure);
    }

    [Fact]
    public async Task A_silent_connection_of_a_network_that_is_gone_is_replaced_soon_after_the_switch()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a", 3_000_000, heldAt: 2_000_000);
        var download = bench.Begin("a");
        await bench.Origin.Stopped("a");
        file.LetNextGo();
        bench.Network.Switch(NetworkKind.Unmetered);
        await bench.Time.DriveAsync(download.Completion);
        Assert.True(bench.Time.Elapsed < TimeSpan.FromSeconds(5));
        Assert.Equal([null, "bytes=2000000-"], bench.Origin.Requests.Select(static request => request.Range));
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task A_metered_network_is_not_used_by_one_that_must_not_and_goes_on_without_it()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a", 3_000_000, heldAt: 2_000_000);
        var any = bench.Origin.Put("b");
        bench.Network.Switch(NetworkKind.Unmetered);
        var request = new DownloadRequest(HeldOrigin.Of("a"), bench.Folder.File("a")) { Network = NetworkRequirement.UnmeteredOnly };
        var download = bench.Manager.Add(request);
        download.Start();
        await bench.Origin.Stopped("a");
        bench.Network.Switch(NetworkKind.Metered);
        await bench.Reaches(download, DownloadState.WaitingForNetwork);
        await ManagerBench.Soon(bench.Begin("b").Completion);
        bench.AssertWhole("b", any);
        Assert.Equal(DownloadState.WaitingForNetwork, download.State);

        file.Release();
        bench.Network.Switch(NetworkKind.Unmetered);
        Assert.Equal(2_000_000, (await ManagerBench.Soon(download.Completion)).ResumedFrom);
    }

    [Fact]
    public async Task One_that_must_not_use_a_metered_network_does_not_even_begin()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        bench.Network.Switch(NetworkKind.Metered);
        var download = bench.Manager.Add(new DownloadRequest(HeldOrigin.Of("a"), bench.Folder.File("a")) { Network = NetworkRequirement.UnmeteredOnly });
        download.Start();
        Assert.Equal(DownloadState.WaitingForNetwork, download.State);
        bench.Network.Switch(NetworkKind.Unknown);
        await ManagerBench.Soon(download.Completion);
    }

    [Fact]
    public async Task Where_that_is_wished_the_caller_resumes()
    {
        await using var bench = new ManagerBench(static options => options.ResumeAutomatically = false);
        bench.Origin.Put("a");
        bench.Network.Switch(NetworkKind.None);
        bench.Origin.Fault = static () => Down;
        var download = bench.Begin("a");
        await bench.Reaches(download, DownloadState.Paused);
        bench.Origin.Fault = static () => null;
        bench.Network.Switch(NetworkKind.Unknown);
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal(DownloadState.Paused, download.State);
        download.Resume();
        await ManagerBench.Soon(download.Completion);
    }

    [Fact]
    public async Task Who_waits_for_a_network_tries_now_and_then_as_a_monitor_may_be_wrong()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a");
        bench.Network.Switch(NetworkKind.None);
        bench.Origin.Fault = static () => Down;
        var download = bench.Begin("a");
        await bench.Reaches(download, DownloadState.WaitingForNetwork);
        bench.Origin.Fault = static () => null;
        bench.Time.Advance(TimeSpan.FromSeconds(61));
        await ManagerBench.Soon(download.Completion);
        bench.AssertWhole("a", file);
    }

    [Fact]
    public async Task A_monitor_that_fails_is_logged_and_downloads_go_on()
    {
        await using var bench = new ManagerBench(static options => options.NetworkMonitor = new BrokenMonitor());
        bench.Origin.Put("a");
        await ManagerBench.Soon(bench.Begin("a").Completion);
        Assert.Contains(bench.Logger.Lines, static line => line.Contains("monitor failed", StringComparison.Ordinal));
    }

    private sealed class BrokenMonitor : INetworkMonitor
    {
        public NetworkKind Current => throw new InvalidOperationException("broken");

        public IAsyncEnumerable<NetworkKind> WatchAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("broken");
    }
}
