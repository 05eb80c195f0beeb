using System.Threading.Tasks.Sources;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A stream whose reads end when a test says so; one at a time, without allocating.</summary>
internal sealed class ManualStream : Stream, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _read;
    private bool _isPending;

    /// <summary>Reads that find this end at once.</summary>
    public int? Ready { get; set; }

    /// <summary>Reads that find this end as soon as somebody waits for them.</summary>
    public int? EndsOnceAwaited { get; set; }

    public int Reads { get; private set; }

    /// <summary>Where the last read was to go.</summary>
    public Memory<byte> Buffer { get; private set; }

    /// <summary>What was to end it.</summary>
    public CancellationToken Stop { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void End(int count)
    {
        _isPending = false;
        _read.SetResult(count);
    }

    public void Fail(Exception exception)
    {
        _isPending = false;
        _read.SetException(exception);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Assert.False(_isPending, "A second read was begun while one was pending.");
        Reads++;
        (Buffer, Stop) = (buffer, cancellationToken);
        if (Ready is { } count)
        {
            return new(count);
        }

        _isPending = true;
        _read.Reset();
        return new(this, _read.Version);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _read.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _read.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _read.OnCompleted(continuation, state, token, flags);
        if (EndsOnceAwaited is { } count)
        {
            End(count);
        }
    }
}
