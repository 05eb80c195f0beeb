using System.Diagnostics.CodeAnalysis;

namespace ResumableDownload.Management;

/// <summary>The downloads that the lines of a queue file leave.</summary>
internal sealed class QueueContent
{
    private readonly SortedDictionary<long, Kept> _kept = [];
    private readonly Dictionary<Guid, long> _orders = [];

    /// <summary>The fewest lines that say the same: one for each download, in the order in which they were added.</summary>
    public IEnumerable<QueueEntry.Added> Entries => _kept.Values.Select(static kept => kept.Entry);

    /// <summary>About how long those lines are, in bytes.</summary>
    public long Length { get; private set; }

    public long? OrderOf(Guid id) => Find(id)?.Entry.Order;

    public bool Find(Guid id, [NotNullWhen(true)] out SavedDownload? download)
    {
        download = Find(id)?.Entry.Download;
        return download is not null;
    }

    /// <summary>Whether a line can follow those before it: it names what is there, and no two downloads have one number.</summary>
    public bool CanApply(QueueEntry entry) => entry switch
    {
        QueueEntry.Added added => _orders.TryGetValue(added.Download.Id, out var order) ? order == added.Order : !_kept.ContainsKey(added.Order),
        QueueEntry.Moved moved => _orders.ContainsKey(moved.Id),
        QueueEntry.Ranked ranked => _orders.ContainsKey(ranked.Id),
        QueueEntry.Ended ended => _orders.ContainsKey(ended.Id),
        _ => false,
    };

    /// <summary>Takes up what a line says that can follow those before it.</summary>
    /// <param name="entry">What it says.</param>
    /// <param name="length">How long it is, in bytes.</param>
    public void Apply(QueueEntry entry, int length)
    {
        switch (entry)
        {
            case QueueEntry.Added added:
                Forget(added.Download.Id);
                Put(added, length);
                break;
            case QueueEntry.Moved moved:
                Change(moved.Id, download => download with { State = moved.State, IsStarted = moved.IsStarted });
                break;
            case QueueEntry.Ranked ranked:
                Change(ranked.Id, download => download with { Priority = ranked.Priority });
                break;
            case QueueEntry.Ended ended:
                Forget(ended.Id);
                break;
        }
    }

    private Kept? Find(Guid id) => _orders.TryGetValue(id, out var order) ? _kept[order] : null;

    private void Put(QueueEntry.Added added, int length)
    {
        _orders[added.Download.Id] = added.Order;
        _kept[added.Order] = new(added, length);
        Length += length;
    }

    private void Change(Guid id, Func<SavedDownload, SavedDownload> change)
    {
        if (Find(id) is { } kept)
        {
            _kept[kept.Entry.Order] = kept with { Entry = kept.Entry with { Download = change(kept.Entry.Download) } };
        }
    }

    private void Forget(Guid id)
    {
        if (Find(id) is { } kept)
        {
            _orders.Remove(id);
            _kept.Remove(kept.Entry.Order);
            Length -= kept.Length;
        }
    }

    /// <summary>A download, and the length of its line.</summary>
    private sealed record Kept(QueueEntry.Added Entry, int Length);
}
