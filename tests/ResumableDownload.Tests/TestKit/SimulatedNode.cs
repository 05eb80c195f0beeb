namespace ResumableDownload.Tests.TestKit;

/// <summary>A file without its name: what programs see, what is on stable storage, and the changes in between.</summary>
internal sealed class SimulatedNode(DateTime made)
{
    private const int Sector = 512;

    private readonly List<ContentChange> _pending = [];
    private SimulatedContent _seen = new();
    private SimulatedContent _durable = new();
    private DateTime _durableTime = made;
    private ContentChange? _late;

    public DateTime LastWrite { get; set; } = made;

    public bool IsLocked { get; set; }

    public bool IsReadOnly { get; init; }

    public int Length => _seen.Length;

    public ReadOnlySpan<byte> Seen => _seen.Span;

    public ReadOnlySpan<byte> Durable => _durable.Span;

    /// <summary>What an fsync that begins now covers.</summary>
    public ContentChange[] Pending => [.. _pending];

    public void Change(ContentChange change, DateTime now)
    {
        _seen.Apply(change);
        _pending.Add(change);
        LastWrite = now;
        if (_late is { Bytes: { } bytes } late && change.Bytes is not null && change.Offset < late.Offset + bytes.Length && change.Offset + change.Bytes.Length > late.Offset)
        {
            _late = null;
            Change(late, now);
        }
    }

    /// <summary>A write that reaches the file only after the next one to the same place.</summary>
    public void Postpone(ContentChange change) => _late = change;

    public void Sync(ContentChange[] covered)
    {
        Forget(covered);
        foreach (var change in covered)
        {
            _durable.Apply(change);
        }

        _durableTime = LastWrite;
    }

    /// <summary>A failed fsync: the system calls the pages clean, shows them still, and never writes them.</summary>
    public void Forget(ContentChange[] covered)
    {
        HashSet<ContentChange> synced = new(covered, ReferenceEqualityComparer.Instance);
        _pending.RemoveAll(synced.Contains);
    }

    /// <summary>One byte is not what it was, on the disk too.</summary>
    public void Corrupt(int offset)
    {
        var wrong = new ContentChange(offset, [(byte)~Seen[offset]]);
        _seen.Apply(wrong);
        _pending.Add(wrong);
    }

    public void Truncate(int length)
    {
        _seen.Apply(new(length, null));
        _pending.Add(new(length, null));
    }

    public SimulatedNode Copy()
    {
        var copy = new SimulatedNode(LastWrite) { IsReadOnly = IsReadOnly };
        (copy._seen, copy._durable, copy._durableTime) = (_seen.Copy(), _durable.Copy(), _durableTime);
        copy._pending.AddRange(_pending);
        copy._late = _late;
        return copy;
    }

    public SimulatedNode AfterPowerCut(Unsynced unsynced, Random random)
    {
        var content = _durable.Copy();
        foreach (var change in InOrder(unsynced, random))
        {
            foreach (var part in unsynced == Unsynced.Kept ? [change] : Torn(change, content.Length, random))
            {
                content.Apply(part);
            }
        }

        return new SimulatedNode(unsynced == Unsynced.Dropped ? _durableTime : LastWrite) { IsReadOnly = IsReadOnly, _seen = content, _durable = content.Copy() };
    }

    private ContentChange[] InOrder(Unsynced unsynced, Random random)
    {
        var changes = unsynced == Unsynced.Dropped ? [] : Pending;
        if (unsynced == Unsynced.Reordered)
        {
            random.Shuffle(changes);
        }

        return changes;
    }

    /// <summary>Some sectors of a write reach the disk, others do not; the length may, whatever its bytes did.</summary>
    private static IEnumerable<ContentChange> Torn(ContentChange change, int length, Random random)
    {
        var fate = random.Next(4);
        if (fate == 0)
        {
            yield break;
        }

        if (fate == 1 || change.Bytes is not { } bytes)
        {
            yield return change;
            yield break;
        }

        if (change.Offset + bytes.Length > length && random.Next(2) == 0)
        {
            yield return new ContentChange(change.Offset + bytes.Length, null);
        }

        for (var at = 0; at < bytes.Length;)
        {
            var edge = (int)Math.Min(bytes.Length, ((change.Offset + at) / Sector + 1) * Sector - change.Offset);
            if (random.Next(2) == 0)
            {
                yield return new ContentChange(change.Offset + at, bytes[at..edge]);
            }

            at = edge;
        }
    }
}
