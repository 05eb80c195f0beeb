namespace ResumableDownload.Storage;

/// <summary>Recognises a commit that was cut off between its rename and the deletion of its journal.</summary>
internal static class CommitRecovery
{
    /// <summary>Whether the destination holds, byte for byte by their sums, what a whole journal claims.</summary>
    public static async ValueTask<bool> IsCommittedAsync(PartialFileSetup setup, JournalImage image, CancellationToken cancellationToken)
    {
        using var destination = setup.Disk.OpenToRead(setup.Paths.Destination);
        if (destination is null || destination.Length != image.Length)
        {
            return false;
        }

        foreach (var (run, _) in image.Runs)
        {
            if (!await RunCheck.HoldsAsync(destination, run, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Does what the commit had left to do. The partial file's name may be a fresh empty file, or a second name of the destination.</summary>
    public static void Finish(PartialFileSetup setup)
    {
        setup.Disk.FlushFolder(setup.Paths.Folder);
        setup.Disk.Delete(setup.Paths.Partial);
        Destination.Clean(setup.Disk, setup.Paths);
    }
}
