using System.Text.Json;

namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Prints one JSON object for each download as it ends.</summary>
internal sealed class JsonList(Voice voice) : IListDisplay
{
    private readonly QuietList _failures = new(voice);

    public Task ShowAsync(Func<ListStanding> look, Func<Task> download) => download();

    public void Tell(LineEnd end)
    {
        _failures.Tell(end);
        voice.Say(JsonSerializer.Serialize(end.Report, ReportJson.Default.Report));
    }
}
