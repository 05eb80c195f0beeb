using ResumableDownload.ConsoleDemo.CommandLine;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>Many downloads, from a list to the figures of all.</summary>
internal sealed class ListRun(DownloadList list, ResumableDownloadOptions options, IListDisplay display)
{
    private readonly FinishedLines? _finished = list.StateFile is { } file ? new(file + ".done") : null;

    public async Task<ListTotal> RunAsync(CancellationToken cancellationToken)
    {
        ListLine[] lines = [.. list.Lines.Where(line => _finished?.Has(line) != true)];
        var ledger = new ListLedger(lines.Length, list.Lines.Count - lines.Length);
        try
        {
            await display.ShowAsync(ledger.Look, () => DownloadAsync(lines, ledger, cancellationToken));
            Forget(ledger.Total);
            return ledger.Total;
        }
        catch (Exception fault)
        {
            return ledger.Total.FailedBy(fault);
        }
    }

    private async Task DownloadAsync(ListLine[] lines, ListLedger ledger, CancellationToken cancellationToken)
    {
        using var downloader = new ResumableDownloader(options);
        await using var manager = Open(lines, downloader);
        var restored = manager.Downloads.ToDictionary(static download => download.Request);
        foreach (var line in lines.Where(line => restored.ContainsKey(line.Request)))
        {
            ledger.Enter(line, restored[line.Request]);
            restored[line.Request].Start();
        }

        var telling = TellAsync(manager, ledger);
        try
        {
            Begin(lines.Where(line => !restored.ContainsKey(line.Request)), manager, ledger, cancellationToken);
            await manager.WhenIdle(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await manager.PauseAllAsync();
        }

        // That ends the watching, once everything is told.
        await manager.DisposeAsync();
        await telling;
        foreach (var end in ledger.Interrupt())
        {
            display.Tell(end);
        }
    }

    // What the state file knows and the list does not is forgotten.
    private DownloadManager Open(ListLine[] lines, ResumableDownloader downloader)
    {
        var settings = new DownloadManagerOptions { MaxConcurrentDownloads = list.AtATime, MaxConcurrentPerHost = list.AtATime };
        if (list.StateFile is null)
        {
            return new(settings, downloader);
        }

        var asked = lines.ToDictionary(static line => (line.Request.Destination, (Uri?)line.Request.Source), static line => line.Request);
        return DownloadManager.Open(list.StateFile, saved => asked.Remove((saved.Destination, saved.Source), out var request) ? request : null, settings, downloader);
    }

    private void Begin(IEnumerable<ListLine> lines, DownloadManager manager, ListLedger ledger, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var download = manager.Add(line.Request);
                if (ledger.Enter(line, download) is { } other)
                {
                    throw new DownloadException(DownloadFailure.InUse, $"Line {other.Number} brings the same into the same folder already.");
                }

                download.Start();
            }
            catch (Exception fault) when (fault is DownloadException or InvalidOperationException)
            {
                display.Tell(ledger.Refuse(line, fault));
            }
        }
    }

    private async Task TellAsync(DownloadManager manager, ListLedger ledger)
    {
        await foreach (var notice in manager.WatchAsync())
        {
            if (ledger.Note(notice) is not { } end)
            {
                continue;
            }

            if (end.Report is { ExitCode: ExitCode.Whole, Path: { } path })
            {
                _finished?.Add(end.Line, path);
            }

            display.Tell(end);
        }
    }

    private void Forget(ListTotal total)
    {
        if (total.ExitCode == ExitCode.Whole && list.StateFile is { } file)
        {
            _finished!.Delete();
            File.Delete(file);
        }
    }
}
