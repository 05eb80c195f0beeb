namespace ResumableDownload.Planning;

/// <summary>The speed of one connection over the last two seconds, or since its first byte when that is less.</summary>
internal sealed class SegmentSpeed
{
    private const int Slots = 20;

    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(100);

    private readonly long[] _bytes = new long[Slots];
    private TimeSpan? _first;
    private long _latest;

    /// <summary>How many bytes have come in all.</summary>
    public long Bytes { get; private set; }

    public void Note(TimeSpan now, long bytes)
    {
        _first ??= now;
        MoveTo(now);
        _bytes[_latest % Slots] += bytes;
        Bytes += bytes;
    }

    /// <summary>Bytes per second; zero when nothing came for the whole window.</summary>
    public double At(TimeSpan now)
    {
        if (_first is not { } first)
        {
            return 0;
        }

        MoveTo(now);
        var window = now - (_latest - Slots + 1) * Slot;
        var since = now - first;

        // What has come with the very first read may have waited in a buffer: no time at all would make it infinitely fast.
        var span = TimeSpan.FromTicks(Math.Clamp(since.Ticks, Slot.Ticks, Math.Max(Slot.Ticks, window.Ticks)));
        return Sum() / span.TotalSeconds;
    }

    /// <summary>Whether its speed tells little yet: a connection begins with a few packets, and it takes some round trips until it is as fast as it can be.</summary>
    public bool IsYoung(TimeSpan now, TimeSpan setup) =>
        _first is not { } first || (now - first).Ticks < Math.Clamp(3 * setup.Ticks, 2 * Slot.Ticks, Slots * Slot.Ticks);

    private void MoveTo(TimeSpan now)
    {
        var slot = now.Ticks / Slot.Ticks;
        for (var gone = Math.Max(_latest + 1, slot - Slots + 1); gone <= slot; gone++)
        {
            _bytes[gone % Slots] = 0;
        }

        _latest = Math.Max(_latest, slot);
    }

    private double Sum()
    {
        var sum = 0L;
        foreach (var bytes in _bytes)
        {
            sum += bytes;
        }

        return sum;
    }
}
