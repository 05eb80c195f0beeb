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

    private void Schedule()
    {
        if (_context is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static pump => pump.TellNext(), this, preferLocal: false);
        }
        else
        {
            _context.Post(static pump => ((ListenerPump)pump!).TellNext(), this);
        }
    }

    // One at a time, so that a window has time for other things in between. A progress that replaced another one was counted, but is taken once only.
    private void TellNext()
    {
        if (_notices.TryTake(out var notice))
        {
            Tell(notice);
        }

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
