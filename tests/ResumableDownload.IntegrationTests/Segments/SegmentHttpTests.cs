namespace ResumableDownload.IntegrationTests;

/// <summary>A client that prefers HTTP/2, whose parallel requests share one connection.</summary>
public sealed class SegmentHttpTests(NginxServer server) : IClassFixture<NginxServer>
{
    [ServerTheory("nginx-light")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_first_connection_speaks_http_2_and_further_ones_http_1_unless_the_caller_says_otherwise(bool multiplexes)
    {
        using var folder = new TempFolder();
        var resource = Many.Version(1);
        server.Publish("two.bin", resource, version: 1);
        using var wire = new PacedWire(server.Doors.Single(static door => door.Name == "h2"), server);
        using var client = wire.NewClient();
        var options = Scene.Impatient();
        options.MultiplexSegments = multiplexes;
        using var downloader = new ResumableDownloader(client, options);

        await downloader.DownloadAsync(server.UrlOf(server.Doors.Single(static door => door.Name == "h2"), "two.bin"), folder["two.bin"]).WaitAsync(Wait.Limit);

        Scene.AssertSame(resource.Bytes, await File.ReadAllBytesAsync(folder["two.bin"]));
        var exchanges = wire.Exchanges.ToArray();
        Assert.StartsWith("HTTP/2.0  -> HTTP/2.0 200", exchanges[0], StringComparison.Ordinal);
        Assert.True(exchanges.Length > 1, "Others joined.");
        Assert.All(exchanges[1..], line => Assert.Contains(multiplexes ? "-> HTTP/2.0 206" : "-> HTTP/1.1 206", line, StringComparison.Ordinal));
    }
}
