using Microsoft.Extensions.Logging;

namespace ResumableDownload.WebDemo.Downloading;

/// <summary>How all downloads stand, with a version for each change, so that whoever looks again gets only what changed. Thread-safe.</summary>
internal sealed partial class Board(DownloadManager manager, EndedFile ended, SpeedLimit limit, ILogger<Board> logger)
{
    private readonly Lock _gate = new();

    // A row that is gone leaves its version behind: those who look must hear of it.
    private readonly Dictionary<Guid, (long Version, Row? Row)> _rows = [];
    private long _version;

    /// <summary>Follows the manager until it ends or the app does.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        Recall();
        try
        {
            await foreach (var notice in manager.WatchAsync(cancellationToken))
            {
                Note(notice);
            }
        }
        catch (OperationCanceledException)
        {
            // The app ends.
        }
    }

    public Changes Since(long version)
    {
        lock (_gate)
        {
            var changed = _rows.Where(pair => pair.Value.Version > version).ToArray();
            return new()
            {
                Version = _version,
                Rows = [.. changed.Select(static pair => pair.Value.Row).OfType<Row>()],
                Gone = version == 0 ? [] : [.. changed.Where(static pair => pair.Value.Row is null).Select(static pair => pair.Key)],
                Settings = new(limit.BytesPerSecond, manager.MaxConcurrentDownloads),
            };
        }
    }

    /// <summary>Lets everybody look again: the settings changed.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            _version++;
        }
    }

    /// <summary>Shows another priority, of which there is no event.</summary>
    public void NotePriority(Download download)
    {
        lock (_gate)
        {
            if (RowOf(download.Id) is { } row)
            {
                Put(row.Id, row with { Priority = download.Priority });
            }
        }
    }

    /// <summary>Takes away what an earlier run finished, and the manager knows no more.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Forget(Guid id)
    {
        if (RowOf(id) is not { State: DownloadState.Completed })
        {
            return false;
        }

        TakeAway(id);
        return true;
    }

    /// <summary>All that an earlier run or this one finished.</summary>
    public IReadOnlyList<Guid> Finished()
    {
        lock (_gate)
        {
            return [.. _rows.Where(static pair => pair.Value.Row is { State: DownloadState.Completed }).Select(static pair => pair.Key)];
        }
    }

    private void Recall()
    {
        var known = manager.Downloads.Select(static download => download.Id).ToHashSet();
        foreach (var row in ended.Read().Where(row => row.State == DownloadState.Completed || known.Contains(row.Id)))
        {
            Put(row.Id, row);
        }
    }

    private void Note(DownloadEvent notice)
    {
        var id = notice.Download.Id;
        if (notice.Kind == DownloadEventKind.Removed)
        {
            TakeAway(id);
            return;
        }

        var row = RowMaker.Of(notice, RowOf(id));
        if (notice is { Kind: DownloadEventKind.StateChanged, To: DownloadState.Completed or DownloadState.Failed or DownloadState.Cancelled })
        {
            Remember(row);
        }

        lock (_gate)
        {
            // It may have become another one while the row was made.
            Put(id, row with { Priority = notice.Download.Priority });
        }
    }

    private void TakeAway(Guid id)
    {
        if (RowOf(id) is { State: DownloadState.Completed or DownloadState.Failed } row)
        {
            // As if it had been given up: that is not shown again.
            Remember(row with { State = DownloadState.Cancelled });
        }

        Put(id, null);
    }

    private void Remember(Row row)
    {
        try
        {
            ended.Add(row);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The page goes on; it is after a restart that it does not know of this. A full disk is nothing rare where files are fetched.
            LogNotRemembered(row.Address, exception);
        }
    }

    private Row? RowOf(Guid id)
    {
        lock (_gate)
        {
            return _rows.GetValueOrDefault(id).Row;
        }
    }

    private void Put(Guid id, Row? row)
    {
        lock (_gate)
        {
            // The version at which it was seen first is its place.
            _rows[id] = (++_version, row is null ? null : row with { Order = _rows.GetValueOrDefault(id).Row?.Order ?? _version });
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How the download of {Address} ended could not be noted for the next start.")]
    private partial void LogNotRemembered(string address, Exception exception);
}
