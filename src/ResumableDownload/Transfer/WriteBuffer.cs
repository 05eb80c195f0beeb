using System.Buffers;

namespace ResumableDownload.Transfer;

/// <summary>Gathers small reads into writes that are worth a system call and a journal line.</summary>
/// <param name="offset">Where in the file the first byte belongs.</param>
/// <param name="mostToCome">How much comes at most: a thousand small files at once need no gigabyte.</param>
internal sealed class WriteBuffer(long offset, long mostToCome) : IDisposable
{
    /// <summary>At most this much is lost when the process is killed.</summary>
    private const int Greatest = 1 << 20;

    /// <summary>Less is not worth a read: what is dropped comes through here as well.</summary>
    private const int Least = 64 << 10;

    private readonly int _size = (int)Math.Clamp(mostToCome, Least, Greatest);
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(mostToCome, Least, Greatest));
    private bool _isAbandoned;
    private int _filled;
    private int _written;

    /// <summary>Where in the file the next byte that is read belongs.</summary>
    public long End { get; private set; } = offset;

    public bool IsFull => _filled == _size;

    public bool HasUnwritten => _filled > _written;

    /// <summary>Where in the file <see cref="Unwritten"/> belongs.</summary>
    public long UnwrittenOffset => End - (_filled - _written);

    public ReadOnlyMemory<byte> Unwritten => _bytes.AsMemory(_written, _filled - _written);

    /// <summary>Where the next bytes may be read to, at most so many.</summary>
    public Memory<byte> Free(long most) => _bytes.AsMemory(_filled, (int)Math.Min(most, _size - _filled));

    public void Add(int count)
    {
        _filled += count;
        End += count;
    }

    /// <summary>Everything that was read is written. Begins anew at the front unless a read is pending into the rest.</summary>
    public void MarkWritten(bool mayRewind) => (_filled, _written) = mayRewind ? (0, 0) : (_filled, _filled);

    /// <summary>Forgets what was read beyond a place; nothing of that has been written.</summary>
    public void Cut(long end) => (_filled, End) = (_filled - (int)(End - end), end);

    /// <summary>Forgets what was read and not written.</summary>
    public void Drop() => (_filled, End) = (_written, UnwrittenOffset);

    /// <summary>Leaves the memory to a read that does not end: the pool must not give it to anybody else.</summary>
    public void Abandon() => _isAbandoned = true;

    public void Dispose()
    {
        if (!_isAbandoned)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
