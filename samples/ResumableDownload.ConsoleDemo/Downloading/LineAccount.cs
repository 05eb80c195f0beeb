using System.Diagnostics;
using ResumableDownload.ConsoleDemo.CommandLine;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>How one line of a list stands.</summary>
internal sealed class LineAccount(ListLine line)
{
    private long? _began;

    public ListLine Line => line;

    public DownloadState State { get; private set; }

    /// <summary>What was last heard of it.</summary>
    public DownloadProgress? Latest { get; private set; }

    /// <summary>Whether it has one of the turns.</summary>
    public bool HasTurn => State is DownloadState.Running or DownloadState.WaitingToRetry;

    public void Note(DownloadEvent notice)
    {
        State = notice.To;
        Latest = notice.Progress ?? Latest;
        _began ??= HasTurn ? Stopwatch.GetTimestamp() : null;
    }

    public Report Whole(DownloadResult result) => Report.Of(result) with { Line = line.Number };

    public Report Unfinished() => Report.Unfinished(line.Request.Destination, Latest, _began is { } began ? Stopwatch.GetElapsedTime(began) : TimeSpan.Zero) with
    {
        Line = line.Number,
        Kept = KeptBytes.Of(line.Request, Latest),
    };
}
