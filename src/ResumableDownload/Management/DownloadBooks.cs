using Microsoft.Extensions.Logging;
using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>Writes down what becomes of downloads, and tells it: to those who listen, watch or await, and to the state file. Used under the gate.</summary>
internal sealed class DownloadBooks(QueueFile? file, ILogger logger)
{
    private QueueFile? _file = file;

    /// <summary>Whether the state file may hold addresses.</summary>
    public bool KeepsUris { get; init; } = true;

    public DownloadRegister Register { get; } = new();

    public EventFeed Feed { get; } = new();

    /// <summary>A notice of how things stand.</summary>
    public static DownloadEvent Notice(Download download, DownloadEventKind kind) => Notice(download, kind, download.State);

    /// <summary>Brings a download to its next state; <see langword="false"/> when the signal means nothing to it.</summary>
    public bool Apply(Download download, DownloadSignal signal, RunEnding ending = default)
    {
        if (DownloadTransitions.Next(download.State, signal) is not { } next)
        {
            return false;
        }

        var from = download.State;
        (download.State, download.Ending) = (next, ending);
        Register.NoteState(download);
        ManagerLog.StateChanged(logger, download.Id, from, next);
        Complete(download, from);
        Keep(download);
        Tell(download, Notice(download, DownloadEventKind.StateChanged, from));
        return true;
    }

    public void NoteProgress(Download download, DownloadProgress progress)
    {
        download.Progress = progress;
        Tell(download, Notice(download, DownloadEventKind.Progress));
    }

    /// <summary>Enters a new download; nothing is entered when the state file cannot take it.</summary>
    public void Enter(Download download)
    {
        try
        {
            _file?.Add(Saved(download), download.Place.Order);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw StorageFault.Of(exception, _file!.Path);
        }

        EnterRestored(download);
    }

    public void EnterRestored(Download download)
    {
        Register.Add(download);
        Tell(download, Notice(download, DownloadEventKind.Added));
    }

    public void Strike(Download download)
    {
        Register.Remove(download);
        Note(download, kept => kept.End(download.Id));
        Tell(download, Notice(download, DownloadEventKind.Removed));
    }

    /// <summary>Notes in the state file where a download stands.</summary>
    public void Keep(Download download) => Note(download, kept =>
    {
        if (DownloadTransitions.IsFinal(download.State))
        {
            kept.End(download.Id);
        }
        else
        {
            kept.SetState(download.Id, SavedState(download.State), download.IsStarted);
        }
    });

    public void KeepPriority(Download download) => Note(download, kept => kept.SetPriority(download.Id, download.Place.Priority));

    public void KeepRequest(Download download) => Note(download, kept =>
        kept.Add(Saved(download), download.Place.Order));

    public static Task<DownloadResult> CompletionOf(Download download)
    {
        if (download.End is null)
        {
            download.End = NewEnd();
            Complete(download, download.State);
        }

        return download.End.Task;
    }

    /// <summary>Ends what nobody will finish any more.</summary>
    public void Abandon()
    {
        foreach (var download in Register.All)
        {
            _ = CompletionOf(download);
            Fail(download.End!, new ObjectDisposedException(nameof(DownloadManager), "The manager was disposed; what came is kept."));
        }

        Feed.Close();
        _file = null;
    }

    private SavedDownload Saved(Download download) =>
        SavedDownload.Of(download.Id, download.Request, download.Place.Priority, download.IsStarted, SavedState(download.State)) is var saved && KeepsUris ? saved : saved with { Source = null };

    private static DownloadEvent Notice(Download download, DownloadEventKind kind, DownloadState from) => new()
    {
        Download = download,
        Kind = kind,
        From = from,
        To = download.State,
        Progress = download.Progress,
        Result = download.Ending.Result,
        Failure = download.Ending.Failure,
    };

    // What runs or waits is begun again by the next process, as if it waited for its turn.
    private static DownloadState SavedState(DownloadState state) => state is DownloadState.Paused or DownloadState.Failed ? state : DownloadState.Queued;

    private static TaskCompletionSource<DownloadResult> NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Fail(TaskCompletionSource<DownloadResult> end, Exception exception)
    {
        if (end.TrySetException(exception))
        {
            // Nobody has to await it: listeners hear of failures, too.
            _ = end.Task.Exception;
        }
    }

    private static void Complete(Download download, DownloadState from)
    {
        switch (download.State)
        {
            case DownloadState.Completed:
                download.End?.TrySetResult(download.Ending.Result!);
                break;
            case DownloadState.Failed when download.End is { } end:
                Fail(end, download.Ending.Failure!);
                break;
            case DownloadState.Cancelled:
                // A failed one that is cancelled has failed all the same.
                download.End?.TrySetCanceled();
                break;
            case DownloadState.Queued when from == DownloadState.Failed:
                download.End = null;
                break;
        }
    }

    private void Tell(Download download, DownloadEvent notice)
    {
        download.Listeners.ForEach(pump => pump.Post(notice));
        Feed.Post(notice);
    }

    // The downloads themselves are worth more than the list of them.
    private void Note(Download download, Action<QueueFile> write)
    {
        try
        {
            if (_file is not null)
            {
                write(_file);
            }
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            ManagerLog.StateNotKept(logger, download.Id, exception);
        }
    }
}
