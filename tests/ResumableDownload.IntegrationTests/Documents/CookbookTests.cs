using System.Net;
using System.Security.Cryptography;

namespace ResumableDownload.IntegrationTests;

/// <summary>The recipes of samples/COOKBOOK.md (<see cref="DocumentTests"/>), each tried.</summary>
public sealed class CookbookTests : IAsyncDisposable
{
    private readonly Scene _scene = new(Resource.Version(1, 1_000_000));

    private Uri Source => _scene.Origin.Url;

    private string Destination => _scene.Destination;

    [Fact]
    public async Task The_progress_bar_downloads()
    {
        await ProgressBarAsync(Source, Destination);
        AssertHolds();
    }

    [Fact]
    public async Task After_a_restart_it_goes_on()
    {
        await _scene.LeaveAsync(400_000);

        await RestartAsync(Source, Destination, CancellationToken.None);

        AssertHolds();
        Assert.Equal(400_000, _scene.Requests[0].From);
    }

    [Fact]
    public async Task A_right_digest_passes()
    {
        await DigestAsync(Source, Destination, Sha256());
        AssertHolds();
    }

    [Fact]
    public async Task A_wrong_digest_leaves_no_file()
    {
        await DigestAsync(Source, Destination, new string('0', 64));
        Assert.False(File.Exists(Destination));
    }

    [Fact]
    public async Task An_address_that_is_refused_is_replaced()
    {
        _scene.Origin.Then(Conduct.CutAt(400_000), Conduct.Refuse(403));
        var signed = 0;

        await ExpiringAsync(_ => new(_scene.Origin.UrlOf($"/file.bin?X-Amz-Signature={++signed}")), Destination, CancellationToken.None);

        AssertHolds();
        Assert.Equal(2, signed);
        Assert.Equal([0, 400_000, 400_000], _scene.Requests.Take(3).Select(static request => request.From));
    }

    [Fact]
    public async Task What_authenticates_goes_to_its_own_origin_only()
    {
        await using var other = new ScriptedOrigin(_scene.Origin.Resource);
        _scene.Origin.Then(Conduct.RedirectTo(other.Url.AbsoluteUri));

        await AuthenticationAsync(Source, Destination, "secret");

        AssertHolds();
        Assert.Equal("Bearer secret", _scene.Requests[0]["Authorization"]);
        Assert.Equal((null, "updater"), (other.Requests[0]["Authorization"], other.Requests[0]["X-Client"]));
    }

    [Fact]
    public async Task Several_share_a_limit()
    {
        await LimitAsync([Source, Source], Destination);

        foreach (var number in (int[])[0, 1])
        {
            Scene.AssertSame(_scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync($"{Destination}.{number}"));
        }
    }

    [Fact]
    public async Task A_proxy_is_asked_for_the_address()
    {
        await OwnClientAsync(new Uri("http://example.com/file.bin"), Destination, Source);

        AssertHolds();
        Assert.Equal("http://example.com/file.bin", _scene.Requests[0].Target);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    private void AssertHolds() => _scene.AssertHolds(_scene.Origin.Resource);

    private string Sha256() => Convert.ToHexStringLower(SHA256.HashData(_scene.Origin.Resource.Bytes));

    private static async Task ProgressBarAsync(Uri source, string path)
    {
        #region told: progress bar
        var bar = new Progress<DownloadProgress>(progress =>
        {
            var share = progress.Total is > 0 and var total ? (double)progress.Received / total : 0;
            Console.Write($"\r[{new string('#', (int)(40 * share)),-40}] {share,4:0%}  {progress.BytesPerSecond / 1e6:0.0} MB/s  {progress.TimeLeft:hh\\:mm\\:ss} left ");
        });

        using var downloader = new ResumableDownloader();
        await downloader.DownloadAsync(source, path, bar);
        #endregion
    }

    private static async Task RestartAsync(Uri source, string path, CancellationToken cancellationToken)
    {
        #region told: restart
        if (ResumableDownloader.Inspect(path) is { } kept)
        {
            Console.WriteLine($"{kept.Received} of {kept.Total} bytes are here already, from {kept.Source}.");
        }

        using var downloader = new ResumableDownloader();
        var result = await downloader.DownloadAsync(source, path, cancellationToken: cancellationToken);
        Console.WriteLine($"{result.ResumedFrom} bytes were not fetched again.");
        #endregion
    }

    private static async Task DigestAsync(Uri source, string path, string sha256)
    {
        #region told: SHA-256
        var request = new DownloadRequest(source, path) { ExpectedDigest = Digest.Parse($"sha-256:{sha256}") };

        using var downloader = new ResumableDownloader();
        try
        {
            await downloader.DownloadAsync(request);
        }
        catch (DownloadException failed) when (failed.Failure == DownloadFailure.DigestMismatch)
        {
            Console.WriteLine(failed.Message);
        }
        #endregion
    }

    private static async Task ExpiringAsync(Func<CancellationToken, ValueTask<Uri>> SignAsync, string path, CancellationToken cancellationToken)
    {
        #region told: expiring addresses
        var request = new DownloadRequest(await SignAsync(cancellationToken), path)
        {
            RefreshUri = async (why, cancellationToken) => await SignAsync(cancellationToken),
            ResourceKey = "backup.tar",   // only where addresses differ in more than their signature
        };

        using var downloader = new ResumableDownloader();
        await downloader.DownloadAsync(request, cancellationToken: cancellationToken);
        #endregion
    }

    private static async Task AuthenticationAsync(Uri source, string path, string token)
    {
        #region told: authentication
        var request = new DownloadRequest(source, path)
        {
            Headers = [new("Authorization", $"Bearer {token}"), new("X-Client", "updater")],
            SharedHeaders = ["X-Client"],
        };

        using var downloader = new ResumableDownloader();
        await downloader.DownloadAsync(request);
        #endregion
    }

    private static async Task LimitAsync(IEnumerable<Uri> sources, string path)
    {
        #region told: rate limit
        var limit = new BandwidthLimit(2_000_000);   // bytes per second
        using var downloader = new ResumableDownloader(new ResumableDownloadOptions { BandwidthLimit = limit });

        var downloads = sources.Select((source, number) => downloader.DownloadAsync(source, $"{path}.{number}")).ToList();
        limit.BytesPerSecond = 50_000_000;           // the user goes to bed
        await Task.WhenAll(downloads);
        #endregion
    }

    private static async Task OwnClientAsync(Uri source, string path, Uri proxy)
    {
        #region told: own client
        using var client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy(proxy),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,   // StallTimeout is for the body; a limit here is one for the wait for an answer
        };

        using var downloader = new ResumableDownloader(client);
        await downloader.DownloadAsync(source, path);
        #endregion
    }
}
