using System.Runtime.ExceptionServices;
using ResumableDownload.Integrity;

namespace ResumableDownload.Storage;

/// <summary>The journal of one generation, open for appending.</summary>
/// <remarks>Appends are serialised: this is the one lock that is held over I/O.</remarks>
internal sealed class Journal : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly byte[] _line = new byte[JournalLine.Longest];
    private readonly ProvedFile _lines;
    private JournalPosition _flushed;
    private bool _isClosed;
    private Exception? _fault;

    private Journal(ProvedFile lines, JournalHeader header, JournalPosition flushed) => (_lines, Header, _flushed) = (lines, header, flushed);

    public JournalHeader Header { get; }

    /// <summary>The checksum of its lines.</summary>
    public SumKind Sum => Header.SumKind!;

    /// <summary>The place after the last line.</summary>
    public JournalPosition End => _lines.End;

    // A line that could not be cut off again would hide every line after it.
    private bool IsClosed => _isClosed || _lines.IsTorn;

    /// <summary>Opens a journal that was read, and cuts off what did not hold.</summary>
    public static Journal Reopen(Disk disk, string path, JournalImage image) => new(ProvedFile.Reopen(disk, path, image.End), image.Header, image.Flushed);

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
        var lines = ProvedFile.Create(disk, paths.JournalSuccessor, header.Generation);
        try
        {
            var journal = new Journal(lines, header, default);
            await journal.WriteAllAsync(entries, areFlushed).ConfigureAwait(false);
            await lines.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            disk.Rename(paths.JournalSuccessor, paths.Journal, overwrite: true);
            disk.FlushFolder(paths.Folder);
            return journal;
        }
        catch
        {
            lines.Dispose();
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
        catch (Exception exception)
        {
            NoteFault(exception);
            throw;
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
            if (!IsClosed)
            {
                await AppendHoldingGateAsync(new JournalEntry.Flushed(flushed.Offset)).ConfigureAwait(false);
                _flushed = flushed;
            }
        }
        catch (Exception exception)
        {
            NoteFault(exception);
            throw;
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
            if (!IsClosed)
            {
                (_isClosed, _fault) = (true, fault);
                _lines.CutTo(_flushed);
                await AppendHoldingGateAsync(new JournalEntry.Flushed(_flushed.Offset)).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public Task FlushAsync() => _lines.FlushAsync();

    public void Dispose()
    {
        _gate.Wait();
        _isClosed = true;
        _lines.Dispose();
        _gate.Release();
    }

    // Another connection that comes after this one is told the same.
    private void NoteFault(Exception exception) => _fault ??= _lines.IsTorn ? exception : null;

    private void ThrowIfClosed()
    {
        if (IsClosed)
        {
            // As it was thrown: a full disk is to be told as such.
            ExceptionDispatchInfo.Throw(_fault ?? new IOException("The journal is closed."));
        }
    }

    private ValueTask AppendHoldingGateAsync(JournalEntry entry) =>
        _lines.AppendAsync(_line.AsMemory(0, JournalLine.Write(entry, Sum, _line) + JournalLine.EndingLength));

    private async ValueTask WriteAllAsync(IEnumerable<JournalEntry> entries, bool areFlushed)
    {
        await _lines.AppendAsync(ProvedFile.LineOf(Header.ToJson())).ConfigureAwait(false);
        _flushed = End;
        foreach (var entry in entries)
        {
            await AppendHoldingGateAsync(entry).ConfigureAwait(false);
        }

        if (areFlushed)
        {
            await AppendFlushedAsync(End).ConfigureAwait(false);
        }
    }
}
