using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>A presigned address ends during the pause. A fresh one goes on from the same bytes, and the store's own checksum proves them all.</summary>
internal sealed class SignedAddressChapter : Chapter
{
    public override string Title => "A signed address, as object stores give them, expires during the pause";

    public override OriginScript Script => new() { Kind = OriginKind.OssLike, IsSigned = true };

    public override IReadOnlyList<int> ExpectedStatuses => [200, 403, 206];

    public override async Task<DownloadResult> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        stage.Request = new DownloadRequest(stage.Origin.SignedAddress, stage.Destination) { RefreshUri = (why, _) => FreshAddress(stage, why) };
        await stage.DownloadAndInterruptAsync(FileLength / 2, cancellationToken);
        stage.Origin.LetPass(TimeSpan.FromHours(1));
        stage.Tell("An hour later the same call is made again, with the old address.");
        var result = await stage.DownloadAsync(cancellationToken);
        return result.ProvedBy is [{ Digest.Algorithm: DigestAlgorithm.Crc64 }]
            ? result
            : throw new InvalidOperationException("The file was not proved by the server's CRC-64.");
    }

    private static ValueTask<Uri?> FreshAddress(Stage stage, UriRefresh why)
    {
        stage.Tell($"The server refuses it ({why.StatusCode} {why.ErrorCode}: {why.ErrorMessage}), and RefreshUri gives a fresh one.");
        return ValueTask.FromResult<Uri?>(stage.Origin.SignedAddress);
    }
}
