using System.Runtime.CompilerServices;

namespace ResumableDownload.Transport;

/// <summary>A connection under TLS that is read in larger pieces than asked for: what decrypts asks for one record of 16 KiB at a time, a call of the system each.</summary>
/// <remarks>It waits for nothing: what is there is handed on. So no byte is held back, and a record that is here already needs no wake-up.</remarks>
internal sealed class ReadAheadStream(Stream inner) : ForwardingStream(inner)
{
    /// <summary>Four records; more was not measurably better.</summary>
    private const int Size = 64 << 10;

    private readonly byte[] _ahead = GC.AllocateUninitializedArray<byte>(Size);
    private int _start;
    private int _end;

    // An empty read asks whether there is something.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _start < _end ? ValueTask.FromResult(Take(buffer.Span))
        : buffer.IsEmpty || buffer.Length >= Size ? Inner.ReadAsync(buffer, cancellationToken)
        : FillAsync(buffer, cancellationToken);

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && !buffer.IsEmpty)
        {
            (_start, _end) = (0, Inner.Read(_ahead));
        }

        return Take(buffer);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await Inner.ReadAsync(_ahead, cancellationToken).ConfigureAwait(false));
        return Take(buffer.Span);
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _start);
        _ahead.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }
}
