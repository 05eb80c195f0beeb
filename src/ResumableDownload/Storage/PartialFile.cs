using ResumableDownload.Integrity;
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

    public PartialFile(PartialFileSetup setup, DiskFile file, Generation? generation, bool isPublished = false) =>
        (_setup, _file, _generation, _isPublished) = (setup, file, generation, isPublished);

    /// <summary>What is kept; <see langword="null"/> when nothing is.</summary>
    public Checkpoint? Kept => (_hasFailed ? _claimed : _generation?.Checkpoint) is { Received.Length: > 0 } checkpoint ? checkpoint : null;

    /// <summary>What is kept, also of a generation that has no byte yet.</summary>
    public Checkpoint? Checkpoint => _generation?.Checkpoint;

    /// <summary>Locks a destination and takes up what is kept for it.</summary>
    /// <exception cref="DownloadException">Somebody else holds it, or it cannot be written, or must not be replaced.</exception>
    public static ValueTask<OpenedPartial> OpenAsync(PartialFileSetup setup, CancellationToken cancellationToken) => PartialFileOpening.OpenAsync(setup, cancellationToken);

    /// <summary>Begins a new generation; what was kept dies here.</summary>
    public ValueTask BeginAsync(Representation representation, string uri, OriginTraits traits, CancellationToken cancellationToken) => GuardedAsync(async () =>
    {
        Destination.EnsureReplaceable(_setup, Destination.TargetOf(_setup, representation));
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

    /// <summary>Holds the runs that touch a range against their sums; those that fail are missing from here on.</summary>
    /// <returns>How many bytes that were.</returns>
    public async ValueTask<long> ReproveAsync(ByteRange range, CancellationToken cancellationToken)
    {
        var voided = 0L;
        await GuardedAsync(async () => voided = await _generation!.ReproveAsync(range, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return voided;
    }

    /// <summary>The checksum of the whole file, if the journal's is of that kind and covers all.</summary>
    public ulong? SumOfAll(SumKind kind) => _generation?.SumOfAll(kind);

    /// <summary>Reads the whole file for a digest.</summary>
    /// <param name="length">How long it is.</param>
    /// <param name="algorithm">Which.</param>
    /// <param name="read">Told how many bytes are read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<Digest> DigestAsync(long length, DigestAlgorithm algorithm, Action<long> read, CancellationToken cancellationToken)
    {
        Digest? digest = null;
        await GuardedAsync(async () => digest = await FileDigest.ComputeAsync(_file, length, algorithm, read, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return digest!;
    }

    public ValueTask NoteLengthAsync(long length) => GuardedAsync(() => _generation!.NoteLengthAsync(length));

    public ValueTask NoteTraitsAsync(OriginTraits traits) =>
        _generation is { } generation ? GuardedAsync(() => generation.NoteTraitsAsync(traits)) : ValueTask.CompletedTask;

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
    /// <returns>Its path.</returns>
    public async ValueTask<string> CommitAsync(long length, DateTimeOffset? fileTime, CancellationToken cancellationToken)
    {
        var path = "";
        await GuardedAsync(async () => path = await PublishAsync(length, fileTime, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return path;
    }

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

    private async ValueTask<string> PublishAsync(long length, DateTimeOffset? fileTime, CancellationToken cancellationToken)
    {
        if (Checkpoint?.Received.Covers(length) != true)
        {
            throw new InvalidOperationException("Only a whole file can be committed.");
        }

        _generation!.EnsureUntouched();
        _file.SetLength(length);
        foreach (var target in Destination.CandidatesFor(_setup, Destination.TargetOf(_setup, Checkpoint.Representation)))
        {
            await _generation.NoteTargetAsync(target).ConfigureAwait(false);
            await _generation.SealAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            SetTime(fileTime);
            EnsureStillNamed();
            cancellationToken.ThrowIfCancellationRequested();
            if (await Destination.PublishAsync(_setup, _file, target).ConfigureAwait(false))
            {
                Settle();
                return target;
            }
        }

        throw new DownloadException(DownloadFailure.DestinationExists, $"All numbered names of '{_setup.Paths.Destination}' are taken");
    }

    private void Settle()
    {
        _isPublished = true;
        _setup.Disk.FlushFolder(_setup.Paths.Folder);
        _generation!.Dispose();
        _generation = null;
        Destination.Clean(_setup.Disk, _setup.Paths);
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
            PartialFileOpening.Close(_setup, _file);
        }
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
        return StorageFault.Of(exception, _setup.Paths.Destination, _claimed?.Representation.Length - _claimed?.Received.Length);
    }
}
