using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>The bytes of a download that is not finished. The destination stays as it is until <see cref="CommitAsync"/>.</summary>
/// <remarks>Disposing keeps what came, and waits for no flush. Committing publishes it. While it is open nobody else writes to the same destination.</remarks>
internal sealed class PartialFile : IDisposable
{
    private readonly PartialFileSetup _setup;
    private readonly DiskFile _file;
    private Generation? _generation;
    private bool _isPublished;
    private bool _hasFailed;
    private Checkpoint? _claimed;

    private PartialFile(PartialFileSetup setup, DiskFile file, Generation? generation) => (_setup, _file, _generation) = (setup, file, generation);

    /// <summary>What is kept; <see langword="null"/> when nothing is.</summary>
    public Checkpoint? Kept => (_hasFailed ? _claimed : _generation?.Checkpoint) is { Received.Length: > 0 } checkpoint ? checkpoint : null;

    /// <summary>What is kept, also of a generation that has no byte yet.</summary>
    public Checkpoint? Checkpoint => _generation?.Checkpoint;

    /// <summary>Locks a destination and takes up what is kept for it.</summary>
    /// <exception cref="DownloadException">Somebody else holds it, or it cannot be written, or must not be replaced.</exception>
    public static async ValueTask<OpenedPartial> OpenAsync(PartialFileSetup setup, CancellationToken cancellationToken)
    {
        try
        {
            Destination.Prepare(setup.Disk, setup.Paths);
            await ClosingFlushes.WaitAsync(setup.Paths.Partial).WaitAsync(cancellationToken).ConfigureAwait(false);
            var file = setup.Disk.OpenLocked(setup.Paths.Partial);
            try
            {
                return await OpenLockedAsync(setup, file, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                Close(setup, file);
                throw;
            }
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw StorageFault.Of(exception, setup.Paths.Destination);
        }
    }

    /// <summary>Begins a new generation; what was kept dies here.</summary>
    public ValueTask BeginAsync(Representation representation, string uri, OriginTraits traits, CancellationToken cancellationToken) => GuardedAsync(async () =>
    {
        if (_generation is { } former)
        {
            await former.Flushing.WaitAsync(cancellationToken).ConfigureAwait(false);
            former.Dispose();
        }

        _generation = await Generation.BeginAsync(_setup, _file, representation, uri, traits, cancellationToken).ConfigureAwait(false);
    });

    /// <summary>Writes and journals bytes. The token only ends a compaction that is due afterwards.</summary>
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Not through the guard below: the hot path makes no closures.
        try
        {
            await _generation!.WriteAsync(offset, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw await FailedAsync(exception).ConfigureAwait(false);
        }
    }

    /// <summary>Whether the kept bytes at an offset are the same as these.</summary>
    public async ValueTask<bool> HoldsAsync(long offset, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return await ByteComparison.HoldsAsync(_file, offset, bytes).ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw await FailedAsync(exception).ConfigureAwait(false);
        }
    }

    public ValueTask NoteLengthAsync(long length) => GuardedAsync(() => _generation!.NoteLengthAsync(length));

    public ValueTask NoteTraitsAsync(OriginTraits traits) =>
        _generation is { } generation && (traits & ~generation.Checkpoint.Traits) != OriginTraits.None
            ? GuardedAsync(() => generation.NoteTraitsAsync(traits))
            : ValueTask.CompletedTask;

    /// <summary>Checks that the volume has room for what is missing.</summary>
    /// <exception cref="DownloadException">It has not.</exception>
    public void EnsureSpace(long total, bool beginsAnew)
    {
        var there = beginsAnew ? _file.Length : Checkpoint?.Received.Length ?? 0;
        if (_setup.Disk.FreeSpace(_setup.Paths.Folder) is { } free && free < total - there)
        {
            throw new DownloadException(DownloadFailure.DiskFull, $"There is not enough space for '{_setup.Paths.Destination}': {total - there} bytes are needed, {free} are free");
        }
    }

