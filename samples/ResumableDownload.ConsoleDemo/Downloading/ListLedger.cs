using System.Diagnostics;
using ResumableDownload.ConsoleDemo.CommandLine;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>Keeps account of a list while it is downloaded. Thread-safe.</summary>
/// <param name="count">How many lines there are to download.</param>
/// <param name="wholeBefore">How many others an earlier run finished.</param>
internal sealed class ListLedger(int count, int wholeBefore)
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<Download, LineAccount> _open = [];
    private readonly Dictionary<string, int> _written = [];
    private readonly HashSet<LineAccount> _running = [];
    private ListTotal _total = new() { Count = count, WholeBefore = wholeBefore };

    /// <summary>The figures of all that has ended, and of what it took.</summary>
    public ListTotal Total
    {
        get
        {
            lock (_gate)
            {
                return _total with { Seconds = Report.Seconds3(_clock.Elapsed) };
            }
        }
    }

    /// <summary>Enters a line.</summary>
    /// <returns>The line that has this download already, if one does.</returns>
    public ListLine? Enter(ListLine line, Download download)
    {
        lock (_gate)
        {
            return _open.TryAdd(download, new(line)) ? null : _open[download].Line;
        }
    }

    /// <summary>Takes in what happened.</summary>
    /// <returns>The end of a line, if it is one.</returns>
    public LineEnd? Note(DownloadEvent notice)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(notice.Download, out var account))
            {
                return null;
            }

            account.Note(notice);
            _ = account.HasTurn ? _running.Add(account) : _running.Remove(account);
            return notice switch
            {
                { To: DownloadState.Completed, Result: { } result } => Close(notice.Download, EndOf(account, result)),
                { To: DownloadState.Failed, Failure: { } failure } => Close(notice.Download, account.Unfinished().FailedBy(failure)),
                _ => null,
            };
        }
    }

    /// <summary>A line that could not even be added.</summary>
    public LineEnd Refuse(ListLine line, Exception fault)
    {
        lock (_gate)
        {
            return Count(line, new LineAccount(line).Unfinished().FailedBy(fault));
        }
    }

    /// <summary>Ends all that has not ended, as the user wants to stop.</summary>
    public IReadOnlyList<LineEnd> Interrupt()
    {
        lock (_gate)
        {
            return [.. _open.OrderBy(static pair => pair.Value.Line.Number).ToArray().Select(pair => Close(pair.Key, pair.Value.Unfinished().Interrupted()))];
        }
    }

    /// <summary>How it stands: what has ended, and what has one of the turns.</summary>
    public ListStanding Look()
    {
        lock (_gate)
        {
            LineStanding[] running = [.. _running.OrderBy(static one => one.Line.Number).Select(static one => new LineStanding(one.Line, one.State, one.Latest))];
            return new(_total, running, _open.Values.Count(static one => one.State == DownloadState.WaitingForNetwork));
        }
    }

    // Names that the answers gave may be the same. Then it is no use to say that both are whole.
    private Report EndOf(LineAccount account, DownloadResult result)
    {
        var report = account.Whole(result);
        if (result.Status == DownloadStatus.NotModified || _written.TryAdd(result.Path, account.Line.Number))
        {
            return report;
        }

        return report.Failed(
            nameof(DownloadFailure.DestinationExists),
            $"'{result.Path}' is the name of what line {_written[result.Path]} brought, too, and was replaced; give them paths, or say --existing number.");
    }

    private LineEnd Close(Download download, Report report)
    {
        _open.Remove(download, out var account);
        _running.Remove(account!);
        return Count(account!.Line, report);
    }

    private LineEnd Count(ListLine line, Report report)
    {
        _total = _total.With(report);
        return new(line, report);
    }
}
