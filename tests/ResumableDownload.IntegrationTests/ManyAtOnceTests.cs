using System.Diagnostics;

namespace ResumableDownload.IntegrationTests;

/// <summary>One downloader holds nothing of one download that another could see.</summary>
public sealed class ManyAtOnceTests
{
    private const int Length = 400_000;

    [Fact]
    public async Task Many_downloads_at_once_each_get_their_own_file()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.CutAt(90_000) } };
        using var downloader = new ResumableDownloader(scene.Options);
        foreach (var number in Enumerable.Range(0, 16))
        {
            scene.Origin.Resources[$"/{number}"] = Resource.Version(number, Length + number);
        }

        await Task.WhenAll(scene.Origin.Resources.Keys.Select(path => downloader.DownloadAsync(scene.Origin.UrlOf(path), scene.Folder[path[1..]])))
            .WaitAsync(Wait.Limit);

        Assert.All(scene.Origin.Resources, pair => Scene.AssertSame(pair.Value.Bytes, File.ReadAllBytes(scene.Folder[pair.Key[1..]])));
        Assert.Equal(scene.Origin.Resources.Values.Sum(resource => resource.Length), scene.Origin.BodyBytesSent);
    }

    [Fact]
    public async Task A_shared_limit_bounds_all_downloads_together_and_may_be_raised_while_they_run()
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        var limit = scene.Options.BandwidthLimit = new BandwidthLimit(200_000);
        using var downloader = new ResumableDownloader(scene.Options);
        var watch = Stopwatch.StartNew();
        var downloads = Task.WhenAll(Enumerable.Range(0, 3)
            .Select(number => downloader.DownloadAsync(scene.Origin.UrlOf($"/{number}"), scene.Folder[$"{number}"])));
        await Wait.UntilAsync(() => watch.ElapsedMilliseconds > 1_000, "a second has passed");
        Assert.InRange(Enumerable.Range(0, 3).Sum(number => ResumableDownloader.Inspect(scene.Folder[$"{number}"])?.Received ?? 0), 0, 350_000);

        limit.BytesPerSecond = 1_000_000_000;

        await downloads.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task One_failure_disturbs_no_other_download()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(200_000));
        using var downloader = new ResumableDownloader(scene.Options);
        using var stop = new CancellationTokenSource();
        var stalled = downloader.DownloadAsync(scene.Origin.Url, scene.Folder["stalled"], cancellationToken: stop.Token);
        await Wait.UntilAsync(() => scene.Requests.Count == 1, "the first download has begun");
        scene.Origin.Then(Conduct.Refuse(404));

        await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(scene.Origin.Url, scene.Folder["gone"]).WaitAsync(Wait.Limit));
        await downloader.DownloadAsync(scene.Origin.Url, scene.Folder["whole"]).WaitAsync(Wait.Limit);

        Assert.False(stalled.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stalled.WaitAsync(Wait.Limit));
        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(scene.Folder["whole"]));
    }
}
