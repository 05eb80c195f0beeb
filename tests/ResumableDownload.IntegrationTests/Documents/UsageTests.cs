using System.Security.Cryptography;

namespace ResumableDownload.IntegrationTests;

/// <summary>What README.md says about options and requests: it is the code below (<see cref="DocumentTests"/>), and the code works.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task The_options_of_the_README_download_what_it_says()
    {
        await using var scene = new Scene(Resource.Version(1, 1_000_000));
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(scene.Origin.Resource.Bytes));
        var models = Path.GetFullPath("models");
        try
        {
            await UsageAsync(scene.Origin.Url, "secret", sha256, CancellationToken.None);
            Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(Path.Combine(models, "model.bin")));
        }
        finally
        {
            Directory.Delete(models, recursive: true);
        }
    }

    private static async Task UsageAsync(Uri source, string token, string sha256, CancellationToken cancellationToken)
    {
        #region told: options
        var options = new ResumableDownloadOptions
        {
            Condition = ResumeCondition.Auto,                    // or IfRange, IfMatch
            MaxConnections = 4,                                  // at most; 1 is one plain stream
            MaxAttemptsWithoutProgress = 5,                      // any new byte starts the count again
            StallTimeout = TimeSpan.FromSeconds(30),             // less than 1 KiB in this time ends an attempt
            ExistingDestination = ExistingDestination.Replace,   // or Fail, or Number: "name (1).ext"
            WeakIdentity = WeakIdentity.StartOver,               // or ContentEvidence, Refuse: for kept bytes that no strong validator vouches for
            FinalCheck = FinalCheck.Auto,                        // or Never, Always
            BandwidthLimit = new BandwidthLimit(5_000_000),      // bytes per second; all downloads that have it get equal parts, however many connections each has; changeable at any time
        };
        using var downloader = new ResumableDownloader(options);

        var request = new DownloadRequest(source, "models/model.bin")
        {
            Headers = [new("Authorization", $"Bearer {token}")], // sent to this origin only, never along a redirect to another
            ExpectedLength = 1_000_000,
            ExpectedDigest = Digest.Parse($"sha-256:{sha256}"),  // also sha-512, sha-1, md5, crc32, crc32c, crc64, crc64nvme
        };
        var progress = new Progress<DownloadProgress>(p => Console.WriteLine($"{p.Received} of {p.Total}, {p.BytesPerSecond:0} B/s, {p.TimeLeft} left"));

        try
        {
            await downloader.DownloadAsync(request, progress, cancellationToken);
        }
        catch (DownloadException failed) when (failed.Failure == DownloadFailure.NotFound)
        {
            // The message says what happened and what is kept; Failure, StatusCode, Kept and RetryAt say it to code.
        }
        #endregion
    }
}
