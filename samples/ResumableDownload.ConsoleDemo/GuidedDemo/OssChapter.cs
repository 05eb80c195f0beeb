using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>An origin that ignores If-Range would send the rest of the wrong version; If-Match does not let it.</summary>
internal sealed class OssChapter : Chapter
{
    public override string Title => "A server like Alibaba Cloud OSS, which ignores If-Range";

    public override OriginScript Script => new() { Kind = OriginKind.OssLike };

    public override IReadOnlyList<int> ExpectedStatuses => [200, 206, 412, 200];

    public override async Task<DownloadResult> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        await stage.DownloadAndInterruptAsync(FileLength / 4, cancellationToken);
        stage.Tell("Nothing changed: If-Match lets the download go on.");
        await stage.DownloadAndInterruptAsync(FileLength / 2, cancellationToken);
        stage.Origin.Version = Second;
        stage.Tell($"Now the file changes, tag {Second.EntityTag}: If-Match is refused with 412, and one plain request follows.");
        return await stage.DownloadAsync(cancellationToken);
    }
}
