namespace ResumableDownload.Tests.Management;

/// <summary>A body of an unreliable server: it may wait half way, and break after that.</summary>
internal sealed class ChaosBody(ChaosOrigin origin, (string Host, string Path) file, byte[] content, bool isCut, bool waits) : Stream
{
    private bool _waits = waits;
    private int _position;
    private int _isEnded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var half = content.Length / 2;
        if (_position == half && _waits)
        {
            _waits = false;
            await origin.WaitAsync(cancellationToken);
        }

        if (_position >= half && isCut)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The connection broke.");
        }

        var count = Math.Min(buffer.Length, (_position < half ? half : content.Length) - _position);
        content.AsMemory(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            origin.End(file);
        }

        base.Dispose(disposing);
    }
}
