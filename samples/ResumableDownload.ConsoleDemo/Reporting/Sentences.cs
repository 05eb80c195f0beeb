using System.Globalization;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Ends and standings, as people read them.</summary>
internal static class Sentences
{
    /// <summary>How a file became whole.</summary>
    public static string Of(Report report) => report.Status == Outcome.NotModified
        ? $"{report.Path} is up to date: the server says that it has not changed. Nothing was fetched."
        : $"{report.Path}: {Figures.Bytes(report.Length ?? 0)} in {Figures.Seconds(report.Seconds)}; {Took(report.ResumedFrom, report.Fetched, report.Requests, report.StartedOver)}"
            + (report.ByEvidence ? ", continued because the end of what was kept is equal" : "")
            + (report.ProvedBy is { } proofs ? $", proved by {string.Join(", ", proofs)}" : "");

    /// <summary>Why a line of a list failed.</summary>
    public static string Failure(LineEnd end)
    {
        var (address, why) = (PublicText.Of(end.Line.Request.Source), end.Report.Failure?.Message ?? "");
        return string.Create(CultureInfo.InvariantCulture, $"Line {end.Line.Number}{(why.Contains(address, StringComparison.Ordinal) ? "" : $", {address}")}: {why}");
    }

    /// <summary>How a list stands.</summary>
    public static string Of(ListStanding standing)
    {
        var total = standing.Total;
        return string.Create(CultureInfo.InvariantCulture, $"{total.Ended} of {total.Count} done")
            + (total.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({total.Failed} failed)") : "")
            + string.Create(CultureInfo.InvariantCulture, $", {standing.Running.Count} running, {Figures.Bytes(standing.Received)}, {Figures.Bytes(standing.BytesPerSecond)}/s")
            + (standing.WithoutNetwork > 0 ? string.Create(CultureInfo.InvariantCulture, $", {standing.WithoutNetwork} waiting for a network") : "");
    }

    /// <summary>How a list ended.</summary>
    public static string Of(ListTotal total) =>
        $"{Count(total)} whole in {Figures.Seconds(total.Seconds)}{Before(total)}, {Figures.Bytes(total.Received)}; {Took(total.ResumedFrom, total.Fetched, total.Requests, total.StartedOver)}";

    /// <summary>Why a list is not whole; <see langword="null"/> when it is, or every line has said so itself.</summary>
    public static string? Trouble(ListTotal total, bool isRemembered) => total switch
    {
        { Failure: { } failure } => failure.Message,
        { Interrupted: 0 } => null,
        _ => $"Interrupted. {Count(total)} whole{Before(total)}, {Figures.Bytes(total.Kept)} of others are kept; repeat the same command to go on"
            + (isRemembered || total.Whole == 0 ? "." : " (it fetches again what is whole; with --state it does not)."),
    };

    private static string Count(ListTotal total) => string.Create(CultureInfo.InvariantCulture, $"{total.Whole} of {Figures.Count(total.Count, "file")}");

    private static string Before(ListTotal total) => total.WholeBefore > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({total.WholeBefore} more from before)") : "";

    private static string Took(long resumedFrom, long fetched, int requests, int startedOver) =>
        $"{Figures.Bytes(resumedFrom)} kept from before, {Figures.Bytes(fetched)} fetched with {Figures.Count(requests, "request")}"
        + (startedOver > 0 ? $", started over {Figures.Count(startedOver, "time")}" : "");
}
