using System.Security.Cryptography;
using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>The built program with four connections, killed at random moments. Runs alone: it measures what the sockets hold.</summary>
[Collection(nameof(Alone))]
public sealed class SegmentKillTests(ITestOutputHelper output)
{
    private const int Length = 64 * Many.MiB;
    private const int Connections = 4;

    // For each connection, a coalescing buffer and what the sockets of both sides held.
    private const int HeldByOne = 4 * Many.MiB;

    [NginxFact]
    public async Task Killed_with_four_connections_it_is_finished_byte_for_byte_and_little_is_sent_twice()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 4m;");
        using var folder = new TempFolder();
        var resource = Many.Version(1, Length);
        nginx.Publish("file.bin", resource, version: 1);
        var random = new Random(20261);
        var again = new List<long>();
        for (var kill = 0; kill < 8; kill++)
        {
            var (sent, kept) = (nginx.BodyBytesSent, Kept(folder));
            await KillAsync(nginx, folder, kept + random.Next(1, Length / 8), random.Next(50));
            await Wait.UntilAsync(() => nginx.BodyBytesSent > sent, "nginx has noticed");
            await SettledAsync(nginx);
            again.Add(nginx.BodyBytesSent - sent - (Kept(folder) - kept));
        }

        var report = await FinishAsync(nginx, folder);

        Assert.Equal((0, "whole"), (report.ExitCode, report.Status));
        Assert.Equal(SHA256.HashData(resource.Bytes), SHA256.HashData(await File.ReadAllBytesAsync(folder["file.bin"])));
        Assert.Equal([folder["file.bin"]], Directory.GetFileSystemEntries(folder.Path));
        output.WriteLine($"Sent in vain for each kill: {string.Join(", ", again)}; median {again.Order().ElementAt(again.Count / 2)}, most {again.Max()}; in all {nginx.BodyBytesSent - Length}; {nginx.Log.Count} answers.");
        Assert.All(again, static bytes => Assert.InRange(bytes, 0, Connections * HeldByOne));
        Assert.True(nginx.Log.Count(static line => line.StartsWith("206", StringComparison.Ordinal)) > 8, "Several connections joined.");
    }

    [NginxFact]
    public async Task Killed_while_the_file_is_replaced_again_and_again_it_comes_out_as_the_last_version()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 4m;");
        using var folder = new TempFolder();
        var random = new Random(20262);
        for (var version = 1; version <= 4; version++)
        {
            nginx.Publish("file.bin", Many.Version(version, Length / 2), version);
            await KillAsync(nginx, folder, random.Next(Many.MiB, Length / 3), random.Next(50));
        }

        var report = await FinishAsync(nginx, folder);

        Assert.Equal((0, "whole"), (report.ExitCode, report.Status));
        Scene.AssertSame(Many.Version(4, Length / 2).Bytes, await File.ReadAllBytesAsync(folder["file.bin"]));
        output.WriteLine($"{nginx.BodyBytesSent} bytes sent for {Length / 2} in 4 versions.");
    }

    private static long Kept(TempFolder folder) => ResumableDownloader.Inspect(folder["file.bin"])?.Received ?? 0;

    private static async Task KillAsync(Nginx nginx, TempFolder folder, long received, int afterwards)
    {
        using var demo = Demo.Start(nginx.UrlOf("file.bin"), folder["file.bin"], "-n", "4");
        await Wait.UntilAsync(() => demo.HasExited || Kept(folder) >= received, "enough is kept");

        // No wait for anything: it only spreads the moments of the kill.
        await Task.Delay(afterwards);
        demo.Kill();
    }

    // It writes a line when it has seen that a client is gone.
    private static async Task SettledAsync(Nginx nginx)
    {
        for (var lines = -1; lines != nginx.Log.Count;)
        {
            lines = nginx.Log.Count;
            await Task.Delay(300);
        }
    }

    private static async Task<DemoReport> FinishAsync(Nginx nginx, TempFolder folder)
    {
        using var demo = Demo.Start(nginx.UrlOf("file.bin"), folder["file.bin"], "-n", "4");
        return await demo.EndAsync();
    }
}
