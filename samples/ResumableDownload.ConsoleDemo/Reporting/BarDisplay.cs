using Spectre.Console;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Shows a progress bar on a terminal. It is wiped away at the end, when the last word is said.</summary>
internal sealed class BarDisplay : IProgressDisplay
{
    public Task<DownloadResult> ShowAsync(DownloadRequest request, Func<IProgress<DownloadProgress>?, Task<DownloadResult>> download)
    {
        // Standard error, so that standard output can be piped while the bar is watched.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var figures = new FiguresColumn();
        return console.Progress().AutoClear(true).Columns(new ProgressBarColumn(), figures)
            .StartAsync(context => download(new Bar(context.AddTask(request.Destination), figures)));
    }

    private sealed class Bar(ProgressTask task, FiguresColumn figures) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            figures.Latest = value;
            task.IsIndeterminate = value.Total is null;
            task.MaxValue = Math.Max(1, value.Total ?? 1);
            task.Value = value.Verified ?? value.Received;
        }
    }
}
