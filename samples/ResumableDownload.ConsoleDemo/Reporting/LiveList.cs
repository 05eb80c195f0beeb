using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Shows on a terminal one line for each download that runs, as many as fit, and one for all. They are wiped away at the end.</summary>
internal sealed class LiveList : IListDisplay
{
    private const int BarWidth = 20;
    private const int MostOfName = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    // Standard error, so that standard output can be piped while this is watched.
    private readonly IAnsiConsole _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public Task ShowAsync(Func<ListStanding> look, Func<Task> download) => _console.Live(Text.Empty).AutoClear(true).StartAsync(async context =>
    {
        using var timer = new PeriodicTimer(Interval);
        var running = download();
        while (await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask()) != running)
        {
            context.UpdateTarget(Picture(look()));
        }

        await running;
    });

    // Above the lines that move.
    public void Tell(LineEnd end)
    {
        if (end.Report.ExitCode == ExitCode.Failed)
        {
            _console.WriteLine(Sentences.Failure(end));
        }
    }

    private Rows Picture(ListStanding standing)
    {
        // One for the total, one for those that find no room, and one for the cursor.
        var room = Math.Max(1, _console.Profile.Height - 3);
        var lines = new Grid { Expand = true }.AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap().Width(BarWidth)).AddColumn(new GridColumn().NoWrap());
        foreach (var one in standing.Running.Take(room))
        {
            lines.AddRow(OneLine(NameOf(one)), Bar(one.Latest), OneLine(FiguresOf(one)));
        }

        List<IRenderable> rows = standing.Running.Count > 0 ? [lines] : [];
        if (standing.Running.Count > room)
        {
            rows.Add(OneLine(string.Create(CultureInfo.InvariantCulture, $"and {standing.Running.Count - room} more")));
        }

        return new Rows([.. rows, OneLine(Sentences.Of(standing))]);
    }

    private static Text OneLine(string text) => new(text) { Overflow = Overflow.Ellipsis };

    private static string NameOf(LineStanding one)
    {
        var name = Path.GetFileName(one.Line.Request.Destination) is { Length: > 0 } given ? given : one.Line.Request.Source.Segments[^1];
        return name.Length > MostOfName ? $"{name[..(MostOfName - 1)]}…" : name;
    }

    private static string FiguresOf(LineStanding one) => (one.State, one.Latest) switch
    {
        (DownloadState.WaitingToRetry, _) => "waiting to try again",
        (_, null) => "connecting",
        (_, { } latest) => Figures.Line(latest),
    };

    private static Markup Bar(DownloadProgress? progress)
    {
        var filled = progress is { Total: > 0 and var total } ? (int)(BarWidth * (progress.Verified ?? progress.Received) / total) : 0;
        return new Markup($"[yellow]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]");
    }
}
