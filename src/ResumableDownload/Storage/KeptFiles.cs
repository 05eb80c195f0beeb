using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>Looks at, and deletes, what is kept beside a destination, without a download.</summary>
internal static class KeptFiles
{
    /// <summary>What a journal claims and the partial file is long enough for; <see langword="null"/> when that is nothing.</summary>
    public static async ValueTask<(Checkpoint Checkpoint, string Uri)?> InspectAsync(Disk disk, SidecarPaths paths)
    {
        var (reading, _) = await JournalFile.ReadAsync(disk, paths.Journal).ConfigureAwait(false);
        if (reading is JournalReading.Newer { Format: var format })
        {
            throw new DownloadException(DownloadFailure.NewerCheckpoint, $"'{paths.Journal}' was written by a newer version (format {format}).");
        }

        if (reading is not JournalReading.Held { Image: var image } || !disk.FileExists(paths.Partial))
        {
            return null;
        }

        var checkpoint = new Checkpoint(image.Header.Describe(image.Length), image.TraitsAt(TimeProvider.System.GetUtcNow()), image.Received);
        return checkpoint.Received.Length > 0 ? (checkpoint, image.Header.Uri) : null;
    }

    /// <summary>What the journal claims of a resource just now; <see langword="null"/> when that is nothing, or cannot be read.</summary>
    public static async ValueTask<Checkpoint?> ClaimsAsync(PartialFileSetup setup)
    {
        try
        {
            var (reading, _) = await JournalFile.ReadAsync(setup.Disk, setup.Paths.Journal).ConfigureAwait(false);
            return reading is JournalReading.Held { Image: var image } && image.Header.Resource == setup.Resource
                ? new Checkpoint(image.Header.Describe(image.Length), image.TraitsAt(setup.Time.GetUtcNow()), image.Received)
                : null;
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            return null;
        }
    }

    /// <summary>Deletes what is kept, under the lock of its partial file.</summary>
    /// <returns>Whether there was something.</returns>
    public static async ValueTask<bool> DiscardAsync(Disk disk, SidecarPaths paths)
    {
        var wasThere = disk.FileExists(paths.Partial) || disk.FileExists(paths.Journal) || disk.FileExists(paths.JournalSuccessor);
        if (wasThere)
        {
            await ClosingFlushes.WaitAsync(paths.Partial).ConfigureAwait(false);
            using var file = disk.OpenLocked(paths.Partial);
            Destination.Clean(disk, paths);
            disk.Delete(paths.Partial);
        }

        return wasThere;
    }
}
