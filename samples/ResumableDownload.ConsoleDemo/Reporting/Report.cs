using System.Text.Json.Serialization;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>How a run ended: what <c>--json</c> prints.</summary>
internal sealed record Report
{
    public required string Status { get; init; }

    /// <summary>The line of the list; there is none without a list.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Line { get; init; }

    public required string? Path { get; init; }

    public required long? Length { get; init; }

    public required long ResumedFrom { get; init; }

    public required long Fetched { get; init; }

    public required int Requests { get; init; }

    public required int StartedOver { get; init; }

    public required double Seconds { get; init; }

    public ReportedFailure? Failure { get; init; }

    /// <summary>The digests that the file was found to have, as <c>sha-256 (caller)</c>; <see langword="null"/> when there were none.</summary>
    public IReadOnlyList<string>? ProvedBy { get; init; }

    /// <summary>What the question after the last byte came to; <see langword="null"/> when nothing was downloaded.</summary>
    public string? FinalCheck { get; init; }

    /// <summary>Whether kept bytes were continued only because their end was found equal.</summary>
    public bool ByEvidence { get; init; }

    /// <summary>What is on disk and journaled; for the words to the user, and the total of a list.</summary>
    [JsonIgnore]
    public required long Kept { get; init; }

    [JsonIgnore]
    public int ExitCode => Status switch
    {
        Outcome.Whole or Outcome.NotModified => ConsoleDemo.ExitCode.Whole,
        Outcome.Interrupted => ConsoleDemo.ExitCode.Interrupted,
        _ => ConsoleDemo.ExitCode.Failed,
    };

    public static Report Of(DownloadResult result) => result.Status == DownloadStatus.NotModified ? NotModified(result) : Whole(result);

    /// <summary>The figures of a run that brought no whole file, from the last that was heard of it.</summary>
    public static Report Unfinished(string? path, DownloadProgress? latest, TimeSpan elapsed) => new()
    {
        Status = Outcome.Failed,
        Path = path,
        Length = latest?.Total,
        ResumedFrom = latest?.ResumedFrom ?? 0,
        Fetched = latest?.Fetched ?? 0,
        Requests = latest?.Requests ?? 0,
        StartedOver = latest?.StartedOver ?? 0,
        Seconds = Seconds3(elapsed),
        Kept = latest?.Received ?? 0,
    };

    public Report Interrupted() => this with { Status = Outcome.Interrupted };

    public Report FailedBy(Exception fault) => this with { Status = Outcome.Failed, Failure = ReportedFailure.Of(fault) };

    public Report Failed(string name, string message) => this with { Status = Outcome.Failed, Failure = new(name, PublicText.OneLine(message)) };

    private static Report NotModified(DownloadResult result) => Whole(result) with
    {
        Status = Outcome.NotModified,
        Length = new FileInfo(result.Path) is { Exists: true } there ? there.Length : null,
        FinalCheck = null,
    };

    private static Report Whole(DownloadResult result) => new()
    {
        Status = Outcome.Whole,
        Path = result.Path,
        Length = result.Length,
        ResumedFrom = result.ResumedFrom,
        Fetched = result.Fetched,
        Requests = result.Requests,
        StartedOver = result.StartedOver.Count,
        Seconds = Seconds3(result.Elapsed),
        Kept = result.Length,
        ProvedBy = result.ProvedBy is [] ? null : [.. result.ProvedBy.Select(Figures.Proof)],
        FinalCheck = TextOf(result.FinalCheck),
        ByEvidence = result.ByEvidence,
    };

    private static string TextOf(FinalCheckOutcome outcome) => outcome switch
    {
        FinalCheckOutcome.Confirmed => "confirmed",
        FinalCheckOutcome.Inconclusive => "inconclusive",
        _ => "not-asked",
    };

    public static double Seconds3(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
