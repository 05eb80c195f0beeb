using ResumableDownload.Transfer;

namespace ResumableDownload.Management;

/// <summary>Gives downloads their turns, and takes in what becomes of them.</summary>
/// <remarks>Nothing of the caller's is called under the gate.</remarks>
internal sealed class RunDesk(Lock gate, DownloadBooks books, DeskSettings settings, TurnLimits limits)
{
    private readonly TurnQueue _turns = new();
    private readonly HashSet<ManagedRun> _runs = [];
    private readonly HashSet<Download> _offline = [];
    private readonly IdleWaiters _idle = new();
    private TurnLimits _limits = limits;

    /// <summary>Whether nothing is begun any more. Under the gate.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>How many may run. Under the gate.</summary>
    public TurnLimits Limits => _limits;

    // What waits when it is closed waits for nothing any more.
    private bool IsIdle => _runs.Count == 0 && (IsClosed || (_turns.Count == 0 && _offline.Count == 0));

    /// <summary>Changes how many may run: those that are too many stop. Under the gate; to be scheduled after.</summary>
    public void Limit(TurnLimits changed)
    {
        _limits = changed;
        _limits.SurplusOf(_runs).ForEach(static surplus => surplus.Stop(StopReason.Yield));
    }

    /// <summary>Brings a download to its next state. Under the gate.</summary>
    public bool Apply(Download download, DownloadSignal signal, RunEnding ending = default)
    {
        var means = signal == DownloadSignal.LosesNetwork && !settings.ResumesAutomatically ? DownloadSignal.Pauses : signal;
        var isApplied = books.Apply(download, means, ending);
        Settle(download);
        return isApplied;
    }

    /// <summary>Lets a download wait for its turn, or no longer, as it stands. Under the gate.</summary>
    public void Settle(Download download)
    {
        _turns.Remove(download);
        _offline.Remove(download);
        if (download is { State: DownloadState.Queued, IsStarted: true, Run: null } && !IsClosed)
        {
            _turns.Add(download);
        }
        else if (download.State == DownloadState.WaitingForNetwork)
        {
            _offline.Add(download);
        }

        ReleaseIfIdle();
    }

    /// <summary>Changes what a place in the queue depends on. Under the gate.</summary>
    public void Replace(Download download, Action change)
    {
        _turns.Remove(download);
        change();
        Settle(download);
    }

    /// <summary>Gives up a download: when it is wound up it has its next state. Under the gate.</summary>
    public ManagedRun WindUp(Download download, bool keepPartial)
    {
        var run = Begin(download, host: null);
        books.Register.Hold(download);
        Settle(download);
        run.Stop(StopReason.Cancel, keepPartial);
        Launch(run);
        return run;
    }

    /// <summary>Gives turns to those who may begin, and takes them from those who are too many.</summary>
    public void Schedule()
    {
        for (NetworkLook? look = null; !TrySchedule(look); look = settings.Network.Look())
        {
        }
    }

    /// <summary>Does so; <see langword="false"/> when it must be known what network there is. To ask for that takes a while, and most downloads may use any.</summary>
    private bool TrySchedule(NetworkLook? look)
    {
        lock (gate)
        {
            while (!IsClosed && _turns.Running < _limits.Most && _turns.Next(_limits.MostPerHost) is { } next)
            {
                // If it was switched since, those who must not use it were stopped already: one more would run on.
                if (next.Request.Network != NetworkRequirement.Any && !(look is { } seen && settings.Network.IsFresh(seen)))
                {
                    return false;
                }

                if (!NetworkRule.Allows(next.Request.Network, look?.Kind ?? NetworkKind.Unknown))
                {
                    Apply(next, DownloadSignal.LosesNetwork);
                    continue;
                }

                var host = TurnQueue.HostOf(next);
                var run = Begin(next, host);
                Apply(next, DownloadSignal.Begins);
                _turns.NoteBegun(host);
                Launch(run);
            }

            return true;
        }
    }

    /// <summary>All that is going on. Under the gate.</summary>
    public IReadOnlyCollection<ManagedRun> Runs => _runs;

