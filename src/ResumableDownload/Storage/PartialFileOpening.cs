namespace ResumableDownload.Storage;

/// <summary>From a destination to its locked partial file, and what of it can be believed.</summary>
internal static class PartialFileOpening
{
    /// <summary>Locks a destination and takes up what is kept for it.</summary>
    /// <exception cref="DownloadException">Somebody else holds it, or it cannot be written, or must not be replaced.</exception>
    public static async ValueTask<OpenedPartial> OpenAsync(PartialFileSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            Destination.Prepare(setup.Disk, setup.Paths, setup.Existing);
            await ClosingFlushes.WaitAsync(setup.Paths.Partial).WaitAsync(cancellationToken).ConfigureAwait(false);
            return await OpenNamedAsync(setup, cancellationToken).ConfigureAwait(false)
                ?? await OpenNamedAsync(setup, cancellationToken).ConfigureAwait(false)
                ?? throw new IOException("The partial file and the destination are one file.");
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw StorageFault.Of(exception, setup.Paths.Destination);
        }
    }

    /// <summary>Closes a partial file. An empty one without a journal is of no use to anybody.</summary>
    public static void Close(PartialFileSetup setup, DiskFile file)
    {
        try
        {
            if (file.Length == 0 && !setup.Disk.FileExists(setup.Paths.Journal))
            {
                setup.Disk.Delete(setup.Paths.Partial);
            }
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // Then it stays, and does no harm. Whatever ended the download is what its caller is to hear of.
        }
        finally
        {
            file.Dispose();
        }
    }

    private static async ValueTask<OpenedPartial?> OpenNamedAsync(PartialFileSetup setup, CancellationToken cancellationToken)
    {
        var file = setup.Disk.OpenLocked(setup.Paths.Partial);
        try
        {
            return await OpenLockedAsync(setup, file, cancellationToken).ConfigureAwait(false) ?? Part(setup, file);
        }
        catch
        {
            Close(setup, file);
            throw;
        }
    }

    // Writing to a second name of a file would write to that file. The name is taken off it, and a file of its own made.
    private static OpenedPartial? Part(PartialFileSetup setup, DiskFile file)
    {
        setup.Disk.Delete(setup.Paths.Partial);
        file.Dispose();
        return null;
    }

    private static async ValueTask<OpenedPartial?> OpenLockedAsync(PartialFileSetup setup, DiskFile file, CancellationToken cancellationToken)
    {
        var (reading, written) = await JournalFile.ReadAsync(setup.Disk, setup.Paths.Journal).ConfigureAwait(false);
        if (reading is JournalReading.Newer { Format: var format })
        {
            throw new DownloadException(DownloadFailure.NewerCheckpoint, $"'{setup.Paths.Journal}' was written by a newer version (format {format}); it is left as it is");
        }

        var left = (reading as JournalReading.Held)?.Image;
        var image = left?.Header.Resource == setup.Resource ? left : null;
        return await RecoveredAsync(setup, file, image, cancellationToken).ConfigureAwait(false)
            ?? (IsSecondName(setup, file, image, left) ? null : await KeptAsync(setup, file, reading, image, written, cancellationToken).ConfigureAwait(false));
    }

    private static async ValueTask<OpenedPartial?> RecoveredAsync(PartialFileSetup setup, DiskFile file, JournalImage? image, CancellationToken cancellationToken)
    {
        if (image is null || !await CommitRecovery.IsCommittedAsync(setup, file, image, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        CommitRecovery.Finish(setup);
        return new(new PartialFile(setup, file, null, isPublished: true))
        {
            Recovered = image.Header.Describe(image.Length),
            RecoveredPath = CommitRecovery.CommittedTo(setup.Paths, image),
        };
    }

    private static bool IsSecondName(PartialFileSetup setup, DiskFile file, JournalImage? image, JournalImage? left)
    {
        // In a folder the name is known only once an answer was judged.
        if (image is not null || !setup.Paths.ChoosesName)
        {
            Destination.EnsureReplaceable(setup, image is null ? setup.Paths.Destination : Destination.TargetOf(setup, image.Header.Describe(image.Length)));
        }

        // The journal that was left may be of another resource, whose commit was killed between its two steps. And without one the file may be anybody's, of whom only a name was put here.
        return file.IsAt(setup.Paths.Destination)
            || (left is not null && file.IsAt(CommitRecovery.CommittedTo(setup.Paths, left)))
            || (image is null && file.HasOtherName);
    }

    private static async ValueTask<OpenedPartial> KeptAsync(
        PartialFileSetup setup,
        DiskFile file,
        JournalReading reading,
        JournalImage? image,
        DateTime written,
        CancellationToken cancellationToken)
    {
        if (image is null)
        {
            return new(new PartialFile(setup, file, null)) { IsDamaged = reading is JournalReading.Damaged, IsOther = reading is JournalReading.Held };
        }

        if (file.HasOtherName)
        {
            throw new DownloadException(DownloadFailure.DestinationUnusable, $"'{setup.Paths.Partial}' has another name as well (a hard link): what is written would appear there, too");
        }

        var point = await ResumePoint.ProveAsync(file, (JournalReading.Held)reading, written, setup.Verification, cancellationToken).ConfigureAwait(false);
        var generation = await Generation.ResumeAsync(setup, file, image, point, cancellationToken).ConfigureAwait(false);
        return new(new PartialFile(setup, file, generation)) { Void = point.Void, IsDamaged = ((JournalReading.Held)reading).IsCutOff };
    }
}
