using ResumableDownload.Model;
using ResumableDownload.Naming;

namespace ResumableDownload.Storage;

/// <summary>The name that only a whole file ever gets.</summary>
internal static class Destination
{
    private const int MostSharingRetries = 20;

    /// <summary>Whoever has so many files of one name has another problem.</summary>
    private const int MostNumbers = 10_000;

    private static readonly TimeSpan SharingRetryDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes its folder, and finds out what could only fail at the end.</summary>
    public static void Prepare(Disk disk, SidecarPaths paths, ExistingDestination existing)
    {
        if (!paths.ChoosesName)
        {
            EnsureFree(disk, paths.Destination, mayStay: existing == ExistingDestination.Number);
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

    /// <summary>The path of the whole file, if its name is free.</summary>
    public static string TargetOf(PartialFileSetup setup, Representation representation) =>
        setup.Paths.ChoosesName && representation.FileName is { } name ? Path.Combine(setup.Paths.Folder, name) : setup.Paths.Destination;

    /// <summary>Finds out before the first byte what could only fail at the end.</summary>
    /// <exception cref="DownloadException">There is a file that must stay, or something that is no file.</exception>
    public static void EnsureReplaceable(PartialFileSetup setup, string target)
    {
        if (setup.Existing == ExistingDestination.Fail && setup.Disk.FileExists(target))
        {
            throw new DownloadException(DownloadFailure.DestinationExists, $"There is a file at '{target}' already");
        }

        if (setup.Existing != ExistingDestination.Number)
        {
            EnsureFree(setup.Disk, target);
        }
    }

    /// <summary>The paths to try in turn: one, unless taken names are numbered.</summary>
    public static IEnumerable<string> CandidatesFor(PartialFileSetup setup, string target)
    {
        var folder = setup.Paths.Folder;
        return setup.Existing == ExistingDestination.Number
            ? Enumerable.Range(0, MostNumbers).Select(number => Path.Combine(folder, NumberedName.Of(Path.GetFileName(target), number))).Where(path => !IsTaken(setup.Disk, path))
            : [target];
    }

    /// <summary>The one rename; <see langword="false"/> when the name was taken meanwhile, and another is to be tried.</summary>
    public static async ValueTask<bool> PublishAsync(PartialFileSetup setup, DiskFile file, string target)
    {
        EnsureReplaceable(setup, target);
        for (var attempt = 1; !TryRename(setup, file, target, isLast: attempt == MostSharingRetries); attempt++)
        {
            if (setup.Existing == ExistingDestination.Number && IsTaken(setup.Disk, target))
            {
                return false;
            }

            // On Windows a virus scanner or a viewer may hold the former file for a moment.
            await Task.Delay(SharingRetryDelay, setup.Time).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Deletes the journal, once nothing needs it.</summary>
    public static void Clean(Disk disk, SidecarPaths paths)
    {
        disk.Delete(paths.JournalSuccessor);

        // Last: while it is there, nobody else begins anew under these names, as it speaks of a destination that is still locked.
        disk.Delete(paths.Journal);
    }

    private static void EnsureFree(Disk disk, string path, bool mayStay = false)
    {
        if (disk.ObstacleAt(path) is { } obstacle && !(mayStay && obstacle == Disk.ReadOnly))
        {
            throw new DownloadException(DownloadFailure.DestinationUnusable, $"The destination '{path}' {obstacle}");
        }
    }

    private static bool IsTaken(Disk disk, string path) => disk.FileExists(path) || disk.ObstacleAt(path) is not null;

    private static bool TryRename(PartialFileSetup setup, DiskFile file, string target, bool isLast)
    {
        try
        {
            setup.Disk.Rename(setup.Paths.Partial, target, overwrite: setup.Existing == ExistingDestination.Replace);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Of two steps the first may have been done: then it is our own file that has the name, and the next run finishes the commit.
            if (file.IsAt(target))
            {
                throw;
            }

            // It may have become a folder meanwhile.
            EnsureReplaceable(setup, target);

            if (isLast || !(OperatingSystem.IsWindows() || (setup.Existing == ExistingDestination.Number && IsTaken(setup.Disk, target))))
            {
                throw;
            }

            return false;
        }
    }
}
