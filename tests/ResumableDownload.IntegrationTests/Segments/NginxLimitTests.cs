using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>nginx that counts connections.</summary>
public sealed class NginxLimitTests(ITestOutputHelper output)
{
    [NginxFact]
    public async Task A_limit_on_connections_is_kept_to_and_remembered()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 3m; limit_conn each 2;", "limit_conn_zone $binary_remote_addr zone=each:1m;");
        await using var scene = new Scene(Many.Version(1, 16 * Many.MiB));
        scene.Options.MaxConnections = 8;
        nginx.Publish("file.bin", scene.Origin.Resource, version: 1);
        using var downloader = new ResumableDownloader(scene.Options);

        var first = await downloader.DownloadAsync(nginx.UrlOf("file.bin"), scene.Destination).WaitAsync(Wait.Limit);
        scene.AssertHolds(scene.Origin.Resource);
        var refused = nginx.Log.Count(static line => line.StartsWith("503", StringComparison.Ordinal));
        await downloader.DownloadAsync(nginx.UrlOf("file.bin"), scene.Destination).WaitAsync(Wait.Limit);
        scene.AssertHolds(scene.Origin.Resource);
        var later = nginx.Log.Count(static line => line.StartsWith("503", StringComparison.Ordinal)) - refused;

        output.WriteLine($"Refused in the first download: {refused}, in the second: {later}; {first.Elapsed.TotalSeconds:0.0} s.\n{string.Join('\n', nginx.Log)}");
        Assert.InRange(refused, 1, 8);
        Assert.InRange(later, 0, 2);
        Assert.Empty(first.StartedOver);
    }
}
