using Microsoft.Extensions.Logging;

namespace ResumableDownload.Management;

/// <summary>Does what is asked of downloads. Everything changes under one gate, and nothing of the caller's is called under it.</summary>
internal sealed class DownloadDispatcher(Lock gate, DownloadBooks books, RunDesk desk, ILogger logger)
{
    public IReadOnlyList<Download> Snapshot()
    {
        lock (gate)
        {
            return [.. books.Register.All];
        }
    }

    /// <summary>Begins to watch all downloads.</summary>
    public EventFeed.Watcher Watch()
    {
        lock (gate)
        {
            return books.Feed.Watch(books.Register.All.Select(static download => DownloadBooks.Notice(download, DownloadEventKind.Added)));
        }
    }

    /// <summary>Adds a download, or finds the one that there is already.</summary>
    public Download Add(DownloadRequest request, IDownloadListener? listener, int priority)
    {
        DestinationCheck.ThrowIfUnusable(request.Destination);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(desk.IsClosed, typeof(DownloadManager));
            var pump = listener is null ? null : new ListenerPump(listener, logger);
            return books.Register.HolderOf(DestinationKey.Of(request)) is { } holder ? Adopt(holder, request, pump) : Enter(request, pump, priority);
        }
    }

    /// <summary>Brings back what a state file tells of.</summary>
    public void Restore(SavedDownload saved, DownloadRequest request, long order)
    {
        lock (gate)
        {
            var download = new Download(this, saved.Id, request, new(saved.Priority, order)) { IsStarted = saved.IsStarted, State = saved.State };
            download.Ending = saved.State == DownloadState.Failed ? RunEnding.FailedBefore : default;
            books.EnterRestored(download);
            desk.Settle(download);
        }
    }

    public bool Remove(Download download)
    {
        lock (gate)
        {
            if (!books.Register.Contains(download))
            {
                return false;
            }

            if (DownloadTransitions.HoldsDestination(download.State) || download.Run is not null)
            {
                throw new InvalidOperationException($"The download to '{download.Request.Destination}' is {download.State}; only what is completed, failed or cancelled can be removed.");
            }

            books.Strike(download);
            return true;
        }
    }

    public void Resume(Download download)
    {
        lock (gate)
        {
            if (desk.IsClosed || download.State == DownloadState.Completed)
            {
                return;
            }

            ThrowIfGone(download);
            download.Run?.TakeBack(StopReason.Pause);
            if (download.Run is null)
            {
                Release(download);
            }
        }

        desk.Schedule();
    }

    /// <summary>Resumes all that are paused.</summary>
    public void ResumeAll()
    {
        lock (gate)
        {
            foreach (var download in desk.IsClosed ? [] : books.Register.All)
            {
                download.Run?.TakeBack(StopReason.Pause);
                if (download is { State: DownloadState.Paused, Run: null })
                {
                    Release(download);
                }
            }
        }

        desk.Schedule();
    }

    public Task Pause(Download download)
    {
        Task paused;
        lock (gate)
        {
            paused = PauseUnderGate(download);
        }

        return paused;
    }

    public Task PauseAll()
    {
        lock (gate)
        {
            return Task.WhenAll([.. books.Register.All.Select(PauseUnderGate)]);
        }
    }

    public Task Cancel(Download download, bool keepPartial)
    {
        lock (gate)
        {
            // What is kept there may be another one's by now.
            var keeps = keepPartial || (books.Register.HolderOf(download.DestinationKey) is { } holder && holder != download);
            if (download.Run is { } run)
            {
                run.Stop(StopReason.Cancel, keeps);
                return run.CleanAsync();
            }

            // Winding up takes a while, too, and until then the destination is not free.
            var isOver = desk.IsClosed || DownloadTransitions.IsFinal(download.State) || !books.Register.Contains(download);
            return isOver ? Task.CompletedTask : desk.WindUp(download, keeps).CleanAsync();
        }
    }

    public void Prioritize(Download download, int priority)
    {
        lock (gate)
        {
            desk.Replace(download, () => download.Place = download.Place with { Priority = priority });
            books.KeepPriority(download);
        }

        desk.Schedule();
    }

    public Task<DownloadResult> CompletionOf(Download download)
    {
        lock (gate)
        {
            return DownloadBooks.CompletionOf(download);
        }
    }

    public Task WhenIdle()
    {
        lock (gate)
        {
            return desk.WhenIdle();
        }
    }

    private Task PauseUnderGate(Download download)
    {
        if (download.Run is { } run)
        {
            run.Stop(StopReason.Pause);
            return run.Ended;
        }

        // One that nobody has started is not going anyway, and must not be started by whoever resumes all.
        if (!desk.IsClosed && download.IsStarted)
        {
            desk.Apply(download, DownloadSignal.Pauses);
        }

        return Task.CompletedTask;
    }

    private Download Enter(DownloadRequest request, ListenerPump? pump, int priority)
    {
        var download = new Download(this, Guid.CreateVersion7(), request, new(priority, books.Register.NextOrder()));
        Attach(download, pump);
        books.Enter(download);
        return download;
    }

    // The newer request takes the place of the other: its address and credentials are fresher.
    private Download Adopt(Download holder, DownloadRequest request, ListenerPump? pump)
    {
        if (holder.Run is { Stopping: StopReason.Cancel })
        {
            throw new InvalidOperationException($"The download to '{request.Destination}' is being cancelled; wait for CancelAsync.");
        }

        if (!RequestIdentity.AreSame(holder.Request, request))
        {
            throw new InvalidOperationException($"Another download to '{request.Destination}' is {holder.State}: {holder.Request}.");
        }

        desk.Replace(holder, () => holder.Request = request);
        books.KeepRequest(holder);
        Attach(holder, pump);
        return holder;
    }

    private static void Attach(Download download, ListenerPump? pump)
    {
        if (pump is not null && !download.Listeners.Exists(known => known.Listener == pump.Listener))
        {
            download.Listeners.Add(pump);
        }
    }

    private void Release(Download download)
    {
        var isNew = !download.IsStarted;
        download.IsStarted = true;
        if (!desk.Apply(download, DownloadSignal.Resumes) && isNew)
        {
            books.Keep(download);
        }
    }

    private void ThrowIfGone(Download download)
    {
        if (download.State == DownloadState.Cancelled || download.Run is { Stopping: StopReason.Cancel })
        {
            throw new InvalidOperationException($"The download to '{download.Request.Destination}' was cancelled; add it again.");
        }

        if (download.State == DownloadState.Failed && !books.Register.Contains(download))
        {
            throw new InvalidOperationException($"The download to '{download.Request.Destination}' was removed; add it again.");
        }

        if (books.Register.HolderOf(download.DestinationKey) is { } holder && holder != download)
        {
            throw new InvalidOperationException($"Another download to '{download.Request.Destination}' is {holder.State}.");
        }
    }
}
