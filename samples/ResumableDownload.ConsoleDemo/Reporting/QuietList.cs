namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Tells of failures only.</summary>
internal sealed class QuietList(Voice voice) : IListDisplay
{
    public Task ShowAsync(Func<ListStanding> look, Func<Task> download) => download();

    public void Tell(LineEnd end)
    {
        if (end.Report.ExitCode == ExitCode.Failed)
        {
            voice.Complain(Sentences.Failure(end));
        }
    }
}
