using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>Keeps every other manager, here and in other processes, off a queue file.</summary>
/// <remarks>
/// It is a file of its own. Windows refuses to replace a file that is open, so a lock on the queue file itself would have to be let go each time that file is
/// written anew, and somebody else might take it just then. A kill leaves the lock's file, but not the lock.
/// </remarks>
internal sealed class QueueLock : IDisposable
{
    private readonly Disk _disk;
    private readonly QueuePaths _paths;
    private readonly DiskFile _file;

    private QueueLock(Disk disk, QueuePaths paths, DiskFile file) => (_disk, _paths, _file) = (disk, paths, file);

    /// <summary>The file that it is for.</summary>
    public string QueueFile => _paths.File;

    /// <exception cref="DownloadException">Somebody else holds it.</exception>
    public static QueueLock Take(Disk disk, QueuePaths paths)
    {
        try
        {
            return new(disk, paths, disk.OpenLocked(paths.Lock));
        }
        catch (Exception exception) when (StorageFault.Is(exception) && StorageFault.Of(exception, paths.Lock).Failure == DownloadFailure.InUse)
        {
            throw new DownloadException(DownloadFailure.InUse, $"Another download manager, here or in another process, uses the queue file '{paths.File}'", exception);
        }
    }

    /// <summary>Takes the name away while the lock is held, so that whoever waits behind it finds that his is on no file, and makes one of his own.</summary>
    public void Dispose()
    {
        try
        {
            _disk.Delete(_paths.Lock);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // An empty file more; the lock goes all the same.
        }

        _file.Dispose();
    }
}
