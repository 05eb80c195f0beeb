using System.Runtime.CompilerServices;

namespace ResumableDownload.Management;

/// <summary>Gives everybody who watches all events. Whoever is slow gets fewer notices of progress.</summary>
internal sealed class EventFeed
{
    private readonly Lock _gate = new();
    private readonly List<Watcher> _watchers = [];
    private bool _isClosed;

    /// <summary>Whether anybody watches.</summary>
    public bool IsWatched
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count > 0;
            }
        }
    }

    public void Post(DownloadEvent notice)
    {
        lock (_gate)
        {
            _watchers.ForEach(watcher => watcher.Post(notice));
        }
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="present">Called with the watcher in place: what is there already.</param>
    public Watcher Watch(IEnumerable<DownloadEvent> present)
    {
        var watcher = new Watcher(this);
        foreach (var notice in present)
        {
            watcher.Post(notice);
        }

        lock (_gate)
        {
            _watchers.Add(watcher);
            if (_isClosed)
            {
                watcher.Close();
            }
        }

        return watcher;
    }

    /// <summary>Ends all watching, once everything is told.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _watchers.ForEach(static watcher => watcher.Close());
        }
    }

    /// <summary>One who watches.</summary>
    internal sealed class Watcher(EventFeed feed) : IDisposable
    {
        private readonly NoticeQueue _notices = new();
        private readonly SemaphoreSlim _news = new(0);
        private volatile bool _isClosed;

        public void Post(DownloadEvent notice)
        {
            _notices.Add(notice);
            Wake();
        }

        public void Close()
        {
            _isClosed = true;
            Wake();
        }

        public async IAsyncEnumerable<DownloadEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (true)
            {
                var isLast = _isClosed;
                while (_notices.TryTake(out var notice))
                {
                    yield return notice;
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (isLast)
                {
                    yield break;
                }

                await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        public void Dispose()
        {
            lock (feed._gate)
            {
                feed._watchers.Remove(this);
            }

            _news.Dispose();
        }

        // A watcher is posted to only while it is in the list, or by whoever put it there.
        private void Wake()
        {
            if (_news.CurrentCount == 0)
            {
                _news.Release();
            }
        }
    }
}
