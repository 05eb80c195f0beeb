namespace ResumableDownload.Planning;

/// <summary>Whether a connection delivers too little, over a sliding window of time in which a read was pending.</summary>
/// <remarks>Not an idle timeout: a server that dribbles a byte now and then defeats those.</remarks>
internal sealed class StallWindow(TimeSpan window, long leastBytes)
{
    private const int Slots = 10;

    private readonly long[] _bytes = new long[Slots];
    private TimeSpan _inSlot;
    private int _slot;
    private int _filled;

    /// <summary>Notes bytes that came, and the time that was spent waiting for them.</summary>
    /// <returns>Whether the last whole window brought less than it must.</returns>
    public bool Note(long bytes, TimeSpan waited)
    {
        _bytes[_slot] += bytes;
        _inSlot += waited;
        var stalled = false;
        while (_inSlot >= window / Slots && !stalled)
        {
            _inSlot -= window / Slots;
            _filled = Math.Min(_filled + 1, Slots);
            stalled = _filled == Slots && _bytes.Sum() < leastBytes;
            _slot = (_slot + 1) % Slots;
            _bytes[_slot] = 0;
        }

        return stalled;
    }
}
