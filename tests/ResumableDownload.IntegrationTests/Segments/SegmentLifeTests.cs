using System.Diagnostics;
using System.Security.Cryptography;

namespace ResumableDownload.IntegrationTests;

/// <summary>What users do, and what networks do, while several connections bring a file.</summary>
public sealed class SegmentLifeTests
{
    // What one connection may have fetched in vain: a coalescing buffer that was not written, and what the sockets of both sides held.
    private const int HeldByOne = 8 * Many.MiB;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task Several_connections_bring_a_whole_file_in_ranges_and_progress_tells_it(int connections)
    {
        await using var scene = Many.Scene(24 * Many.MiB);
        scene.Options.MaxConnections = connections;
        var probe = new ProgressProbe();

        var result = await scene.HurryAsync(probe);

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Empty(result.StartedOver);
        Assert.True(scene.Requests[0].IsPlain, "The first request is plain.");
        Assert.NotEmpty(scene.Ranges());
        Assert.All(scene.Ranges(), static request => Assert.NotNull(request.IfRange));
        Assert.InRange(probe.Reports.Max(static report => report.Connections), 2, connections);
        Assert.InRange(result.Fetched - result.Length, 0, result.Length / 20);
        AssertOrderly(probe);
    }

    [Fact]
    public async Task Progress_falls_only_when_it_starts_over_and_ends_with_the_call()
    {
        await using var scene = Many.Scene();
        var count = 0;
        scene.Origin.ByRequest = _ => Many.Paced with { First = () => scene.Origin.Resource = Many.Version(Interlocked.Increment(ref count) < 3 ? 1 : 2) };
        var probe = new ProgressProbe();

        await scene.HurryAsync(probe);

        var told = probe.Reports.Count;
        AssertOrderly(probe);
        await Task.Delay(200);
        Assert.Equal(told, probe.Reports.Count);
        Assert.Equal(scene.Origin.Resource.Length, probe.Last!.Received);
        Assert.Equal(0, probe.Last.Connections);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cancelled_in_the_middle_it_keeps_what_came_and_fetches_only_the_rest(int sixths)
    {
        await using var scene = Many.Scene();
        var length = scene.Origin.Resource.Length;
        await scene.PauseAsync(sixths * length / 6);
        var kept = ResumableDownloader.Inspect(scene.Destination)!.Received;
        Assert.InRange(kept, sixths * length / 6, length - 1);

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(kept, result.ResumedFrom);
        Assert.Empty(result.StartedOver);
        Assert.InRange(result.Fetched, length - kept, length - kept + (length / 20));
        Assert.InRange(scene.Origin.BodyBytesSent, length, length + (4L * HeldByOne));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cancelled_again_and_again_each_run_ends_even_when_another_connection_was_just_about_to_join(int seed)
    {
        await using var scene = Many.Scene();
        scene.Options.MaxConnections = 8;
        var random = new Random(seed);
        var length = scene.Origin.Resource.Length;
        for (var kept = 0L; kept < length / 2; kept = ResumableDownloader.Inspect(scene.Destination)!.Received)
        {
            await scene.PauseAsync(kept + random.Next(64 * 1024, Many.MiB));
        }

        Assert.Empty((await scene.HurryAsync()).StartedOver);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task Disposed_in_the_middle_it_keeps_what_came()
    {
        await using var scene = Many.Scene();
        var downloader = scene.NewDownloader();
        var progress = new Many.Trigger(static report => report.Received > 5 * Many.MiB, downloader.Dispose);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => downloader.DownloadAsync(scene.Origin.Url, scene.Destination, progress).WaitAsync(Wait.Limit));

        var result = await scene.HurryAsync();
        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange(result.ResumedFrom, 5 * Many.MiB, 12 * Many.MiB);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Resets_at_random_on_every_connection_lose_nothing(int seed)
    {
        await using var scene = Many.Scene();
        scene.Options.MaxConnections = 8;
        var random = new Random(seed);
        scene.Origin.ByRequest = _ => Many.Paced with { BodyLimit = Next(random), Ending = Next(random) % 2 == 0 ? Ending.Reset : Ending.Close };

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Empty(result.StartedOver);
        Assert.InRange(result.Fetched - result.Length, 0, result.Length / 10);
    }

    [Fact]
    public async Task A_server_that_goes_away_for_a_while_is_awaited()
    {
        await using var scene = Many.Scene();
        scene.Options.RetryDelay = TimeSpan.FromSeconds(1);
        scene.Options.MaxRetryDelay = TimeSpan.FromSeconds(4);
        var away = new Stopwatch();
        scene.Origin.ByRequest = request =>
        {
            if (scene.Requests.Count > 2 && !away.IsRunning)
            {
                away.Start();
            }

            return away.IsRunning && away.ElapsedMilliseconds < 800 ? Conduct.Silence(Ending.Reset) : Many.Paced with { BodyLimit = 3 * Many.MiB, Ending = Ending.Reset };
        };

        var result = await scene.HurryAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Empty(result.StartedOver);
    }

    [Theory]
    [InlineData(DigestAlgorithm.Crc64, true)]
    [InlineData(DigestAlgorithm.Crc64, false)]
    [InlineData(DigestAlgorithm.Sha256, true)]
    [InlineData(DigestAlgorithm.Sha256, false)]
    public async Task The_callers_digest_is_proved_whatever_the_order_the_ranges_came_in(DigestAlgorithm algorithm, bool isRight)
    {
        await using var scene = Many.Scene();
        scene.Options.MaxConnections = 8;
        var bytes = isRight ? scene.Origin.Resource.Bytes : [.. scene.Origin.Resource.Bytes[..^1], (byte)(scene.Origin.Resource.Bytes[^1] ^ 1)];
        var digest = algorithm == DigestAlgorithm.Sha256
            ? new Digest(algorithm, SHA256.HashData(bytes))
            : Digest.Parse($"crc64:{BitwiseCrc.Crc64Xz(bytes):x16}");
        var request = new DownloadRequest(scene.Origin.Url, scene.Destination) { ExpectedDigest = digest };

        if (isRight)
        {
            Assert.Equal(digest, Assert.Single((await scene.HurryAsync(request)).ProvedBy).Digest);
            scene.AssertHolds(scene.Origin.Resource);
            return;
        }

        var failure = await Assert.ThrowsAsync<DownloadException>(() => scene.HurryAsync(request));
        Assert.Equal(DownloadFailure.DigestMismatch, failure.Failure);
        Assert.False(File.Exists(scene.Destination));
    }

    [Fact]
    public async Task A_speed_limit_holds_for_all_connections_together()
    {
        await using var scene = Many.Scene();
        scene.Options.BandwidthLimit = new BandwidthLimit(4_000_000);
        var watch = Stopwatch.StartNew();

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange(watch.Elapsed.TotalSeconds, 12 * Many.MiB / 4_000_000d * 0.9, 12);
        Assert.NotEmpty(scene.Ranges());
    }

    [Fact]
    public async Task A_part_of_a_resource_comes_over_several_connections()
    {
        await using var scene = Many.Scene(24 * Many.MiB);
        var range = new ByteRange(5_000_001, 17_000_003);

        await scene.HurryAsync(new DownloadRequest(scene.Origin.Url, scene.Destination) { Range = range });

        Scene.AssertSame(scene.Origin.Resource.Bytes[5_000_001..17_000_003], await File.ReadAllBytesAsync(scene.Destination));
        Assert.InRange(scene.Ranges().Count, 2, 20);
        Assert.All(scene.Ranges(), request => Assert.InRange(request.From, range.Start, range.End - 1));
        Assert.InRange(scene.Origin.BodyBytesSent, range.Length, range.Length + (2 * HeldByOne));
    }

    [Fact]
    public async Task Two_downloaders_at_one_destination_do_not_disturb_each_other()
    {
        await using var scene = Many.Scene();

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Record.ExceptionAsync(() => scene.HurryAsync())));

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Contains(null, both);
        Assert.All(both, static fault => Assert.True(fault is null or DownloadException { Failure: DownloadFailure.InUse }, $"{fault}"));
    }

    private static long Next(Random random)
    {
        lock (random)
        {
            return random.Next(64 * 1024, 1_500_000);
        }
    }

    private static void AssertOrderly(ProgressProbe probe)
    {
        foreach (var (before, after) in probe.Reports.Zip(probe.Reports.Skip(1)))
        {
            Assert.True(after.Received >= before.Received || after.StartedOver > before.StartedOver, $"{before.Received} and then {after.Received}, without a start over.");
            Assert.True(after.Fetched >= before.Fetched && after.Requests >= before.Requests, "What was fetched does not become less.");
        }
    }
}
