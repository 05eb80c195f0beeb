namespace ResumableDownload.IntegrationTests;

/// <summary>ASP.NET Core's own file server, which has its own view of conditions.</summary>
public sealed class KestrelTests
{
    private const int Length = 2_000_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_interrupted_download_is_resumed_without_loss(bool withoutTag)
    {
        await using var server = await StaticServer.StartAsync(withoutTag);
        await using var scene = new Scene(server.Publish(1, Length));
        var kept = await InterruptAsync(server, scene);

        var result = await scene.DownloadAsync(From(server, scene));

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((kept, Length - kept), (result.ResumedFrom, result.Fetched));
    }

    [Theory]
    [InlineData(2, Length, false)]
    [InlineData(2, Length + 5, false)]
    [InlineData(2, 70_000, false)]
    [InlineData(0, Length, false)]
    [InlineData(2, Length, true)]
    // An older file: Kestrel takes an If-Range date that is later than the file's for a match, and sends a part of the older one.
    [InlineData(0, Length, true)]
    public async Task A_replaced_file_is_never_mixed(int version, int length, bool withoutTag)
    {
        await using var server = await StaticServer.StartAsync(withoutTag);
        await using var scene = new Scene(server.Publish(1, Length));
        await InterruptAsync(server, scene);
        var changed = server.Publish(version, length);

        await scene.DownloadAsync(From(server, scene));

        scene.AssertHolds(changed);
    }

    private static DownloadRequest From(StaticServer server, Scene scene) => new(server.Url, scene.Destination);

    private static async Task<long> InterruptAsync(StaticServer server, Scene scene)
    {
        using var stop = new CancellationTokenSource();
        scene.Options.BandwidthLimit = new BandwidthLimit(1_000_000);
        var download = scene.DownloadAsync(From(server, scene), cancellationToken: stop.Token);
        await Wait.UntilAsync(() => ResumableDownloader.Inspect(scene.Destination)?.Received > 100_000, "enough is kept");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        scene.Options.BandwidthLimit = null;
        return ResumableDownloader.Inspect(scene.Destination)!.Received;
    }
}
