using System.Globalization;
using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>
/// A thousand downloads at once through one manager. <c>LOAD_ROUNDS=10</c> in the environment runs as many rounds as it says, and from ten on holds the figures too, which a
/// machine that does other things cannot keep.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Downloads = 1_000;
    private const int Length = 100_000;

    private static readonly int? Rounds = int.TryParse(Environment.GetEnvironmentVariable("LOAD_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : null;

    [Fact]
    public async Task All_are_right_and_nothing_grows()
    {
        await using var origin = await DroppingOrigin.StartAsync([.. Enumerable.Range(0, 16).Select(static number => Resource.Version(number, Length + number))]);
        var options = Scene.Impatient();
        options.MaxAttemptsWithoutProgress = 100; // A reset throws away what was sent, so an answer that is cut off may bring nothing.
        using var downloader = new ResumableDownloader(options);
        await using var manager = new DownloadManager(new() { MaxConcurrentDownloads = Downloads, MaxConcurrentPerHost = Downloads }, downloader);
        using var heart = new Heartbeat();
        var figures = new List<(long Memory, int Handles)>();
        for (var round = 0; round < (Rounds ?? 2); round++)
        {
            await RunAsync(manager, origin);
            figures.Add((GC.GetTotalMemory(forceFullCollection: true), OpenHandles()));
            output.WriteLine($"round {round}: {figures[^1].Memory / 1024} KiB, {figures[^1].Handles} handles, {origin.Drops} drops");
        }

        var late = await heart.EndAsync();
        output.WriteLine($"heartbeat: 99th percentile {late.TotalMilliseconds:0} ms late");
        if (Rounds >= 10)
        {
            Assert.InRange(late.TotalMilliseconds, 0, 100);
            AssertFlat([.. figures.Select(static round => round.Memory)], noise: 4 << 20);
            AssertFlat([.. figures.Select(static round => (long)round.Handles)], noise: 50);
        }
    }

    /// <summary>What grows with every round has left the middle of the first rounds behind in all of the last ones. Pools, of the server in this process too, fill in the first.</summary>
    private static void AssertFlat(long[] rounds, long noise) => Assert.InRange(rounds[^5..].Min(), 0, rounds[..5].Order().ElementAt(2) + noise);

    private static async Task RunAsync(DownloadManager manager, DroppingOrigin origin)
    {
        using var folder = new TempFolder();
        var all = Enumerable.Range(0, Downloads).Select(number => manager.Add(new DownloadRequest(origin.UrlOf(number), folder[$"{number}"]))).ToArray();
        Array.ForEach(all, static download => download.Start());
        await Task.WhenAll(all.Select(static download => download.Completion)).WaitAsync(TimeSpan.FromMinutes(3));

        Assert.Equal(Downloads, Directory.GetFiles(folder.Path).Length);
        foreach (var (number, download) in all.Index())
        {
            Scene.AssertSame(origin.ResourceOf(number).Bytes, await File.ReadAllBytesAsync(folder[$"{number}"]));
            manager.Remove(download);
        }
    }

    private static int OpenHandles() => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;
}
