using Microsoft.Extensions.Logging;

namespace ResumableDownload.Management;

/// <summary>Tells one listener of one download, one notice at a time, on its own context or on a thread of the pool.</summary>
internal sealed class ListenerPump(IDownloadListener listener, ILogger logger)
{
    private readonly NoticeQueue _notices = new();
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;
    private int _pending;

    public IDownloadListener Listener => listener;

    public void Post(DownloadEvent notice)
    {
        _notices.Add(notice);
        if (Interlocked.Increment(ref _pending) == 1)
        {
            Schedule();
        }
    }

    // By way of the pool: some contexts run at once what is posted, or throw when their window is gone, and whoever posts a notice holds the gate.
    private void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(static pump => pump.HandOver(), this, preferLocal: false);

    private void HandOver()
    {
        if (_context is null)
        {
            TellNext();
            return;
        }

        try
        {
            _context.Post(static pump => ((ListenerPump)pump!).TellNext(), this);
        }
        catch (Exception exception)
        {
            // Nobody is there any more who could be told.
            if (_notices.TryTake(out var notice))
            {
                ManagerLog.ListenerFailed(logger, notice.Download.Id, exception);
            }

            Continue();
        }
    }

    // One at a time, so that a window has time for other things in between. A progress that replaced another one was counted, but is taken once only.
    private void TellNext()
    {
        if (_notices.TryTake(out var notice))
        {
            Tell(notice);
        }

        Continue();
    }

    private void Continue()
    {
        if (Interlocked.Decrement(ref _pending) > 0)
        {
            Schedule();
        }
    }

    private void Tell(DownloadEvent notice)
    {
        switch (notice)
        {
            case { Kind: DownloadEventKind.Progress, Progress: { } progress }:
                Guard(notice, () => listener.OnProgress(notice.Download, progress));
                break;
            case { Kind: DownloadEventKind.StateChanged }:
                Guard(notice, () => listener.OnStateChanged(notice.Download, notice.From, notice.To));
                Guard(notice, () => TellSpecial(notice));
                break;
        }
    }

    private void TellSpecial(DownloadEvent notice)
    {
        switch (notice)
        {
            case { To: DownloadState.Paused }:
                listener.OnPaused(notice.Download);
                break;
            case { From: DownloadState.Paused, To: DownloadState.Queued }:
                listener.OnResumed(notice.Download);
                break;
            case { To: DownloadState.Completed, Result: { } result }:
                listener.OnCompleted(notice.Download, result);
                break;
            case { To: DownloadState.Failed, Failure: { } failure }:
                listener.OnFailed(notice.Download, failure);
                break;
            case { To: DownloadState.Cancelled }:
                listener.OnCancelled(notice.Download);
                break;
        }
    }

    private void Guard(DownloadEvent notice, Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception exception)
        {
            ManagerLog.ListenerFailed(logger, notice.Download.Id, exception);
        }
    }
}
