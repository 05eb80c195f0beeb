using ResumableDownload.ConsoleDemo.CommandLine;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>How a list stands while it is downloaded.</summary>
/// <param name="Total">What has ended.</param>
/// <param name="Running">Those that have one of the turns, in the order of the list.</param>
/// <param name="WithoutNetwork">How many wait for a network.</param>
internal sealed record ListStanding(ListTotal Total, IReadOnlyList<LineStanding> Running, int WithoutNetwork)
{
    /// <summary>Bytes on the disk, those of what runs included.</summary>
    public long Received => Total.Received + Running.Sum(static one => one.Latest?.Received ?? 0);

    public double BytesPerSecond => Running.Sum(static one => one.Latest?.BytesPerSecond ?? 0);
}

/// <summary>How a line stands that has one of the turns.</summary>
internal sealed record LineStanding(ListLine Line, DownloadState State, DownloadProgress? Latest);
