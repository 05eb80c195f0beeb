namespace ResumableDownload.Storage;

/// <summary>The name that only a whole file ever gets.</summary>
internal static class Destination
{
    private const int MostSharingRetries = 20;

    private static readonly TimeSpan SharingRetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes its folder, and finds out what could only fail at the end.</summary>
    public static void Prepare(Disk disk, SidecarPaths paths)
    {
        if ((Path.EndsInDirectorySeparator(paths.Destination) ? "is a folder" : disk.ObstacleAt(paths.Destination)) is { } obstacle)
        {
            throw new DownloadException(DownloadFailure.DestinationUnusable, $"The destination '{paths.Destination}' {obstacle}");
        }

        try
        {
            disk.CreateFolder(paths.Folder);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw new DownloadException(DownloadFailure.DestinationUnusable, $"The folder '{paths.Folder}' cannot be made", exception);
        }
    }

    /// <summary>Opens the partial file for one writer.</summary>
    public static DiskFile Lock(Disk disk, SidecarPaths paths)
    {
        try
        {
            return disk.OpenLocked(paths.Partial);
        }
        catch (IOException exception) when (StorageFault.IsSharing(exception))
        {
            throw new DownloadException(DownloadFailure.InUse, $"Another download writes to '{paths.Destination}'", exception);
        }
    }

    public static void EnsureReplaceable(PartialFileSetup setup)
    {
        if (setup.Existing == ExistingDestination.Fail && setup.Disk.FileExists(setup.Paths.Destination))
        {
            throw new DownloadException(DownloadFailure.DestinationExists, $"There is a file at '{setup.Paths.Destination}' already");
        }
    }

    /// <summary>The one rename.</summary>
    public static async ValueTask PublishAsync(PartialFileSetup setup)
    {
        EnsureReplaceable(setup);
        for (var attempt = 1; !TryRename(setup, isLast: attempt == MostSharingRetries); attempt++)
        {
            // On Windows a virus scanner or a viewer may hold the former file for a moment.
            await Task.Delay(SharingRetryDelay, setup.Time).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes the journal, once nothing needs it.</summary>
    public static void Clean(Disk disk, SidecarPaths paths)
    {
        disk.Delete(paths.Journal);
        disk.Delete(paths.JournalSuccessor);
    }

    private static bool TryRename(PartialFileSetup setup, bool isLast)
    {
        try
        {
            setup.Disk.Rename(setup.Paths.Partial, setup.Paths.Destination, overwrite: setup.Existing == ExistingDestination.Replace);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            EnsureReplaceable(setup);
            if (isLast || !OperatingSystem.IsWindows())
            {
                throw;
            }

            return false;
        }
    }
}
