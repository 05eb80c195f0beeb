namespace ResumableDownload.Transport;

/// <summary>A connection that fails, rather than ends, when it is closed before it ever brought a byte.</summary>
/// <remarks>
/// The handler takes such an end for a connection that had grown old, and silently sends the request up to three times more. On a fresh connection
/// that multiplies our own attempts, uncounted. A connection that has answered before may well have grown old, and is left to the handler.
/// </remarks>
internal sealed class FirstAnswerStream(Stream inner) : Stream
{
    private bool _hasAnswered;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _hasAnswered || buffer.IsEmpty ? inner.ReadAsync(buffer, cancellationToken) : ReadFirstAsync(buffer, cancellationToken);

    public override int Read(Span<byte> buffer) => _hasAnswered || buffer.IsEmpty ? inner.Read(buffer) : First(inner.Read(buffer));

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

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
        First(await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    private int First(int count)
    {
        _hasAnswered = count > 0;
        return count > 0 ? count : throw new IOException("The connection was closed without an answer.");
    }
}
