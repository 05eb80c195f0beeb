using System.Diagnostics.CodeAnalysis;

namespace ResumableDownload.Management;

/// <summary>Events that somebody has not taken yet. Of one download's progress only the newest is kept, in the place of the oldest, so that a slow taker costs little.</summary>
internal sealed class NoticeQueue
{
    private readonly Lock _gate = new();
    private readonly LinkedList<DownloadEvent> _events = [];
    private readonly Dictionary<Download, LinkedListNode<DownloadEvent>> _progress = [];

    public void Add(DownloadEvent notice)
    {
        lock (_gate)
        {
            if (notice.Kind == DownloadEventKind.Progress && _progress.TryGetValue(notice.Download, out var pending))
            {
                pending.Value = notice;
                return;
            }

            // What follows another event must not move before it.
            _progress.Remove(notice.Download);
            var node = _events.AddLast(notice);
            if (notice.Kind == DownloadEventKind.Progress)
            {
                _progress[notice.Download] = node;
            }
        }
    }

    public bool TryTake([NotNullWhen(true)] out DownloadEvent? notice)
    {
        lock (_gate)
        {
            notice = _events.First?.Value;
            if (notice is null)
            {
                return false;
            }

            if (_progress.TryGetValue(notice.Download, out var pending) && pending == _events.First)
            {
                _progress.Remove(notice.Download);
            }

            _events.RemoveFirst();

            return true;
        }
    }
}
