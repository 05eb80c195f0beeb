using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Storage;

/// <summary>A real file, read and written by offset.</summary>
internal sealed class PhysicalFile(FileStream stream) : DiskFile
{
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;
    private bool _isSparse;

    public override long Length => RandomAccess.GetLength(_handle);

    public override DateTime LastWrite
    {
        get => File.GetLastWriteTimeUtc(_handle);
        set => File.SetLastWriteTimeUtc(_handle, value);
    }

    public override bool HasOtherName => FileIdentity.HasOtherName(_handle);

    // On Windows a folder's entry may lag behind an open file, and the sharing mode guards the opening there.
    public override bool IsAt(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return path.Equals(stream.Name, StringComparison.OrdinalIgnoreCase);
        }

        if (FileIdentity.Of(_handle) is { } ours)
        {
            return FileIdentity.Of(path) == ours;
        }

        // Elsewhere .NET shows no inode. What it shows of a file differs from that of its successor by the time of creation at least, down to the clock's tick.
        var named = new FileInfo(path);
        return named is { Exists: true, LinkTarget: null }
            && named.Length == Length
            && named.LastWriteTimeUtc == LastWrite
            && named.CreationTimeUtc == File.GetCreationTimeUtc(_handle);
    }

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer) => RandomAccess.ReadAsync(_handle, buffer, offset, CancellationToken.None);

    // Away from Windows an asynchronous write is a blocking one on another thread of the pool: two changes of thread, and the bytes leave the cache of
    // the processor that just summed them. A thread that is not the pool's may be one that draws a window; it must not wait for a disk.
    public override ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes)
    {
        if (OperatingSystem.IsWindows() || !Thread.CurrentThread.IsThreadPoolThread)
        {
            MakeRoomFor(offset);
            return RandomAccess.WriteAsync(_handle, bytes, offset, CancellationToken.None);
        }

        Write(offset, bytes.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(_handle, bytes, offset);

    public override void SetLength(long length) => RandomAccess.SetLength(_handle, length);

    public override Task FlushAsync() => Task.Run(() => RandomAccess.FlushToDisk(_handle));

    public override void Dispose() => stream.Dispose();

    // NTFS fills everything before a far write with zeros, which takes as long as writing it, unless the file may have holes.
    private void MakeRoomFor(long offset)
    {
        if (OperatingSystem.IsWindows() && !_isSparse && offset > Length)
        {
            WindowsCalls.MarkSparse(_handle);
            _isSparse = true;
        }
    }
}