    /// <summary>Those who wait for a network. Under the gate.</summary>
    public IReadOnlyCollection<Download> Offline => _offline;

    public async Task EndAsync(ManagedRun run, RunEnding ending)
    {
        var look = settings.Network.Look(isAsked: ending.Failure is { } failure && NetworkFault.Is(failure));
        DownloadException? fault = null;
        for (var isClean = false; !TryEnd(run, ending, look, isClean); isClean = true)
        {
            fault = await DiscardAsync(run.Download).ConfigureAwait(false);
        }

        run.SetEnded(fault);
        Schedule();
    }

    public void Report(ManagedRun run, DownloadProgress progress)
    {
        lock (gate)
        {
            if (_runs.Contains(run))
            {
                books.NoteProgress(run.Download, progress);
            }
        }
    }

    public void NoteWaiting(ManagedRun run, DownloadFailure why)
    {
        var look = settings.Network.Look(isAsked: NetworkFault.Is(why));
        var isOffline = NetworkFault.Is(why) && NetworkRule.IsOffline(look.Kind, run.Download.Request.Source);
        lock (gate)
        {
            if (isOffline)
            {
                run.Stop(settings.Network.IsFresh(look) ? StopReason.Network : StopReason.Yield);
            }
            else if (run.Stopping is null)
            {
                Apply(run.Download, DownloadSignal.Waits);
            }
        }
    }

    public void NoteTrying(ManagedRun run)
    {
        lock (gate)
        {
            if (run.Stopping is null && run.Download.State == DownloadState.WaitingToRetry)
            {
                Apply(run.Download, DownloadSignal.Tries);
            }
        }
    }

    /// <summary>Ends when nothing runs or waits. Under the gate.</summary>
    public Task WhenIdle() => IsIdle ? Task.CompletedTask : _idle.Wait();

    /// <summary>Begins nothing any more, and stops what runs. Under the gate.</summary>
    public Task CloseAsync()
    {
        IsClosed = true;
        ReleaseIfIdle();
        foreach (var run in _runs)
        {
            run.Stop(StopReason.Yield);
        }

        return Task.WhenAll([.. _runs.Select(static run => run.Ended)]);
    }

    private void ReleaseIfIdle()
    {
        if (IsIdle)
        {
            _idle.Release();
        }
    }

    private ManagedRun Begin(Download download, string? host)
    {
        var run = new ManagedRun(this, download, host);
        download.Run = run;
        _runs.Add(run);
        return run;
    }

    // Elsewhere, as the caller may draw a window, and the gate is held. And in no ambient context: it would be that of the download whose end made room.
    private void Launch(ManagedRun run) => ThreadPool.UnsafeQueueUserWorkItem(_ => _ = run.RunAsync(settings.Downloader, settings.Bandwidth), null);

    /// <summary>Takes in an end; <see langword="false"/> when what came must be deleted before.</summary>
    private bool TryEnd(ManagedRun run, RunEnding ending, NetworkLook look, bool isClean)
    {
        lock (gate)
        {
            var signal = SignalOf(run, ending, look);
            if (signal == DownloadSignal.Cancels && !run.KeepsPartial && !isClean)
            {
                return false;
            }

            _runs.Remove(run);
            run.Download.Run = null;
            if (run.Host is { } host)
            {
                _turns.NoteEnded(host);
            }

            Apply(run.Download, signal, ending);
            return true;
        }
    }

    // What waited for a network that came meanwhile would not hear of it any more.
    private DownloadSignal SignalOf(ManagedRun run, RunEnding ending, NetworkLook look)
    {
        var signal = ending.Signal(run.Stopping, NetworkRule.IsOffline(look.Kind, run.Download.Request.Source));
        return signal == DownloadSignal.LosesNetwork && !settings.Network.IsFresh(look) ? DownloadSignal.Yields : signal;
    }

    private static async Task<DownloadException?> DiscardAsync(Download download)
    {
        try
        {
            await Task.Run(() => ResumableDownloader.Discard(download.Request)).ConfigureAwait(false);
            return null;
        }
        catch (DownloadException exception)
        {
            return exception;
        }
    }
}
