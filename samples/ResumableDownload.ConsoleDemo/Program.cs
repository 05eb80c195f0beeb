using ResumableDownload.ConsoleDemo.CommandLine;
using ResumableDownload.ConsoleDemo.Downloading;
using ResumableDownload.ConsoleDemo.GuidedDemo;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo;

/// <summary>Reads the command line, and hands over to the download or to the guided demo.</summary>
internal static class Program
{
    // Not on a terminal that can move its cursor.
    private static bool IsForReading => Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";

    private static async Task<int> Main(string[] words)
    {
        using var interruption = new Interruption();
        var line = new CommandLineReader().Read(words, interruption.Token);
        if (line.Arguments is not { } arguments)
        {
            return line.ExitCode;
        }

        if (arguments.List is { } list)
        {
            return await RunListAsync(list, arguments, interruption.Token);
        }

        var report = await RunAsync(arguments, interruption.Token);
        return Said(report, arguments) ? report.ExitCode : ExitCode.Failed;
    }

    private static async Task<Report> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var telemetry = new TelemetryOutput(arguments.Telemetry);
        return arguments.Request is { } request
            ? await new DownloadRun(arguments.Options, DisplayOf(arguments)).RunAsync(request, cancellationToken)
            : await GuidedTour.RunAsync(StoryOf(arguments), cancellationToken);
    }

    // Nobody may be listening any more: standard output can be closed.
    private static bool Said(Report report, Arguments arguments)
    {
        try
        {
            ReportWriter.Write(report, arguments);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static async Task<int> RunListAsync(DownloadList list, Arguments arguments, CancellationToken cancellationToken)
    {
        var voice = new Voice(Console.Out, Console.Error);
        ListTotal total;
        using (new TelemetryOutput(arguments.Telemetry))
        {
            total = await new ListRun(list, arguments.Options, ListDisplayOf(arguments, voice)).RunAsync(cancellationToken);
        }

        ReportWriter.Write(total, arguments, voice);
        return voice.IsUnheard ? ExitCode.Failed : total.ExitCode;
    }

    private static IListDisplay ListDisplayOf(Arguments arguments, Voice voice) => arguments switch
    {
        { Json: true } => new JsonList(voice),
        { Quiet: true } => new QuietList(voice),
        _ when IsForReading => new PlainList(voice),
        _ => new LiveList(),
    };

    private static IProgressDisplay DisplayOf(Arguments arguments) => arguments switch
    {
        { Json: true } or { Quiet: true } => new NoDisplay(),
        _ when IsForReading => new PlainDisplay(Console.Out),
        _ => new BarDisplay(),
    };

    private static TextWriter StoryOf(Arguments arguments) => arguments.Json || arguments.Quiet ? TextWriter.Null : Console.Out;
}
