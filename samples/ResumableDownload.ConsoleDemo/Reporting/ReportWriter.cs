using System.Text.Json;
using ResumableDownload.ConsoleDemo.CommandLine;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Says how a run ended: to people in one line, to programs as one JSON object that is the last line of standard output.</summary>
internal static class ReportWriter
{
    public static void Write(Report report, Arguments arguments)
    {
        if (report.ExitCode != ExitCode.Whole)
        {
            Console.Error.WriteLine(TroubleOf(report, arguments));
        }
        else if (!arguments.Json && LastWordOf(report, arguments) is { } lastWord)
        {
            Console.Out.WriteLine(lastWord);
        }

        if (arguments.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.Report));
        }
    }

    /// <summary>Says how a list ended.</summary>
    public static void Write(ListTotal total, Arguments arguments, Voice voice)
    {
        if (Sentences.Trouble(total, isRemembered: arguments.List?.StateFile is not null) is { } trouble)
        {
            voice.Complain(trouble);
        }
        else if (!arguments.Json && !arguments.Quiet)
        {
            voice.Say(Sentences.Of(total));
        }

        if (arguments.Json)
        {
            voice.Say(JsonSerializer.Serialize(new(total), ReportJson.Default.TotalLine));
        }
    }

    private static string TroubleOf(Report report, Arguments arguments) => (report.Failure, arguments.Request) switch
    {
        ({ } failure, _) => failure.Message,
        (null, null) => "Interrupted. The guided demo keeps nothing.",
        _ => $"Interrupted. {KeptOf(report)}; repeat the same command to go on.",
    };

    private static string KeptOf(Report report) => report switch
    {
        { Kept: 0 } => "Nothing is kept yet",
        { Length: { } length } => $"{Figures.Bytes(report.Kept)} of {Figures.Bytes(length)} are kept",
        _ => $"{Figures.Bytes(report.Kept)} are kept",
    };

    // The guided demo's last line is its point, so -q leaves it; of a download, -q leaves nothing.
    private static string? LastWordOf(Report report, Arguments arguments) => (arguments.Request, arguments.Quiet) switch
    {
        (null, _) => "Everything was right: each file is byte for byte one version of what the server held.",
        (_, true) => null,
        _ => Sentences.Of(report),
    };
}
