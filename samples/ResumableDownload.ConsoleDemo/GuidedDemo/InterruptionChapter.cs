using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>The user interrupts, and calls again.</summary>
internal sealed class InterruptionChapter : Chapter
{
    public override string Title => "The user interrupts, and comes back later";

    public override OriginScript Script => new();

    public override IReadOnlyList<int> ExpectedStatuses => [200, 206, 304];

    public override async Task<DownloadResult> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        var kept = await stage.DownloadAndInterruptAsync(FileLength / 2, cancellationToken);
        stage.Tell("The same call once more goes on from there.");
        var result = await stage.DownloadAsync(cancellationToken);
        return result.ResumedFrom == kept.Received
            ? result
            : throw new InvalidOperationException($"{kept.Received} bytes were kept, but the download went on from {result.ResumedFrom}.");
    }
}