    /// <summary>Publishes the whole file. From the rename on there is no way back, and cancellation is not looked at.</summary>
    public ValueTask CommitAsync(long length, DateTimeOffset? fileTime, CancellationToken cancellationToken) => GuardedAsync(async () =>
    {
        if (Checkpoint?.Received.Covers(length) != true)
        {
            throw new InvalidOperationException("Only a whole file can be committed.");
        }

        _generation!.EnsureUntouched();
        _file.SetLength(length);
        await _generation.SealAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        SetTime(fileTime);
        EnsureStillNamed();
        cancellationToken.ThrowIfCancellationRequested();
        await Destination.PublishAsync(_setup).ConfigureAwait(false);
        _isPublished = true;
        _setup.Disk.FlushFolder(_setup.Paths.Folder);
        _generation.Dispose();
        _generation = null;
        Destination.Clean(_setup.Disk, _setup.Paths);
    });

    public void Dispose()
    {
        if (_generation?.Flushing is { IsCompleted: false } flushing)
        {
            ClosingFlushes.Add(_setup.Paths.Partial, CloseAfterAsync(flushing));
        }
        else
        {
            Close();
        }
    }

    private static async ValueTask<OpenedPartial> OpenLockedAsync(PartialFileSetup setup, DiskFile file, CancellationToken cancellationToken)
    {
        var (reading, written) = await JournalFile.ReadAsync(setup.Disk, setup.Paths.Journal).ConfigureAwait(false);
        if (reading is JournalReading.Newer { Format: var format })
        {
            throw new DownloadException(DownloadFailure.NewerCheckpoint, $"'{setup.Paths.Journal}' was written by a newer version (format {format}); it is left as it is");
        }

        var image = (reading as JournalReading.Held)?.Image is { } held && held.Header.Resource == setup.Resource ? held : null;
        if (image is { IsWhole: true } && await CommitRecovery.IsCommittedAsync(setup, file, image, cancellationToken).ConfigureAwait(false))
        {
            CommitRecovery.Finish(setup);
            return new(new PartialFile(setup, file, null) { _isPublished = true }) { Recovered = image.Header.Describe(image.Length) };
        }

        Destination.EnsureReplaceable(setup);
        if (image is null)
        {
            return new(new PartialFile(setup, file, null)) { IsDamaged = reading is JournalReading.Damaged, IsOther = reading is JournalReading.Held };
        }

        var point = await ResumePoint.ProveAsync(file, written, image, setup.Verification, cancellationToken).ConfigureAwait(false);
        var generation = await Generation.ResumeAsync(setup, file, image, point, cancellationToken).ConfigureAwait(false);
        return new(new PartialFile(setup, file, generation)) { Void = point.Void, IsDamaged = ((JournalReading.Held)reading).IsCutOff };
    }

    // A rename takes whatever bears the name. If that is not what we hold, it is somebody else's.
    private void EnsureStillNamed()
    {
        if (!_file.IsAt(_setup.Paths.Partial))
        {
            throw new IOException("Something else has moved or replaced the partial file.");
        }
    }

    // A file is whole with or without its time, and some dates are beyond what a file system can note.
    private void SetTime(DateTimeOffset? time)
    {
        try
        {
            if (time is { } noted)
            {
                _file.LastWrite = noted.UtcDateTime;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Then it keeps the time of its last write.
        }
    }

    // Its outcome still belongs into the journal: a mark if it succeeds, and if it fails, no claim that rests on it.
    private async Task CloseAfterAsync(Task flushing)
    {
        await flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Close();
    }

    private void Close()
    {
        _generation?.Dispose();
        if (_isPublished)
        {
            _file.Dispose();
        }
        else
        {
            Close(_setup, _file);
        }
    }

    // An empty file without a journal is of no use to anybody.
    private static void Close(PartialFileSetup setup, DiskFile file)
    {
        if (file.Length == 0 && !setup.Disk.FileExists(setup.Paths.Journal))
        {
            setup.Disk.Delete(setup.Paths.Partial);
        }

        file.Dispose();
    }

    private async ValueTask GuardedAsync(Func<ValueTask> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw await FailedAsync(exception).ConfigureAwait(false);
        }
    }

    // After a fault of the disk only the journal can tell what is kept.
    private async ValueTask<DownloadException> FailedAsync(Exception exception)
    {
        _claimed = await KeptFiles.ClaimsAsync(_setup).ConfigureAwait(false);
        _hasFailed = true;
        return StorageFault.Of(exception, _setup.Paths.Destination);
    }
}
