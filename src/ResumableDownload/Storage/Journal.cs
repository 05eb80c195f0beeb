using System.Runtime.ExceptionServices;
using ResumableDownload.Integrity;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>The journal of one generation, open for appending.</summary>
/// <remarks>Appends are serialised: this is the one lock that is held over I/O. A line that could not be appended whole is cut off again.</remarks>
internal sealed class Journal : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly byte[] _line = new byte[JournalLine.Longest];
    private readonly DiskFile _file;
    private JournalPosition _flushed;
    private bool _isClosed;
    private Exception? _fault;

    private Journal(DiskFile file, JournalHeader header, JournalPosition end, JournalPosition flushed) =>
        (_file, Header, End, _flushed) = (file, header, end, flushed);

    public JournalHeader Header { get; }

    /// <summary>The checksum of its lines.</summary>
    public SumKind Sum => Header.SumKind!;

    /// <summary>The place after the last line.</summary>
    public JournalPosition End { get; private set; }

    /// <summary>Opens a journal that was read, and cuts off what did not hold.</summary>
    public static Journal Reopen(Disk disk, string path, JournalImage image)
    {
        var file = disk.OpenToAppend(path);
        if (file.Length != image.End.Offset)
        {
            file.SetLength(image.End.Offset);
        }

        return new(file, image.Header, image.End, image.Flushed);
    }

    /// <summary>Writes a journal in place of any that is there; when this returns, no power cut brings the former one back.</summary>
    /// <param name="disk">The volume.</param>
    /// <param name="paths">Where.</param>
    /// <param name="header">Its first line.</param>
    /// <param name="entries">The lines that follow.</param>
    /// <param name="areFlushed">Whether what the lines claim is on stable storage.</param>
    /// <param name="cancellationToken">Gives up before the former journal is touched.</param>
    public static async ValueTask<Journal> ReplaceAsync(
        Disk disk,
        SidecarPaths paths,
        JournalHeader header,
        IEnumerable<JournalEntry> entries,
        bool areFlushed,
        CancellationToken cancellationToken)
    {
        var file = disk.CreatePrivate(paths.JournalSuccessor);
        try
        {
            var journal = new Journal(file, header, default, default);
            await journal.WriteAllAsync(entries, areFlushed).ConfigureAwait(false);
            await file.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            disk.Rename(paths.JournalSuccessor, paths.Journal, overwrite: true);
            disk.FlushFolder(paths.Folder);
            return journal;
        }
        catch
        {
            file.Dispose();
            disk.Delete(paths.JournalSuccessor);
            throw;
        }
    }

    public ValueTask AppendAsync(SummedRun run) => AppendAsync(new JournalEntry.Received(run));

    public async ValueTask AppendAsync(JournalEntry entry)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ThrowIfClosed();
            await AppendHoldingGateAsync(entry).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Notes that all lines before a place are on stable storage. A closed journal takes no note: nothing is lost but a check that is repeated.</summary>
    public async ValueTask AppendFlushedAsync(JournalPosition flushed)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isClosed)
            {
                await AppendHoldingGateAsync(new JournalEntry.Flushed(flushed.Offset)).ConfigureAwait(false);
                _flushed = flushed;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Gives up all lines after the last flushed one: after a failed fsync the cache may show bytes that will never reach the disk.</summary>
    public async ValueTask VoidUnflushedAsync(Exception fault)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isClosed)
            {
                (_isClosed, _fault) = (true, fault);
                _file.SetLength(_flushed.Offset);
                End = _flushed;
                await AppendHoldingGateAsync(new JournalEntry.Flushed(_flushed.Offset)).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task FlushAsync() => _file.FlushAsync();

    public void Dispose()
    {
        _gate.Wait();
        _isClosed = true;
        _file.Dispose();
        _gate.Release();
    }

    private void ThrowIfClosed()
    {
        if (_isClosed)
        {
            // As it was thrown: a full disk is to be told as such.
            ExceptionDispatchInfo.Throw(_fault ?? new IOException("The journal is closed."));
        }
    }

    private async ValueTask AppendHoldingGateAsync(JournalEntry entry)
    {
        var length = JournalLine.Write(entry, Sum, _line);
        var chain = Crc32C.Append(End.Chain, _line.AsSpan(0, length));
        length += JournalLine.WriteEnding(chain, _line.AsSpan(length));
        try
        {
            await _file.WriteAsync(End.Offset, _line.AsMemory(0, length)).ConfigureAwait(false);
        }
        catch
        {
            // A torn line would hide every line after it.
            _isClosed = true;
            _file.SetLength(End.Offset);
            _isClosed = false;
            throw;
        }

        End = new(End.Offset + length, chain);
    }

    private async ValueTask WriteAllAsync(IEnumerable<JournalEntry> entries, bool areFlushed)
    {
        await WriteHeaderAsync().ConfigureAwait(false);
        foreach (var entry in entries)
        {
            await AppendHoldingGateAsync(entry).ConfigureAwait(false);
        }

        if (areFlushed)
        {
            await AppendFlushedAsync(End).ConfigureAwait(false);
        }
    }

    private async ValueTask WriteHeaderAsync()
    {
        var content = Header.ToJson().AsMemory()[..^1];
        var chain = Crc32C.Append(JournalLine.Seed(Header.Generation), content.Span);
        var line = new byte[content.Length + JournalLine.EndingLength];
        content.CopyTo(line);
        JournalLine.WriteEnding(chain, line.AsSpan(content.Length));
        await _file.WriteAsync(0, line).ConfigureAwait(false);
        End = _flushed = new(line.Length, chain);
    }
}
