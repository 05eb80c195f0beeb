using System.Runtime.CompilerServices;

namespace ResumableDownload.Transport;

/// <summary>A connection under TLS that is read in larger pieces than asked for: what decrypts asks for one record of 16 KiB at a time, a call of the system each.</summary>
/// <remarks>It waits for nothing: what is there is handed on. So no byte is held back, and a record that is here already needs no wake-up.</remarks>
internal sealed class ReadAheadStream(Stream inner) : Stream
{
    /// <summary>Four records; more was not measurably better.</summary>
    private const int Size = 64 << 10;

    private readonly byte[] _ahead = GC.AllocateUninitializedArray<byte>(Size);
    private int _start;
    private int _end;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // An empty read asks whether there is something.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _start < _end ? ValueTask.FromResult(Take(buffer.Span))
        : buffer.IsEmpty || buffer.Length >= Size ? inner.ReadAsync(buffer, cancellationToken)
        : FillAsync(buffer, cancellationToken);

    public override int Read(Span<byte> buffer)
    {
        if (_start == _end && !buffer.IsEmpty)
        {
            (_start, _end) = (0, inner.Read(_ahead));
        }

        return Take(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await inner.ReadAsync(_ahead, cancellationToken).ConfigureAwait(false));
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
