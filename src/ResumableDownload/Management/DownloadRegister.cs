namespace ResumableDownload.Management;

/// <summary>All downloads of a manager, in the order of their arrival, and who holds which destination. Used under the gate.</summary>
internal sealed class DownloadRegister
{
    private readonly SortedDictionary<long, Download> _downloads = [];
    private readonly Dictionary<string, Download> _holders = new(DestinationKey.Comparer);
    private long _lastOrder;

    public IReadOnlyCollection<Download> All => _downloads.Values;

    /// <summary>The next place in the order of arrival.</summary>
    public long NextOrder() => ++_lastOrder;

    public Download? HolderOf(string destinationKey) => _holders.GetValueOrDefault(destinationKey);

    public bool Contains(Download download) => _downloads.TryGetValue(download.Place.Order, out var known) && known == download;

    public void Add(Download download)
    {
        _downloads.Add(download.Place.Order, download);
        _lastOrder = Math.Max(_lastOrder, download.Place.Order);
        NoteState(download);
    }

    public void Remove(Download download)
    {
        _downloads.Remove(download.Place.Order);
        LetGo(download);
    }

    /// <summary>Takes the destination for a download, or frees it, as its state says.</summary>
    public void NoteState(Download download)
    {
        if (DownloadTransitions.HoldsDestination(download.State))
        {
            _holders[download.DestinationKey] = download;
        }
        else
        {
            LetGo(download);
        }
    }

    /// <summary>Takes the destination for a download until its next state; a failed one holds none by itself.</summary>
    public void Hold(Download download) => _holders.TryAdd(download.DestinationKey, download);

    private void LetGo(Download download)
    {
        if (HolderOf(download.DestinationKey) == download)
        {
            _holders.Remove(download.DestinationKey);
        }
    }
}
