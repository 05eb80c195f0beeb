using Microsoft.Extensions.Logging;

namespace ResumableDownload.Management;

/// <summary>Watches the network for a manager. Whatever goes wrong with the monitor, downloads go on as if it knew nothing.</summary>
internal sealed class NetworkWatch(INetworkMonitor monitor, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>A monitor may miss something, or be wrong: after so long whoever waits tries all the same.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>By then everything that came before a switch was reported.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(0.5);

    /// <summary>Who brings nothing for so long after that holds connections that are dead.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;
    private Task _trying = Task.CompletedTask;
    private volatile int _switches;

    /// <summary>What there is now.</summary>
    public NetworkKind Current
    {
        get
        {
            try
            {
                return monitor.Current;
            }
            catch (Exception exception)
            {
                ManagerLog.MonitorFailed(logger, exception);
                return NetworkKind.Unknown;
            }
        }
    }

    /// <summary>What there is now, and by which switch. Not under the gate.</summary>
    /// <param name="isAsked">Whether the monitor is asked, which may take it a while.</param>
    public NetworkLook Look(bool isAsked = true)
    {
        // The number first, so that a switch that comes in between is seen.
        var switches = _switches;
        return new(isAsked ? Current : NetworkKind.Unknown, switches);
    }

    /// <summary>Whether there was no switch since. Under the gate.</summary>
    public bool IsFresh(NetworkLook look) => look.Switches == _switches;

    /// <summary>There is one. Under the gate.</summary>
    public void NoteSwitch() => _switches++;

    /// <summary>Begins to watch.</summary>
    public void Start(NetworkSwitch desk)
    {
        // Not on the thread of a window: it may be the one that waits for the end.
        _watching = Task.Run(() => WatchAsync(desk));
        _trying = TryNowAndThenAsync(desk);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_watching, _trying).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WatchAsync(NetworkSwitch desk)
    {
        try
        {
            await foreach (var kind in monitor.WatchAsync(_stop.Token).ConfigureAwait(false))
            {
                ManagerLog.NetworkSwitched(logger, kind);
                _ = RenewLaterAsync(desk, desk.Switch(kind));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The manager is disposed.
        }
        catch (Exception exception)
        {
            ManagerLog.MonitorFailed(logger, exception);
        }
    }

    private async Task RenewLaterAsync(NetworkSwitch desk, IReadOnlyList<ManagedRun> running)
    {
        var stopped = _stop.Token;
        try
        {
            if (running.Count > 0)
            {
                await Task.Delay(Settling, time, stopped).ConfigureAwait(false);
                var before = running.Select(static run => (run, run.Fetched)).ToArray();
                await Task.Delay(Silence, time, stopped).ConfigureAwait(false);
                desk.RenewSilent(before);
            }
        }
        catch (OperationCanceledException)
        {
            // The manager is disposed.
        }
    }

    private async Task TryNowAndThenAsync(NetworkSwitch desk)
    {
        using var timer = new PeriodicTimer(Patience, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                desk.TryOffline(Current);
            }
        }
        catch (OperationCanceledException)
        {
            // The manager is disposed.
        }
    }
}
