namespace ResumableDownload.Management;

/// <summary>Those who wait for their turn: by priority, then by order of arrival, and no more of one host than it may have.</summary>
internal sealed class TurnQueue
{
    private readonly Dictionary<string, SortedSet<(DownloadPlace Place, Guid Id)>> _hosts = [];
    private readonly Dictionary<Guid, Download> _downloads = [];
    private readonly Dictionary<string, int> _running = [];

    /// <summary>How many wait.</summary>
    public int Count => _downloads.Count;

    /// <summary>The host, and its port, whose turns a download takes.</summary>
    public static string HostOf(Download download) => download.Request.Source.GetComponents(UriComponents.HostAndPort, UriFormat.UriEscaped);

    /// <summary>How many run.</summary>
    public int Running { get; private set; }

    public bool Contains(Download download) => _downloads.ContainsKey(download.Id);

    public void Add(Download download)
    {
        var host = HostOf(download);
        if (!_hosts.TryGetValue(host, out var waiting))
        {
            _hosts[host] = waiting = [];
        }

        waiting.Add((download.Place, download.Id));
        _downloads[download.Id] = download;
    }

    /// <summary>Must be told before its place or its address changes.</summary>
    public void Remove(Download download)
    {
        if (_downloads.Remove(download.Id))
        {
            var host = HostOf(download);
            var waiting = _hosts[host];
            waiting.Remove((download.Place, download.Id));
            if (waiting.Count == 0)
            {
                _hosts.Remove(host);
            }
        }
    }

    /// <summary>Who is next; <see langword="null"/> when nobody may begin.</summary>
    public Download? Next(int mostPerHost)
    {
        (DownloadPlace Place, Guid Id)? first = null;
        foreach (var (host, waiting) in _hosts)
        {
            if (RunningOf(host) < mostPerHost && (first is not { } best || waiting.Min.Place.CompareTo(best.Place) < 0))
            {
                first = waiting.Min;
            }
        }

        return first is var (_, id) ? _downloads[id] : null;
    }

    public int RunningOf(string host) => _running.GetValueOrDefault(host);

    public void NoteBegun(string host)
    {
        _running[host] = RunningOf(host) + 1;
        Running++;
    }

    public void NoteEnded(string host)
    {
        Running--;
        if (--_running[host] is var left && left == 0)
        {
            _running.Remove(host);
        }
    }
}
