using System.Buffers;

namespace ResumableDownload.Transfer;

/// <summary>Gathers small reads into writes that are worth a system call and a journal line.</summary>
internal sealed class WriteBuffer(long offset) : IDisposable
{
    /// <summary>At most this much is lost when the process is killed.</summary>
    private const int Size = 1 << 20;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(Size);
    private bool _isAbandoned;
    private int _filled;
    private int _written;

    /// <summary>Where in the file the next byte that is read belongs.</summary>
    public long End { get; private set; } = offset;

    public bool IsFull => _filled == Size;

    public bool HasUnwritten => _filled > _written;

    /// <summary>Where in the file <see cref="Unwritten"/> belongs.</summary>
    public long UnwrittenOffset => End - (_filled - _written);

    public ReadOnlyMemory<byte> Unwritten => _bytes.AsMemory(_written, _filled - _written);

    /// <summary>Where the next bytes may be read to, at most so many.</summary>
    public Memory<byte> Free(long most) => _bytes.AsMemory(_filled, (int)Math.Min(most, Size - _filled));

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
