using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>An open file of a simulated volume.</summary>
internal sealed class SimulatedFile : DiskFile
{
    private readonly SimulatedDisk _disk;
    private readonly SimulatedNode _node;
    private readonly string _path;
    private readonly bool _holdsLock;
    private int _flushes;
    private bool _isClosed;

    public SimulatedFile(SimulatedDisk disk, SimulatedNode node, string path, bool holdsLock)
    {
        (_disk, _node, _path, _holdsLock) = (disk, node, path, holdsLock);
        disk.CountOpen(1);
    }

    private string Name => _disk.NameOf(_node) ?? _path;

    public override long Length => _disk.Look(() => _node.Length);

    public override DateTime LastWrite
    {
        get => _disk.Look(() => _node.LastWrite);
        set => _disk.Look(() => _node.LastWrite = value);
    }

    public override bool HasOtherName => _disk.CountNames(_node) > 1;

    public override bool IsAt(string path) => _disk.IsNamed(path, _node);

    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        _disk.BeforeRead?.Invoke(Name);
        return new(_disk.Look(() =>
        {
            var count = (int)Math.Clamp(_node.Length - offset, 0, buffer.Length);
            _node.Seen.Slice((int)Math.Min(offset, _node.Length), count).CopyTo(buffer.Span);
            _disk.CountRead(Name, count);
            return count;
        }));
    }

    public override ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes)
    {
        Write(offset, bytes.Span);
        return ValueTask.CompletedTask;
    }

    public override void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        try
        {
            _disk.Begin(new(DiskOperation.Write, Name));
        }
        catch (DiskError error) when (error.Torn > 0)
        {
            Change(new(offset, bytes[..Math.Min(error.Torn, bytes.Length)].ToArray()));
            throw;
        }

        var change = new ContentChange(offset, bytes.ToArray());
        if (_disk.LiesAbout?.Invoke(new(DiskOperation.Write, Name)) == true)
        {
            _disk.Look(() => _node.Postpone(change));
            return;
        }

        Change(change);
    }

    public override void SetLength(long length)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        _disk.Begin(new(DiskOperation.SetLength, Name));
        Change(new(length, null));
    }

    /// <summary>Covers what was written before it began, however long it takes.</summary>
    public override async Task FlushAsync()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var covered = _disk.Look(() =>
        {
            _flushes++;
            return _node.Pending;
        });
        try
        {
            var call = new DiskCall(DiskOperation.Flush, Name);
            await _disk.BeginFlushAsync(call).ConfigureAwait(false);
            if (_disk.LiesAbout?.Invoke(call) != true)
            {
                _disk.Look(() => _node.Sync(covered));
            }
        }
        catch
        {
            _disk.Look(() => _node.Forget(covered));
            throw;
        }
        finally
        {
            _disk.Look(() =>
            {
                _flushes--;
                ReleaseIfDone();
            });
        }
    }

    // As the system does: an fsync that is under way holds the descriptor, and so the lock.
    public override void Dispose() => _disk.Look(() =>
    {
        _disk.CountOpen(_isClosed ? 0 : -1);
        _isClosed = true;
        ReleaseIfDone();
    });

    private void ReleaseIfDone()
    {
        if (_holdsLock && _isClosed && _flushes == 0)
        {
            _node.IsLocked = false;
        }
    }

    private void Change(ContentChange change) => _disk.Look(() => _node.Change(change, _disk.Now));
}
