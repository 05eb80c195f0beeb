using System.Net.NetworkInformation;
using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>What is told of a network that is plugged in and out.</summary>
public sealed class SystemNetworkMonitorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly SimulatedNetwork _network = new();

    private SystemNetworkMonitor Monitor => new(_network.Source, _time);

    [Theory]
    [InlineData("192.0.2.1", NetworkKind.Unknown)]
    [InlineData("", NetworkKind.None)]
    public void What_a_network_costs_is_not_known_but_that_there_is_none_is(string address, NetworkKind kind)
    {
        _network.Address = address;
        Assert.Equal(kind, Monitor.Current);
    }

    [Fact]
    public void A_network_that_goes_and_comes_back_is_told_both_times()
    {
        var told = Watch();
        Switch("");
        Switch("192.0.2.1");
        Assert.Equal([NetworkKind.None, NetworkKind.Unknown], told);
    }

    [Fact]
    public void A_switch_from_one_network_to_another_is_told_though_the_kind_stays()
    {
        var told = Watch();
        Switch("198.51.100.1");
        Switch("203.0.113.1");
        Assert.Equal([NetworkKind.Unknown, NetworkKind.Unknown], told);
    }

    /// <summary>A lease that was renewed, or a scan for other networks.</summary>
    [Fact]
    public void An_event_without_a_change_is_no_switch()
    {
        var told = Watch();
        Switch("192.0.2.1");
        Switch("192.0.2.1");
        Assert.Empty(told);
        Switch("");
        Switch("");
        Assert.Equal([NetworkKind.None], told);
    }

    [Fact]
    public void Events_that_come_together_are_one_switch_and_what_counts_is_the_state_after_them()
    {
        var told = Watch();
        _network.Address = "";
        _network.Raise(5);
        Advance(100);
        _network.Address = "198.51.100.1";
        _network.Raise(2);
        Advance(99);
        Assert.Empty(told);
        Advance(1);
        Assert.Equal([NetworkKind.Unknown], told);
        Advance(60_000);
        Assert.Single(told);
        Assert.Equal(2, _network.Looks);
    }

    /// <summary>A network that never comes to rest is told of all the same.</summary>
    [Fact]
    public void Changes_without_end_are_told_five_times_a_second_at_most_and_not_much_less()
    {
        var told = Watch();
        for (var tick = 0; tick < 1_000; tick++)
        {
            _network.Address = $"192.0.2.{tick % 251}";
            _network.Raise();
            Advance(10);
        }

        Assert.InRange(told.Count, 45, 50);
    }

    [Fact]
    public async Task An_event_while_a_switch_is_being_dealt_with_is_told_next()
    {
        var switches = Monitor.WatchAsync(default).GetAsyncEnumerator();
        var first = switches.MoveNextAsync().AsTask();
        Switch("198.51.100.1");
        Assert.True(await first);
        _network.Address = "";
        _network.Raise(3);
        Advance(1_000);
        var second = switches.MoveNextAsync().AsTask();
        Advance(200);
        Assert.True(await second);
        Assert.Equal(NetworkKind.None, switches.Current);
        Assert.False(switches.MoveNextAsync().AsTask().IsCompleted);
    }

    /// <summary>The network changes at the very moment when it is looked at: what was seen is old, so there must be another look.</summary>
    [Fact]
    public void A_change_during_the_look_is_not_lost()
    {
        var told = Watch();
        _network.AfterLook = Unplug;
        Switch("198.51.100.1");
        Advance(200);
        Assert.Equal([NetworkKind.Unknown, NetworkKind.None], told);
    }

    /// <summary>Between the beginning of the watch and its first look.</summary>
    [Fact]
    public void A_change_at_the_beginning_is_not_lost()
    {
        _network.AfterLook = Unplug;
        var told = Watch();
        Advance(200);
        Assert.Equal([NetworkKind.None], told);
    }

    [Fact]
    public void Each_watcher_is_told_and_one_that_leaves_takes_nothing_from_the_others()
    {
        using var stop = new CancellationTokenSource();
        var monitor = Monitor;
        var (leaves, stays) = (Watch(monitor, stop.Token), Watch(monitor));
        Switch("");
        Inline.Run(stop.Cancel);
        Assert.Equal(1, _network.Listeners);
        Switch("192.0.2.1");
        Assert.Equal([NetworkKind.None], leaves);
        Assert.Equal([NetworkKind.None, NetworkKind.Unknown], stays);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_watch_that_is_cancelled_ends_at_once_and_listens_no_longer(bool isInBurst)
    {
        using var stop = new CancellationTokenSource();
        var next = Monitor.WatchAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync().AsTask();
        Assert.Equal(1, _network.Listeners);
        if (isInBurst)
        {
            _network.Raise();
        }

        Inline.Run(stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Patience));
        Assert.Equal(0, _network.Listeners);
    }

    [Fact]
    public async Task A_watch_that_is_left_listens_no_longer()
    {
        var switches = Monitor.WatchAsync(default).GetAsyncEnumerator();
        var next = switches.MoveNextAsync().AsTask();
        Switch("");
        Assert.True(await next.WaitAsync(Patience));
        await switches.DisposeAsync();
        Assert.Equal(0, _network.Listeners);
    }

    [Fact]
    public void Nothing_is_looked_at_or_listened_to_before_someone_watches() =>
        Assert.Equal((true, 0, 0), (Monitor.WatchAsync(default) is not null, _network.Looks, _network.Listeners));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_platform_tells_nothing_the_kind_is_unknown_and_no_switch_is_told(bool hasInterfaces)
    {
        _network.Fault = Refusal(hasInterfaces);
        using var stop = new CancellationTokenSource();
        Assert.Equal(NetworkKind.Unknown, Monitor.Current);
        var next = Monitor.WatchAsync(stop.Token).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync().AsTask();
        Advance(3_600_000);
        Assert.False(next.IsCompleted);
        Inline.Run(stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_events_come_but_nothing_can_be_seen_each_may_be_a_switch(bool hasInterfaces)
    {
        var told = Watch();
        _network.Fault = Refusal(hasInterfaces);
        Switch("");
        Switch("");
        Assert.Equal([NetworkKind.Unknown, NetworkKind.Unknown], told);
        _network.Fault = null;
        Switch("");
        Assert.Equal(NetworkKind.None, told[^1]);
    }

    [Fact]
    public async Task A_fault_that_is_no_refusal_is_not_swallowed()
    {
        _network.Fault = new InvalidOperationException();
        Assert.Throws<InvalidOperationException>(() => Monitor.Current);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Monitor.WatchAsync(default).GetAsyncEnumerator().MoveNextAsync().AsTask());
    }

    private static Exception Refusal(bool hasInterfaces) => hasInterfaces ? new NetworkInformationException(1) : new PlatformNotSupportedException();

    private void Unplug()
    {
        _network.AfterLook = null;
        _network.Address = "";
        _network.Raise();
    }

    private void Switch(string address)
    {
        _network.Address = address;
        _network.Raise();
        Advance(200);
    }

    private void Advance(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private List<NetworkKind> Watch(SystemNetworkMonitor? monitor = null, CancellationToken cancellationToken = default)
    {
        List<NetworkKind> told = [];
        Inline.Run(() => _ = WatchAsync(monitor ?? Monitor, told, cancellationToken));
        return told;
    }

    private static async Task WatchAsync(SystemNetworkMonitor monitor, List<NetworkKind> told, CancellationToken cancellationToken)
    {
        await foreach (var kind in monitor.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            told.Add(kind);
        }
    }
}
