using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>While the user is away, the file becomes another one of the same length.</summary>
internal sealed class ChangeChapter : Chapter
{
    public override string Title => "The file changes during the pause, and keeps its length";

    public override OriginScript Script => new();

    public override IReadOnlyList<int> ExpectedStatuses => [200, 200];

    public override async Task<DownloadResult> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        await stage.DownloadAndInterruptAsync(FileLength / 3, cancellationToken);
        stage.Origin.Version = Second;
        stage.Tell($"The server now holds another version, tag {Second.EntityTag}. If-Range brings all of it in the same answer.");
        return await stage.DownloadAsync(cancellationToken);
    }
}
