namespace ResumableDownload.IntegrationTests;

/// <summary>A body in which something happens once so many bytes have been read. What that throws is what the reader gets.</summary>
internal sealed class WatchedStream(Stream inner, long at, Func<Task> happens) : Stream
{
    private long _left = at;
    private bool _hasHappened;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 && !_hasHappened)
        {
            _hasHappened = true;
            await happens();
        }

        var read = await inner.ReadAsync(_hasHappened ? buffer : buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= _hasHappened ? 0 : read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
}
