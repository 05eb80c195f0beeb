using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Storage;

/// <summary>A real file, read and written by offset.</summary>
internal sealed class PhysicalFile(FileStream stream) : DiskFile
{
    /// <summary>Whether the lock of this file was seen to keep another one out.</summary>
    public bool HasProvenLock { get; init; }

    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public override long Length => RandomAccess.GetLength(_handle);

    public override DateTime LastWrite
    {
        get => File.GetLastWriteTimeUtc(_handle);
        set => File.SetLastWriteTimeUtc(_handle, value);
    }

    // Where locks do not work there is no telling.
    public override bool IsStillNamed => !HasProvenLock || PhysicalDisk.IsLocked(stream.Name);

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer) => RandomAccess.ReadAsync(_handle, buffer, offset, CancellationToken.None);

    public override ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes) => RandomAccess.WriteAsync(_handle, bytes, offset, CancellationToken.None);

    public override void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public override Task FlushAsync() => Task.Run(() => RandomAccess.FlushToDisk(_handle));

    public override void Dispose() => stream.Dispose();
}
