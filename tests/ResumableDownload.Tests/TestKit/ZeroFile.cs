using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A file of zeros, as long as one likes, that takes no room and cannot be changed.</summary>
internal sealed class ZeroFile(long length) : DiskFile
{
    public override long Length => length;

    public override DateTime LastWrite { get; set; }

    public override bool HasOtherName => false;

    /// <summary>How much was read.</summary>
    public long BytesRead { get; private set; }

    public override bool IsAt(string path) => false;

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
    {
        var count = (int)Math.Clamp(length - offset, 0, buffer.Length);
        buffer.Span[..count].Clear();
        BytesRead += count;
        return new(count);
    }

    public override ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => throw new NotSupportedException();

    public override void Write(long offset, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public override void SetLength(long length) => throw new NotSupportedException();

    public override Task FlushAsync() => Task.CompletedTask;

    public override void Dispose()
    {
    }
}
