using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>An open file of a simulated volume.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, SimulatedNode node, string path, bool holdsLock) : DiskFile
{
    private int _flushes;
    private bool _isClosed;

    private string Name => disk.NameOf(node) ?? path;

    public override long Length => disk.Look(() => node.Length);

    public override DateTime LastWrite
    {
        get => disk.Look(() => node.LastWrite);
        set => disk.Look(() => node.LastWrite = value);
    }

    public override bool IsAt(string where) => disk.IsNamed(where, node);

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        return new(disk.Look(() =>
        {
            var count = (int)Math.Clamp(node.Length - offset, 0, buffer.Length);
            node.Seen.Slice((int)Math.Min(offset, node.Length), count).CopyTo(buffer.Span);
            disk.CountRead(Name, count);
            return count;
        }));
    }

    public override ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        try
        {
            disk.Begin(new(DiskOperation.Write, Name));
        }
        catch (DiskError error) when (error.Torn > 0)
        {
            Change(new(offset, bytes[..Math.Min(error.Torn, bytes.Length)].ToArray()));
            throw;
        }

        Change(new(offset, bytes.ToArray()));
        return ValueTask.CompletedTask;
    }

    public override void SetLength(long length)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        disk.Begin(new(DiskOperation.SetLength, Name));
        Change(new(length, null));
    }

    /// <summary>Covers what was written before it began, however long it takes.</summary>
    public override async Task FlushAsync()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var covered = disk.Look(() =>
        {
            _flushes++;
            return node.Pending;
        });
        try
        {
            await disk.BeginFlushAsync(new(DiskOperation.Flush, Name)).ConfigureAwait(false);
            disk.Look(() => node.Sync(covered));
        }
        catch
        {
            disk.Look(() => node.Forget(covered));
            throw;
        }
        finally
        {
            disk.Look(() =>
            {
                _flushes--;
                ReleaseIfDone();
            });
        }
    }

    // As the system does: an fsync that is under way holds the descriptor, and so the lock.
    public override void Dispose() => disk.Look(() =>
    {
        _isClosed = true;
        ReleaseIfDone();
    });

    private void ReleaseIfDone()
    {
        if (holdsLock && _isClosed && _flushes == 0)
        {
            node.IsLocked = false;
        }
    }

    private void Change(ContentChange change) => disk.Look(() => node.Change(change, disk.Now));
}
