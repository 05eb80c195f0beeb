namespace ResumableDownload.IntegrationTests;

/// <summary>What README.md says about resuming from Alibaba Cloud OSS: it is the code below (<see cref="DocumentTests"/>), and the code works.</summary>
public sealed class OssGuideTests
{
    [Fact]
    public async Task The_guide_pauses_resumes_and_outlives_its_addresses()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        using var ownServer = new HttpClient(new Presigning(scene)) { BaseAddress = new Uri("http://own.server/") };
        using var pause = new CancellationTokenSource();
        scene.Store.Then(new StoreFault { StallAt = StoreScene.Kept });
        var paused = GuideAsync(ownServer, scene.Destination, new ProgressProbe(), pause);
        await Wait.UntilAsync(() => ResumableDownloader.Inspect(scene.Destination)?.Received == StoreScene.Kept, "enough is kept");
        await pause.CancelAsync();
        await paused.WaitAsync(Wait.Limit);
        Assert.False(File.Exists(scene.Destination));

        scene.Store.Clock.Advance(TimeSpan.FromDays(1));
        scene.Store.Then(StoreFault.Cut(100_000), StoreFault.Before(() => scene.Store.Clock.Advance(TimeSpan.FromDays(1))));
        using var noPause = new CancellationTokenSource();
        await GuideAsync(ownServer, scene.Destination, new ProgressProbe(), noPause).WaitAsync(Wait.Limit);

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal([200, 206, 403, 206], scene.Requests.Select(static request => request.Status));
        Assert.Equal([0, 200_000, 300_000, 300_000], scene.Requests.Select(static request => request.From));
    }

    private static async Task GuideAsync(HttpClient yourServer, string path, IProgress<DownloadProgress> progress, CancellationTokenSource pause)
    {
        #region told: an object store
        // Whoever holds the access key signs the address: your own server, as here, or the vendor's SDK
        // (client.Presign(new GetObjectRequest { Bucket = "…", Key = "…" }, expiration).Url).
        async ValueTask<Uri> PresignAsync(CancellationToken cancellationToken) =>
            new(await yourServer.GetStringAsync("presigned/backup.tar", cancellationToken));

        using var downloader = new ResumableDownloader();
        var request = new DownloadRequest(await PresignAsync(pause.Token), path)
        {
            RefreshUri = async (why, cancellationToken) => await PresignAsync(cancellationToken),
        };

        try
        {
            var result = await downloader.DownloadAsync(request, progress, pause.Token);
            Console.WriteLine($"Proved by {string.Join(", ", result.ProvedBy.Select(proof => proof.Source))}.");   // x-oss-hash-crc64ecma
        }
        catch (OperationCanceledException) when (pause.IsCancellationRequested)
        {
            // To pause is to call pause.Cancel(): what came is kept. To resume is to do all of this again, now or after a restart.
        }
        #endregion
    }

    /// <summary>The user's own server, which holds the access key.</summary>
    private sealed class Presigning(StoreScene scene) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(scene.Sign().AbsoluteUri) });
    }
}
