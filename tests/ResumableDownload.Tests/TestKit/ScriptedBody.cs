namespace ResumableDownload.Tests.TestKit;

/// <summary>A body that comes, stalls and breaks off as its conduct says.</summary>
internal sealed class ScriptedBody(ReadOnlyMemory<byte> bytes, Conduct conduct, FakeTimeProvider time, SentRequest request) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private int Left => (int)Math.Min(bytes.Length, conduct.BodyLimit) - _position;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Left > 0)
        {
            await time.PassAsync(conduct.Pause, cancellationToken).ConfigureAwait(false);
            return Send(buffer, Math.Min(Left, conduct.Piece));
        }

        if (_position == conduct.StallAfter)
        {
            await NeverAsync(cancellationToken).ConfigureAwait(false);
            return Send(buffer, bytes.Length - _position);
        }

        return _position == conduct.CutAfter ? throw new IOException("The script cut the connection.") : 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        request.IsOver = true;
        base.Dispose(disposing);
    }

    private int Send(Memory<byte> buffer, int most)
    {
        var count = Math.Min(most, buffer.Length);
        bytes.Slice(_position, count).CopyTo(buffer);
        _position += count;
        request.CountSent(count);
        return count;
    }

    private async Task NeverAsync(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource();
        using var registration = cancellationToken.UnsafeRegister(
            _ => _ = conduct.YieldsWhenCancelled ? never.TrySetResult()
            : never.TrySetException(conduct.BreaksWhenCancelled ? new IOException("The script's connection was torn.") : new OperationCanceledException(cancellationToken)),
            null);
        using var wait = time.Wait(cancellationToken);
        await never.Task.ConfigureAwait(false);
    }
}
