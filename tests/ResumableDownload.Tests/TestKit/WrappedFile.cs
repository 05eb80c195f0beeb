using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>An open file of which a test changes one thing.</summary>
internal abstract class WrappedFile(DiskFile inner) : DiskFile
{
    public override long Length => inner.Length;

    public override DateTime LastWrite
    {
        get => inner.LastWrite;
        set => inner.LastWrite = value;
    }

    public override bool HasOtherName => inner.HasOtherName;

    public override bool IsAt(string path) => inner.IsAt(path);

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer) => inner.ReadAsync(offset, buffer);

    public override ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => inner.WriteAsync(offset, bytes);

    public override void Write(long offset, ReadOnlySpan<byte> bytes) => inner.Write(offset, bytes);

    public override void SetLength(long length) => inner.SetLength(length);

    public override Task FlushAsync() => inner.FlushAsync();

    public override void Dispose() => inner.Dispose();
}
