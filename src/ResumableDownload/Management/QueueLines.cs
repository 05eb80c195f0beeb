using ResumableDownload.Storage;

namespace ResumableDownload.Management;

/// <summary>The lines of a queue file on disk; when most of them are of no more use, they are written anew in the background.</summary>
internal sealed class QueueLines(Disk disk, QueuePaths paths, ProvedFile lines) : IDisposable
{
    /// <summary>Fewer bytes are not worth it.</summary>
    private const long Long = 64 << 10;

    /// <summary>How many times as long as what still counts a file may become.</summary>
    private const int Swollen = 4;

    private readonly Lock _gate = new();

    /// <summary>Held while something is brought to stable storage, so that nothing is closed meanwhile.</summary>
    private readonly SemaphoreSlim _flushes = new(1, 1);

    private ProvedFile _lines = lines;
    private QueueSuccessor? _successor;
    private long _compactAbove = Long;
    private bool _isRenamed;
    private bool _isClosed;

    public void Append(Span<byte> line)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(QueueFile));
            _lines.Append(line);
            try
            {
                _successor?.Append(line);
            }
            catch (Exception exception) when (StorageFault.Is(exception))
            {
                Abandon(_successor!);
            }
        }
    }

    /// <summary>Begins to write the lines anew, if that is worth it. A failure costs nothing but the space.</summary>
    public void CompactIfLong(QueueContent content)
    {
        lock (_gate)
        {
            if (_isClosed || _successor is not null || _lines.End.Offset <= Math.Max(_compactAbove, Swollen * content.Length))
            {
                return;
            }

            try
            {
                _successor = QueueSuccessor.Write(disk, paths, content.Entries);
            }
            catch (Exception exception) when (StorageFault.Is(exception))
            {
                CompactLater();
                return;
            }

            _ = PublishAsync(_successor);
        }
    }

    public async Task FlushAsync()
    {
        await _flushes.WaitAsync().ConfigureAwait(false);
        try
        {
            await _lines.FlushAsync().ConfigureAwait(false);
            FlushName();
        }
        finally
        {
            _flushes.Release();
        }
    }

    public void Dispose()
    {
        _flushes.Wait();
        lock (_gate)
        {
            _isClosed = true;
            Abandon(_successor);
            _lines.Dispose();
        }

        _flushes.Release();
    }

    // An fsync can take seconds on a busy disk, and whoever appends holds the manager's lock. Until it is done, each line goes to both files.
    private async Task PublishAsync(QueueSuccessor successor)
    {
        await _flushes.WaitAsync().ConfigureAwait(false);
        try
        {
            await successor.FlushAsync().ConfigureAwait(false);
            TakeOver(successor);
            FlushName();
        }
        catch (Exception exception) when (StorageFault.Is(exception) || exception is ObjectDisposedException)
        {
            // Disposed: it was abandoned meanwhile.
            Abandon(successor);
        }
        finally
        {
            _flushes.Release();
        }
    }

    private void TakeOver(QueueSuccessor successor)
    {
        lock (_gate)
        {
            if (_successor != successor)
            {
                return;
            }

            // Windows replaces no file that is open.
            _lines.Dispose();
            try
            {
                _lines = successor.Publish();
            }
            catch
            {
                _lines = ProvedFile.Reopen(disk, paths.File, _lines.End);
                throw;
            }

            (_successor, _isRenamed, _compactAbove) = (null, true, Long);
        }
    }

    // Before that a power cut may bring the former file back.
    private void FlushName()
    {
        if (_isRenamed)
        {
            disk.FlushFolder(paths.Folder);
            _isRenamed = false;
        }
    }

    private void Abandon(QueueSuccessor? successor)
    {
        lock (_gate)
        {
            if (successor is not null && _successor == successor)
            {
                successor.Discard();
                _successor = null;
                CompactLater();
            }
        }
    }

    private void CompactLater() => _compactAbove = 2 * _lines.End.Offset;
}
