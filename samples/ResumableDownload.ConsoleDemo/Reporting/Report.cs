using System.Text.Json.Serialization;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>How a run ended: what <c>--json</c> prints.</summary>
internal sealed record Report
{
    public required string Status { get; init; }

    public required string? Path { get; init; }

    public required long? Length { get; init; }

    public required long ResumedFrom { get; init; }

    public required long Fetched { get; init; }

    public required int Requests { get; init; }

    public required int StartedOver { get; init; }

    public required double Seconds { get; init; }

    public ReportedFailure? Failure { get; init; }

    /// <summary>What is on disk and journaled; for the words to the user only.</summary>
    [JsonIgnore]
    public required long Kept { get; init; }

    [JsonIgnore]
    public int ExitCode => Status switch
    {
        "whole" => ConsoleDemo.ExitCode.Whole,
        "interrupted" => ConsoleDemo.ExitCode.Interrupted,
        _ => ConsoleDemo.ExitCode.Failed,
    };

    public static Report Whole(DownloadResult result) => new()
    {
        Status = "whole",
        Path = result.Path,
        Length = result.Length,
        ResumedFrom = result.ResumedFrom,
        Fetched = result.Fetched,
        Requests = result.Requests,
        StartedOver = result.StartedOver.Count,
        Seconds = Seconds3(result.Elapsed),
        Kept = result.Length,
    };

    /// <summary>The figures of a run that brought no whole file, from the last that was heard of it.</summary>
    public static Report Unfinished(string? path, DownloadProgress? latest, TimeSpan elapsed) => new()
    {
        Status = "failed",
        Path = path,
        Length = latest?.Total,
        ResumedFrom = latest?.ResumedFrom ?? 0,
        Fetched = latest?.Fetched ?? 0,
        Requests = latest?.Requests ?? 0,
        StartedOver = latest?.StartedOver ?? 0,
        Seconds = Seconds3(elapsed),
        Kept = latest?.Received ?? 0,
    };

    public Report Interrupted() => this with { Status = "interrupted" };

    public Report Failed(string name, string message) => this with { Status = "failed", Failure = new(name, PublicText.OneLine(message)) };

    private static double Seconds3(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
