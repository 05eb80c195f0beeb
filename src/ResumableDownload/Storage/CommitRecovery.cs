using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>Recognises a commit that was cut off between its rename and the deletion of its journal.</summary>
internal static class CommitRecovery
{
    /// <summary>Whether the destination holds, byte for byte by their sums, what a whole journal claims, and is what the caller wants.</summary>
    public static async ValueTask<bool> IsCommittedAsync(PartialFileSetup setup, DiskFile partial, JournalImage image, CancellationToken cancellationToken)
    {
        // Bytes that were disproved are never committed. A file that has the same is an older one, and as wrong.
        if (!image.IsWhole || image.Lessons.Any(static lesson => lesson.Traits == OriginTraits.KeptDiffers))
        {
            return false;
        }

        // A commit that must not overwrite gives the file a second name first. Our own lock is on both then.
        var committed = CommittedTo(setup.Paths, image);
        if (partial.IsAt(committed))
        {
            return await IsWantedAsync(setup, partial, image, cancellationToken).ConfigureAwait(false);
        }

        // A folder may have got the name since.
        using var destination = setup.Disk.FileExists(committed) ? setup.Disk.OpenToRead(committed) : null;
        return destination is not null && await IsWantedAsync(setup, destination, image, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Where the commit of a journal was about to put the file.</summary>
    public static string CommittedTo(SidecarPaths paths, JournalImage image) =>
        image.Target is { } name ? Path.Combine(paths.Folder, name) : paths.Destination;

    /// <summary>Does what the commit had left to do. The partial file's name may be a fresh empty file, or a second name of the destination.</summary>
    public static void Finish(PartialFileSetup setup)
    {
        setup.Disk.FlushFolder(setup.Paths.Folder);
        setup.Disk.Delete(setup.Paths.Partial);
        Destination.Clean(setup.Disk, setup.Paths);
    }

    private static async ValueTask<bool> IsWantedAsync(PartialFileSetup setup, DiskFile destination, JournalImage image, CancellationToken cancellationToken) =>
        await HoldsAllAsync(destination, image, cancellationToken).ConfigureAwait(false)
        && (setup.ExpectedDigest is not { } digest
            || digest == await FileDigest.ComputeAsync(destination, destination.Length, digest.Algorithm, static _ => { }, cancellationToken).ConfigureAwait(false));

    private static async ValueTask<bool> HoldsAllAsync(DiskFile destination, JournalImage image, CancellationToken cancellationToken)
    {
        if (destination.Length != image.Length)
        {
            return false;
        }

        foreach (var (run, _) in image.Runs)
        {
            if (!await RunCheck.HoldsAsync(destination, image.Header.SumKind!, run, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }
}
