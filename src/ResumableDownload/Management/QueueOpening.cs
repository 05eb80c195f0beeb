using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>From a path to a queue file that is locked, read and written anew.</summary>
internal static class QueueOpening
{
    /// <summary>No queue of ours is longer; a longer file is something else.</summary>
    private const long Longest = 1 << 30;

    /// <inheritdoc cref="QueueFile.Open"/>
    public static QueueFile Open(Disk disk, string path)
    {
        var paths = new QueuePaths(path);
        try
        {
            disk.CreateFolder(paths.Folder);
            var hold = QueueLock.Take(disk, paths);
            try
            {
                return OpenLocked(disk, paths, hold);
            }
            catch
            {
                hold.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw StorageFault.Of(exception, paths.File);
        }
    }

    private static QueueFile OpenLocked(Disk disk, QueuePaths paths, QueueLock hold)
    {
        var reading = Read(disk, paths);
        if (reading is QueueReading.Newer { Format: var format })
        {
            throw new DownloadException(DownloadFailure.NewerCheckpoint, $"'{paths.File}' was written by a newer version (format {format}); it is left as it is");
        }

        var held = reading as QueueReading.Held;
        var content = held?.Content ?? new QueueContent();
        var isDamaged = reading is QueueReading.Damaged;
        var lines = Successor(disk, paths, content, held) is { } successor
            ? Publish(disk, paths, successor, isDamaged)
            : ProvedFile.Reopen(disk, paths.File, held!.End);
        return new(hold, new QueueLines(disk, paths, lines), content) { IsCutOff = held is { IsCutOff: true }, DamagedPath = isDamaged ? paths.Damaged : null };
    }

    private static QueueReading Read(Disk disk, QueuePaths paths)
    {
        using var file = disk.OpenToRead(paths.File);
        return file is null ? new QueueReading.Absent()
            : file.Length > Longest ? new QueueReading.Damaged()
            : QueueReading.Of(JournalFile.BytesAsync(file).AsTask().GetAwaiter().GetResult());
    }

    // It is when a disk is full that one wants to see what may be given up: without room for a successor the present file goes on.
    private static QueueSuccessor? Successor(Disk disk, QueuePaths paths, QueueContent content, QueueReading.Held? held)
    {
        QueueSuccessor? successor = null;
        try
        {
            successor = QueueSuccessor.Write(disk, paths, content.Entries);
            successor.FlushAsync().GetAwaiter().GetResult();
            return successor;
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            successor?.Discard();
            if (held is null)
            {
                throw;
            }

            return null;
        }
    }

    private static ProvedFile Publish(Disk disk, QueuePaths paths, QueueSuccessor successor, bool isDamaged)
    {
        try
        {
            if (isDamaged)
            {
                disk.Rename(paths.File, paths.Damaged, overwrite: true);
                disk.FlushFolder(paths.Folder);
            }

            var lines = successor.Publish();
            disk.FlushFolder(paths.Folder);
            return lines;
        }
        catch
        {
            successor.Discard();
            throw;
        }
    }
}
