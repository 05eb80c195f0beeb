namespace ResumableDownload.WebDemo.Downloading;

/// <summary>Does what the page asks for.</summary>
internal sealed class Steering(DownloadManager manager, Board board, DownloadFolder folder, SpeedLimit limit, SettingsFile remembered)
{
    /// <summary>Adds and starts all addresses of a text.</summary>
    public Addition Add(string text)
    {
        var (addresses, refused) = UrlList.Read(text);
        var added = new List<Guid>();
        var left = refused.ToList();
        foreach (var address in addresses)
        {
            try
            {
                added.Add(Start(address).Id);
            }
            catch (Exception exception) when (exception is DownloadException or InvalidOperationException)
            {
                left.Add(new(ShownText.AddressOf(address), exception.Message));
            }
        }

        return new(added, left);
    }

    /// <summary>The download of an id, if the manager knows it.</summary>
    public Download? Find(Guid id) => manager.Downloads.FirstOrDefault(download => download.Id == id);

    /// <summary>Lets it go on after a pause or a failure; one that was given up begins anew.</summary>
    public void Resume(Download download)
    {
        if (download.State != DownloadState.Cancelled)
        {
            download.Resume();
            return;
        }

        manager.Add(download.Request, priority: download.Priority).Start();
        manager.Remove(download);
    }

    public void Prioritize(Download download, int priority)
    {
        download.Priority = priority;
        board.NotePriority(download);
    }

    /// <summary>Takes it off the list. Its file stays.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(Guid id) => Find(id) is { } download ? manager.Remove(download) : board.Forget(id);

    public void PauseAll() => _ = manager.PauseAllAsync();

    public void ResumeAll() => manager.ResumeAll();

    public void RetryAll()
    {
        foreach (var download in InState(DownloadState.Failed))
        {
            download.Resume();
        }
    }

    /// <summary>Gives up all that is not whole, and deletes what came of it.</summary>
    public Task CancelAllAsync() => Task.WhenAll(manager.Downloads.Select(static download => download.CancelAsync()));

    /// <summary>Takes all off the list that is whole or was given up.</summary>
    public void ClearEnded()
    {
        foreach (var download in InState(DownloadState.Completed, DownloadState.Cancelled))
        {
            manager.Remove(download);
        }

        foreach (var id in board.Finished())
        {
            board.Forget(id);
        }
    }

    public void Set(Settings settings)
    {
        (limit.BytesPerSecond, manager.MaxConcurrentDownloads, manager.MaxConcurrentPerHost) = (settings.BytesPerSecond, settings.AtATime, settings.AtATime);
        remembered.Write(settings);
        board.Renew();
    }

    private Download Start(Uri address)
    {
        var download = manager.Add(new DownloadRequest(address, folder.Files));
        download.Start();
        return download;
    }

    private Download[] InState(params DownloadState[] states) => [.. manager.Downloads.Where(download => states.Contains(download.State))];
}

/// <summary>What came of adding.</summary>
/// <param name="Added">The downloads, also those that were there already.</param>
/// <param name="Refused">What was not added, and why.</param>
internal sealed record Addition(IReadOnlyList<Guid> Added, IReadOnlyList<Refusal> Refused);
