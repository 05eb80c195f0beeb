namespace ResumableDownload.IntegrationTests;

/// <summary>The real thing: nginx as Debian ships it, with files on disk.</summary>
public sealed class NginxTests
{
    private const int Length = 3_000_000;
    private const string Slow = "limit_rate 1m;";

    [NginxFact]
    public async Task A_file_is_downloaded_whole()
    {
        using var nginx = await Nginx.StartAsync();
        await using var scene = Publishing(nginx, Resource.Version(1, Length));

        var result = await scene.DownloadAsync(From(nginx, scene));

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((Length, 1), (result.Length, result.Requests));
        Assert.StartsWith("\"", result.Validator.EntityTag, StringComparison.Ordinal);
    }

    [NginxFact]
    public async Task An_interrupted_download_is_resumed_without_loss()
    {
        using var nginx = await Nginx.StartAsync(Slow);
        await using var scene = Publishing(nginx, Resource.Version(1, Length));
        var kept = await InterruptAsync(nginx, scene);

        var result = await scene.DownloadAsync(From(nginx, scene));

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((kept, Length - kept, 1), (result.ResumedFrom, result.Received, result.Requests));
        Assert.StartsWith($"206 {Length - kept} bytes={kept}-", nginx.Log[^1], StringComparison.Ordinal);
    }

    [NginxFact]
    public async Task A_file_replaced_by_one_of_the_same_length_is_never_mixed() => await ChangesAsync(Length);

    [NginxFact]
    public async Task A_file_that_grew_is_never_mixed() => await ChangesAsync(Length + 1_000_000);

    [NginxFact]
    public async Task A_file_that_shrank_is_never_mixed() => await ChangesAsync(Length - 500_000);

    [NginxFact]
    public async Task A_file_shorter_than_what_is_kept_is_never_mixed() => await ChangesAsync(50_000);

    [NginxFact]
    public async Task A_file_that_became_empty_is_an_empty_file() => await ChangesAsync(0);

    [NginxFact]
    public async Task A_file_replaced_by_an_older_one_is_never_mixed() => await ChangesAsync(Length, version: -100);

    [NginxFact]
    public async Task A_file_that_is_gone_keeps_what_came()
    {
        using var nginx = await Nginx.StartAsync(Slow);
        await using var scene = Publishing(nginx, Resource.Version(1, Length));
        var kept = await InterruptAsync(nginx, scene);
        nginx.Withdraw("file.bin");

        var failure = await scene.FailAsync(From(nginx, scene));

        Assert.Equal((DownloadFailure.NotFound, kept), (failure.Failure, failure.Kept));
        nginx.Publish("file.bin", scene.Origin.Resource, version: 1);
        Assert.Equal(kept, (await scene.DownloadAsync(From(nginx, scene))).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [NginxFact]
    public async Task An_empty_file_is_a_file()
    {
        using var nginx = await Nginx.StartAsync();
        await using var scene = Publishing(nginx, Resource.Version(1, 0));

        await scene.DownloadAsync(From(nginx, scene));

        scene.AssertHolds(scene.Origin.Resource);
    }

    [NginxFact]
    public async Task A_file_that_would_be_compressed_comes_as_it_is()
    {
        using var nginx = await Nginx.StartAsync("gzip on; gzip_types *; gzip_min_length 1;");
        await using var scene = Publishing(nginx, new Resource(new byte[200_000]));

        var result = await scene.DownloadAsync(From(nginx, scene));

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(200_000, result.Fetched);
    }

    [NginxFact]
    public async Task A_portal_that_takes_over_costs_nothing()
    {
        using var nginx = await Nginx.StartAsync(Slow + "error_page 404 =200 /login.html;");
        await using var scene = Publishing(nginx, Resource.Version(1, Length));
        await File.WriteAllTextAsync(Path.Combine(nginx.Root, "login.html"), "<html>Log in</html>");
        var kept = await InterruptAsync(nginx, scene);
        nginx.Withdraw("file.bin");

        var failure = await scene.FailAsync(From(nginx, scene));

        Assert.Equal((DownloadFailure.Intercepted, kept), (failure.Failure, failure.Kept));
    }

    private static async Task ChangesAsync(int length, int version = 2)
    {
        using var nginx = await Nginx.StartAsync(Slow);
        await using var scene = Publishing(nginx, Resource.Version(1, Length));
        await InterruptAsync(nginx, scene);
        var changed = Resource.Version(2, length);
        nginx.Publish("file.bin", changed, version);

        var result = await scene.DownloadAsync(From(nginx, scene));

        scene.AssertHolds(changed);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    private static Scene Publishing(Nginx nginx, Resource resource)
    {
        nginx.Publish("file.bin", resource, version: 1);
        return new Scene(resource) { Options = { MaxConnections = 1 } };
    }

    private static DownloadRequest From(Nginx nginx, Scene scene) => new(nginx.UrlOf("file.bin"), scene.Destination);

    private static async Task<long> InterruptAsync(Nginx nginx, Scene scene)
    {
        using var stop = new CancellationTokenSource();
        var download = scene.DownloadAsync(From(nginx, scene), cancellationToken: stop.Token);
        await Wait.UntilAsync(() => ResumableDownloader.Inspect(scene.Destination)?.Received > 200_000, "enough is kept");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        return ResumableDownloader.Inspect(scene.Destination)!.Received;
    }
}
