namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Writes plain lines, for logs and pipes: one when a download ends, and every five seconds how all stand.</summary>
internal sealed class PlainList(Voice voice) : IListDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly QuietList _failures = new(voice);

    public async Task ShowAsync(Func<ListStanding> look, Func<Task> download)
    {
        using var timer = new PeriodicTimer(Interval);
        var running = download();
        while (await Task.WhenAny(running, timer.WaitForNextTickAsync().AsTask()) != running)
        {
            voice.Say(Sentences.Of(look()));
        }

        await running;
    }

    public void Tell(LineEnd end)
    {
        _failures.Tell(end);
        if (end.Report.ExitCode == ExitCode.Whole)
        {
            voice.Say(Sentences.Of(end.Report));
        }
    }
}
