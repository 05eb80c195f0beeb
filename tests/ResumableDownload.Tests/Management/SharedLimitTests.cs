namespace ResumableDownload.Tests.Management;

/// <summary>One speed limit for all downloads of a manager.</summary>
public sealed class SharedLimitTests
{
    [Fact]
    public async Task All_downloads_together_keep_to_the_limit_and_it_may_be_changed_meanwhile()
    {
        BandwidthLimit? limit = null;
        await using var bench = new ManagerBench(time => limit = new(1_000_000, time), static (options, limit) => options.BandwidthLimit = limit);
        bench.Origin.Put("a", 3_000_000);
        bench.Origin.Put("b", 3_000_000);
        var (first, second) = (bench.Begin("a"), bench.Begin("b"));
        await bench.Time.DriveAsync(first.Completion);
        await bench.Time.DriveAsync(second.Completion);
        Assert.InRange(bench.Time.Elapsed, TimeSpan.FromSeconds(5.7), TimeSpan.FromSeconds(7));

        limit!.BytesPerSecond = 10_000_000;
        var began = bench.Time.Elapsed;
        bench.Origin.Put("c", 3_000_000);
        await bench.Time.DriveAsync(bench.Begin("c").Completion);
        Assert.InRange(bench.Time.Elapsed - began, TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(0.6));
    }
}
