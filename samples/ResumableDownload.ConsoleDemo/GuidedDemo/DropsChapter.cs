using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>The connection drops three times; nobody has to do anything.</summary>
internal sealed class DropsChapter : Chapter
{
    public override string Title => "The connection drops three times";

    public override OriginScript Script => new() { Cuts = [(5 * MiB) + 12_345, 7 * MiB, 3 * MiB] };

    public override IReadOnlyList<int> ExpectedStatuses => [200, 206, 206, 206, 304];

    public override Task<DownloadResult> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Tell("The downloader goes on by itself, each time from the byte after the last one it has.");
        stage.Tell("As more than one answer was needed, it asks at the end whether the file is still the same: 304, it is.");
        return stage.DownloadAsync(cancellationToken);
    }
}
