using System.Numerics;

namespace ResumableDownload.Planning;

/// <summary>How many bytes are worth waking up for: about what a connection brings in a hundredth of a second.</summary>
internal sealed class GatheringMark
{
    private const int Most = 256 << 10;
    private const int Least = 4 << 10;

    private static readonly TimeSpan Awaited = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(20);

    private TimeSpan _elapsed;
    private long _bytes;

    private int _worth = 1;

    /// <summary>So many bytes of those that are asked for; 1 where the connection is too slow for waiting to save anything.</summary>
    public int BytesOf(int asked) => asked >= _worth ? _worth : PowerOfTwoIn(asked);

    /// <summary>Notes bytes that came, and the time since those before.</summary>
    public void Note(int bytes, TimeSpan elapsed)
    {
        _bytes += bytes;
        _elapsed += elapsed;
        if (_elapsed >= Measured)
        {
            var worth = PowerOfTwoIn((int)Math.Min(_bytes * (Awaited / _elapsed), Most));
            _worth = worth < Least ? 1 : worth;
            (_bytes, _elapsed) = (0, TimeSpan.Zero);
        }
    }

    // So that it does not change with every breath of the link: to set it is a system call. Of zero it is 1.
    private static int PowerOfTwoIn(int number) => 1 << BitOperations.Log2((uint)number);
}
