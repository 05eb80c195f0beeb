using System.Diagnostics;
using System.Security.Cryptography;
using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>The built program, killed again and again. Runs alone: it measures what the sockets hold.</summary>
[Collection(nameof(Alone))]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int MiB = 1 << 20;
    private const int Length = 256 * MiB;
    private const int Kills = 25;

    // One coalescing buffer, and what the sockets of both sides held. Measured with 128 MB/s on loopback: a median of 1 MiB in all;
    // 5 MiB when the client had just started and was slow to read.
    private const int CoalescingBuffer = MiB;
    private const int Sockets = 8 * MiB;
    private const int SocketsOnAverage = 3 * MiB;

    private static Conduct Paced => new() { Pieces = (256 * 1024, TimeSpan.FromMilliseconds(2)) };

    [Fact]
    public async Task Killed_25_times_a_download_is_finished_byte_for_byte_and_little_is_sent_twice()
    {
        using var folder = new TempFolder();
        await using var origin = new ScriptedOrigin(Resource.Version(1, Length)) { Otherwise = Paced };
        var random = new Random(2026);
        for (var kill = 0; kill < Kills; kill++)
        {
            await RunAndKillAsync(origin, folder["file.bin"], random.Next(Length * 3 / 2 / Kills), kill % 6 == 5 ? random.Next(400) : null);
        }

        using var demo = Demo.Start(origin.Url, folder["file.bin"], "-n", "1");
        var report = await demo.EndAsync();

        Assert.Equal((0, "whole"), (report.ExitCode, report.Status));
        Assert.Equal(Hash(origin.Resource.Bytes), Hash(await File.ReadAllBytesAsync(folder["file.bin"])));
        Assert.Equal([folder["file.bin"]], Directory.GetFileSystemEntries(folder.Path));
        var again = FetchedAgain(origin);
        output.WriteLine($"Bytes fetched again for each kill ({again.Count} that cut an answer): {string.Join(", ", again)}");
        output.WriteLine($"median {again.Order().ElementAt(again.Count / 2)}, most {again.Max()}, in all {origin.BodyBytesSent - Length}");
        Assert.All(again, bytes => Assert.InRange(bytes, 0, CoalescingBuffer + Sockets));
        Assert.InRange(origin.BodyBytesSent, Length, Length + ((long)Kills * (CoalescingBuffer + SocketsOnAverage)));
    }

    [Fact]
    public async Task Killed_and_then_changed_a_file_comes_out_as_the_new_version()
    {
        using var folder = new TempFolder();
        await using var origin = new ScriptedOrigin(Resource.Version(1, 64 * MiB)) { Otherwise = Paced };
        await RunAndKillAsync(origin, folder["file.bin"], 20 * MiB, null);
        origin.Resource = Resource.Version(2, 64 * MiB);
        await RunAndKillAsync(origin, folder["file.bin"], 10 * MiB, null);

        using var demo = Demo.Start(origin.Url, folder["file.bin"]);
        var report = await demo.EndAsync();

        Assert.Equal((0, "whole"), (report.ExitCode, report.Status));
        Assert.InRange(report.ResumedFrom, MiB, 10 * MiB + Sockets);
        Scene.AssertSame(origin.Resource.Bytes, await File.ReadAllBytesAsync(folder["file.bin"]));
    }

    [Fact]
    public async Task Killed_around_its_end_a_download_leaves_the_old_file_or_the_new_one()
    {
        const int length = 3 * MiB;
        using var folder = new TempFolder();
        var (destination, old) = (folder["file.bin"], Resource.Content(99, 1000));
        var random = new Random(7);
        var committed = 0;
        for (var round = 0; round < 10; round++)
        {
            await using var origin = new ScriptedOrigin(Resource.Version(round, length));
            await File.WriteAllBytesAsync(destination, old);
            await RunAndKillAsync(origin, destination, length, null, afterwards: random.Next(160));
            var left = await File.ReadAllBytesAsync(destination);
            Scene.AssertSame(left.Length == length ? origin.Resource.Bytes : old, left);
            committed += left.Length / length;

            using var demo = Demo.Start(origin.Url, destination);
            Assert.Equal("whole", (await demo.EndAsync()).Status);

            Scene.AssertSame(origin.Resource.Bytes, await File.ReadAllBytesAsync(destination));
            Assert.Equal([destination], Directory.GetFileSystemEntries(folder.Path));
        }

        output.WriteLine($"Killed after the commit {committed} times of 10.");
    }

    [NginxFact]
    public async Task Killed_while_nginx_sends_it_goes_on_from_what_is_kept()
    {
        using var nginx = await Nginx.StartAsync("limit_rate 12m;");
        using var folder = new TempFolder();
        var resource = Resource.Version(1, 40 * MiB);
        nginx.Publish("file.bin", resource, version: 1);
        for (var kill = 1; kill <= 5; kill++)
        {
            using var killed = Demo.Start(nginx.UrlOf("file.bin"), folder["file.bin"]);
            await Wait.UntilAsync(() => killed.HasExited || ResumableDownloader.Inspect(folder["file.bin"])?.Received >= kill * 6 * MiB, "enough is kept");
            killed.Kill();
        }

        using var demo = Demo.Start(nginx.UrlOf("file.bin"), folder["file.bin"]);
        var report = await demo.EndAsync();

        Assert.InRange(report.ResumedFrom, 30 * MiB, 40 * MiB);
        Scene.AssertSame(resource.Bytes, await File.ReadAllBytesAsync(folder["file.bin"]));
        output.WriteLine($"nginx sent {nginx.BodyBytesSent - resource.Length} bytes again for 5 kills.");
        Assert.InRange(nginx.BodyBytesSent, resource.Length, resource.Length + (5L * (CoalescingBuffer + Sockets)));
    }

    // Kills once so many bytes have been sent in this run; or after a time, which also hits the start-up and the reading of the journal.
    private static async Task RunAndKillAsync(ScriptedOrigin origin, string destination, int bytes, int? milliseconds, int afterwards = 0)
    {
        var before = origin.BodyBytesSent;
        var watch = Stopwatch.StartNew();
        using var demo = Demo.Start(origin.Url, destination, "-n", "1");
        bool IsTime() => milliseconds is { } limit ? watch.ElapsedMilliseconds >= limit : origin.BodyBytesSent - before >= bytes;
        await Wait.UntilAsync(() => demo.HasExited || IsTime(), "it is time to kill");
        Assert.False(demo.HasExited && bytes < origin.Resource.Length, demo.HasExited ? (await demo.EndAsync()).Errors : "");

        // No wait for anything: it only spreads the moments of the kill.
        await Task.Delay(afterwards);
        demo.Kill();
    }

    // What the killed answer had brought to the sockets, less what the next request did not ask for any more.
    private static List<long> FetchedAgain(ScriptedOrigin origin) =>
        [.. origin.Requests.Zip(origin.Requests.Skip(1), (killed, next) => killed.From + killed.BodyBytesSent - next.From)];

    private static string Hash(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
