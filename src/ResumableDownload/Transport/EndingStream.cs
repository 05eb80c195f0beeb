using System.Runtime.CompilerServices;

namespace ResumableDownload.Transport;

/// <summary>A body that is read up to some length only; the rest stays with its connection.</summary>
internal sealed class EndingStream(Stream inner, long length) : Stream
{
    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _left == 0 ? 0 : Counted(await inner.ReadAsync(buffer[..Most(buffer.Length)], cancellationToken).ConfigureAwait(false));

    public override int Read(byte[] buffer, int offset, int count) => _left == 0 ? 0 : Counted(inner.Read(buffer, offset, Most(count)));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Most(int free) => (int)Math.Min(free, _left);

    private int Counted(int count)
    {
        _left -= count;
        return count;
    }
}
