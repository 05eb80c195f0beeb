namespace ResumableDownload.Management;

/// <summary>What a switch of network means for the downloads.</summary>
internal sealed class NetworkSwitch(Lock gate, RunDesk desk, NetworkWatch watch)
{
    /// <summary>Another network, or none: who waits for one goes on, and who must not use it stops. Tells who runs on.</summary>
    public IReadOnlyList<ManagedRun> Switch(NetworkKind network)
    {
        List<ManagedRun> running = [];
        lock (gate)
        {
            watch.NoteSwitch();
            foreach (var run in desk.Runs)
            {
                if (!NetworkRule.Allows(run.Download.Request.Network, network))
                {
                    run.Stop(StopReason.Network);
                }
                else if (network != NetworkKind.None)
                {
                    Renew(run, running);
                }
            }
        }

        if (network != NetworkKind.None)
        {
            TryOffline(network);
        }
        else
        {
            desk.Schedule();
        }

        return running;
    }

    /// <summary>Lets those who wait for a network try, unless they must not use the one that there is.</summary>
    public void TryOffline(NetworkKind network)
    {
        lock (gate)
        {
            foreach (var download in desk.Offline.Where(download => NetworkRule.Allows(download.Request.Network, network)).ToArray())
            {
                desk.Apply(download, DownloadSignal.FindsNetwork);
            }
        }

        desk.Schedule();
    }

    /// <summary>Connections of a network that is gone are silent for ever: whoever has brought nothing since begins anew.</summary>
    public void RenewSilent(IEnumerable<(ManagedRun Run, long Fetched)> before)
    {
        lock (gate)
        {
            foreach (var (run, fetched) in before)
            {
                if (desk.Runs.Contains(run) && run.Fetched == fetched)
                {
                    run.Stop(StopReason.Yield);
                }
            }
        }
    }

    private static void Renew(ManagedRun run, List<ManagedRun> running)
    {
        run.TakeBack(StopReason.Network);

        // Why should it wait longer, when what it waited for may be there?
        if (run.Download.State == DownloadState.WaitingToRetry)
        {
            run.Stop(StopReason.Yield);
        }
        else if (run.Stopping is null)
        {
            running.Add(run);
        }
    }
}
