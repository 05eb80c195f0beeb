namespace ResumableDownload.Storage;

/// <summary>Everything this library does to a volume, so that a power cut can be simulated in one place.</summary>
/// <remarks>Errors are those of the system: <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.</remarks>
internal abstract class Disk
{
    public static Disk Physical { get; } = new PhysicalDisk();

    /// <summary>Opens or creates a file that nobody else may write; fails at once when somebody does.</summary>
    public abstract DiskFile OpenLocked(string path);

    /// <summary>Creates an empty file that only its owner may read, in place of any that is there.</summary>
    public abstract DiskFile CreatePrivate(string path);

    /// <summary>Opens a file to write on.</summary>
    public abstract DiskFile OpenToAppend(string path);

    /// <summary>Opens a file to read; <see langword="null"/> when there is none.</summary>
    public abstract DiskFile? OpenToRead(string path);

    public abstract void Rename(string from, string to, bool overwrite);

    /// <summary>Deletes a file if it is there.</summary>
    public abstract void Delete(string path);

    /// <summary>Brings the names in a folder to stable storage.</summary>
    public abstract void FlushFolder(string folder);

    public abstract void CreateFolder(string folder);

    public abstract bool FileExists(string path);

    /// <summary>The obstacle that hinders only whoever wants to replace the file.</summary>
    public const string ReadOnly = "is read-only";

    /// <summary>Why a path cannot become the name of a file, as the end of a sentence; <see langword="null"/> when it can.</summary>
    public abstract string? ObstacleAt(string path);

    /// <summary>The bytes that may still be written to a folder's volume; <see langword="null"/> when that cannot be told.</summary>
    public abstract long? FreeSpace(string folder);
}

/// <summary>An open file. Disposing closes it; an operation that is still running may finish first.</summary>
internal abstract class DiskFile : IDisposable
{
    public abstract long Length { get; }

    public abstract DateTime LastWrite { get; set; }

    /// <summary>Whether a path names this file: something else may have moved or deleted it, or have given it a second name.</summary>
    public abstract bool IsAt(string path);

    /// <summary>Whether it has another name as well (a hard link), where that can be told.</summary>
    public abstract bool HasOtherName { get; }

    /// <summary>Reads what is there, up to the whole buffer; zero at the end.</summary>
    public abstract ValueTask<int> ReadAsync(long offset, Memory<byte> buffer);

    public abstract ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes);

    /// <summary>Writes before it returns: for a few bytes that the system's cache takes.</summary>
    public abstract void Write(long offset, ReadOnlySpan<byte> bytes);

    public abstract void SetLength(long length);

    /// <summary>Brings all that was written to stable storage.</summary>
    public abstract Task FlushAsync();

    public abstract void Dispose();
}
