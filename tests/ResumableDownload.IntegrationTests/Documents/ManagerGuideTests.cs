namespace ResumableDownload.IntegrationTests;

/// <summary>What README.md says about the manager: it is the code below (<see cref="DocumentTests"/>), and the code works.</summary>
public sealed class ManagerGuideTests
{
    [Fact]
    public async Task The_guide_downloads_pauses_and_goes_on_with_a_fresh_address()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        using var yourServer = new HttpClient(new Presigning(scene)) { BaseAddress = new Uri("http://own.server/") };
        scene.Store.Then(new StoreFault { StallAt = StoreScene.Kept });
        var state = scene.Destination + ".queue";
        try
        {
            await GuideAsync(yourServer, state, scene.Destination, async () =>
            {
                await Wait.UntilAsync(() => ResumableDownloader.Inspect(scene.Destination)?.Received == StoreScene.Kept, "enough is kept");
                scene.Store.Clock.Advance(TimeSpan.FromDays(1));
            }).WaitAsync(Wait.Limit);
        }
        finally
        {
            File.Delete(state);
        }

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal(StoreScene.Kept, scene.Requests.Last(static request => request.Status == 206).From);
    }

    private static async Task GuideAsync(HttpClient yourServer, string state, string path, Func<Task> untilTheUserPauses)
    {
        #region told: the flow
        async ValueTask<Uri> PresignAsync(CancellationToken cancellationToken = default) =>
            new(await yourServer.GetStringAsync("presigned/backup.tar", cancellationToken));

        await using var manager = DownloadManager.Open(state);   // new DownloadManager() forgets its queue when the process ends
        var request = new DownloadRequest(await PresignAsync(), path)
        {
            RefreshUri = async (why, cancellationToken) => await PresignAsync(cancellationToken),
            Network = NetworkRequirement.Any,                    // or UnmeteredOnly
        };

        var download = manager.Add(request, new Screen());
        download.Start();

        await untilTheUserPauses();
        await download.PauseAsync();                             // everything that came is on the disk

        download.Resume();                                       // from there, and with a fresh address if the old one has expired
        var result = await download.Completion;
        #endregion

        Assert.Equal(path, result.Path);
    }

    #region told: the listener
    private sealed class Screen : IDownloadListener
    {
        public void OnProgress(Download download, DownloadProgress progress) => Console.WriteLine($"{progress.Received} of {progress.Total}");

        public void OnStateChanged(Download download, DownloadState before, DownloadState after) => Console.WriteLine($"{before} -> {after}");

        public void OnPaused(Download download) => Console.WriteLine("paused");

        public void OnCompleted(Download download, DownloadResult result) => Console.WriteLine($"{result.Path} is whole");

        public void OnFailed(Download download, Exception failure) => Console.WriteLine(failure.Message);

        public void OnCancelled(Download download) => Console.WriteLine("cancelled");
    }
    #endregion

    /// <summary>The user's own server, which holds the access key.</summary>
    private sealed class Presigning(StoreScene scene) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(scene.Sign().AbsoluteUri) });
    }
}
