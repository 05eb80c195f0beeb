namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>The user interrupts, and calls again.</summary>
internal sealed class InterruptionChapter : Chapter
{
    public override string Title => "The user interrupts, and comes back later";

    public override OriginScript Script => new();

    public override IReadOnlyList<int> ExpectedStatuses => [200, 206];

    public override async Task<DownloadResult> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        await stage.DownloadAndInterruptAsync(FileLength / 2, cancellationToken);
        stage.Tell("The same call once more goes on from there.");
        return await stage.DownloadAsync(cancellationToken);
    }
}
