using System.Text.Json.Serialization;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>The figures of a list: what <c>--json</c> prints last.</summary>
internal sealed record ListTotal
{
    /// <summary>How many lines this run was to download.</summary>
    public required int Count { get; init; }

    /// <summary>How many files are whole now; those that had not changed are among them.</summary>
    public int Whole { get; init; }

    public int Failed { get; init; }

    public int Interrupted { get; init; }

    public long Fetched { get; init; }

    /// <summary>Bytes on the disk at the end, those of earlier runs included.</summary>
    public long Received { get; init; }

    public int Requests { get; init; }

    public int StartedOver { get; init; }

    public double Seconds { get; init; }

    /// <summary>How many lines an earlier run finished, by the account that <c>--state</c> keeps. They are in none of the other figures.</summary>
    public int WholeBefore { get; init; }

    /// <summary>Why the list could not be downloaded at all.</summary>
    public ReportedFailure? Failure { get; init; }

    /// <summary>How many of them have ended so far.</summary>
    [JsonIgnore]
    public int Ended => Whole + Failed + Interrupted;

    /// <summary>Bytes that were kept from before; for the words to the user only.</summary>
    [JsonIgnore]
    public long ResumedFrom { get; init; }

    /// <summary>Bytes on the disk of what is not whole; for the words to the user only.</summary>
    [JsonIgnore]
    public long Kept { get; init; }

    [JsonIgnore]
    public int ExitCode => this switch
    {
        { Failure: not null } => ConsoleDemo.ExitCode.Failed,
        { Interrupted: > 0 } => ConsoleDemo.ExitCode.Interrupted,
        { Failed: > 0 } => ConsoleDemo.ExitCode.Failed,
        _ => ConsoleDemo.ExitCode.Whole,
    };

    public ListTotal With(Report report)
    {
        var isWhole = report.ExitCode == ConsoleDemo.ExitCode.Whole;
        return this with
        {
            Whole = Whole + (isWhole ? 1 : 0),
            Failed = Failed + (report.ExitCode == ConsoleDemo.ExitCode.Failed ? 1 : 0),
            Interrupted = Interrupted + (report.ExitCode == ConsoleDemo.ExitCode.Interrupted ? 1 : 0),
            Fetched = Fetched + report.Fetched,
            Received = Received + report.Kept,
            Requests = Requests + report.Requests,
            StartedOver = StartedOver + report.StartedOver,
            ResumedFrom = ResumedFrom + report.ResumedFrom,
            Kept = Kept + (isWhole ? 0 : report.Kept),
        };
    }

    public ListTotal FailedBy(Exception fault) => this with { Failure = ReportedFailure.Of(fault) };
}

/// <summary>The total as a line of its own, which tells itself apart from those of the downloads.</summary>
internal sealed record TotalLine(ListTotal Total);
