using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>The downloads of a manager, kept on disk so that another process can go on with them.</summary>
/// <remarks>
/// A journal like the checkpoint: each change is a line that proves itself, appended before the call returns, so that a kill loses none; a power cut may lose those that
/// were not flushed. It holds addresses, queries and all, and only its owner may read it. One change at a time: the manager sees to that.
/// </remarks>
internal sealed class QueueFile(QueueLock hold, QueueLines lines, QueueContent content) : IDisposable
{
    private bool _isClosed;

    /// <summary>The full path of the file.</summary>
    public string Path => hold.QueueFile;

    /// <summary>Whether the end of the file did not hold when it was opened, so that changes may be lost.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Where a file was put of which not even the first line held; <see langword="null"/> when there was none.</summary>
    public string? DamagedPath { get; init; }

    /// <summary>Whether the file, or its end, did not hold when it was opened.</summary>
    public bool IsDamaged => IsCutOff || DamagedPath is not null;

    /// <summary>The downloads in their order, as they are now.</summary>
    public IEnumerable<(SavedDownload Saved, long Order)> Saved => [.. content.Entries.Select(static entry => (entry.Download, entry.Order))];

    /// <summary>Locks a queue file, reads it as far as its lines hold, and writes it anew. Folder and file are created when there are none.</summary>
    /// <exception cref="ArgumentException">The path is empty or not possible.</exception>
    /// <exception cref="DownloadException">
    /// Another manager uses it (<see cref="DownloadFailure.InUse"/>), a newer version wrote it (<see cref="DownloadFailure.NewerCheckpoint"/>), or the disk failed.
    /// </exception>
    public static QueueFile Open(Disk disk, string path) => QueueOpening.Open(disk, path);

    /// <summary>Adds a download; of one that is there already, takes what is newer, in its place.</summary>
    /// <param name="saved">What is saved of it.</param>
    /// <param name="order">Its number among all; a download that is there already keeps its own.</param>
    /// <exception cref="ArgumentException">Another download has that number, or the state is none that is saved.</exception>
    /// <exception cref="IOException">It could not be written, and all is as before; the next change may succeed. So it is for every change.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Add(SavedDownload saved, long order)
    {
        var entry = new QueueEntry.Added(content.OrderOf(saved.Id) ?? order, saved);
        if (!content.CanApply(entry))
        {
            throw new ArgumentException($"Another download has the number {order} already.", nameof(order));
        }

        Append(entry);
    }

    /// <summary>Notes how far a download is, if it is there.</summary>
    /// <param name="id">The download.</param>
    /// <param name="state"><see cref="DownloadState.Queued"/>, <see cref="DownloadState.Paused"/> or <see cref="DownloadState.Failed"/>; others are not saved.</param>
    /// <param name="isStarted">Whether it was started.</param>
    public void SetState(Guid id, DownloadState state, bool isStarted)
    {
        if (content.Find(id, out var download) && (download.State, download.IsStarted) != (state, isStarted))
        {
            Append(new QueueEntry.Moved(id, state, isStarted));
        }
    }

    /// <summary>Notes the priority of a download.</summary>
    public void SetPriority(Guid id, int priority)
    {
        if (content.Find(id, out var download) && download.Priority != priority)
        {
            Append(new QueueEntry.Ranked(id, priority));
        }
    }

    /// <summary>Takes a download out, if it is there.</summary>
    public void End(Guid id)
    {
        if (content.Find(id, out _))
        {
            Append(new QueueEntry.Ended(id));
        }
    }

    /// <summary>Brings all changes so far to stable storage.</summary>
    public Task FlushAsync() => lines.FlushAsync();

    /// <summary>Closes the file, without flushing it, and lets others have it.</summary>
    public void Dispose()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            lines.Dispose();
            hold.Dispose();
        }
    }

    private void Append(QueueEntry entry)
    {
        var line = QueueText.Of(entry);
        lines.Append(line);
        content.Apply(entry, line.Length);
        lines.CompactIfLong(content);
    }
}
