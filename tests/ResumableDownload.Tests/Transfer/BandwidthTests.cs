using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A speed limit is kept, and a change of it is felt at once.</summary>
public sealed class BandwidthTests : IDisposable
{
    private readonly Bench _bench = new(ResourceVersion.Random(100_000, 1, "\"v1\""));

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(10_000, 10)]
    [InlineData(100_000, 1)]
    [InlineData(1_000, 100)]
    public async Task A_download_takes_as_long_as_its_limit_says(int bytesPerSecond, double seconds)
    {
        Limit(bytesPerSecond);
        await _bench.RunAsync();
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 0.9 * seconds, 1.1 * seconds);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public void It_comes_evenly_and_not_in_bursts()
    {
        Limit(20_000);
        Assert.False(_bench.Start().IsCompleted);
        for (var second = 1; second <= 4; second++)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(_bench.Server.Sent, (20_000 * second) - 3000, (20_000 * second) + 3000);
        }
    }

    [Theory]
    [InlineData(10_000, 1_000_000)]
    [InlineData(10, 1_000_000)]
    [InlineData(1, 1_000_000)]
    public void A_raised_limit_is_felt_at_once(int before, int after)
    {
        var limit = Limit(before);
        var run = _bench.Start();
        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        limit.BytesPerSecond = after;
        _bench.Time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.True(run.IsCompleted, $"{_bench.Server.Sent} bytes came");
    }

    [Fact]
    public void A_lowered_limit_is_felt_at_once()
    {
        var limit = Limit(20_000);
        Assert.False(_bench.Start().IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        limit.BytesPerSecond = 1000;
        var before = _bench.Server.Sent;
        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.InRange(_bench.Server.Sent - before, 2000, 5000);
    }

    [Fact]
    public void What_comes_slowly_is_written_after_a_fifth_of_a_second_all_the_same()
    {
        Limit(10_000);
        Assert.False(_bench.Start().IsCompleted);
        for (var tick = 0; tick < 50; tick++)
        {
            _bench.Time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.InRange(_bench.Server.Sent - (_bench.Claims()?.Received.Length ?? 0), 0, 2600);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_that_is_none_is_refused(long bytesPerSecond)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BandwidthLimit(bytesPerSecond));
        var limit = new BandwidthLimit(5);
        Assert.Throws<ArgumentOutOfRangeException>(() => limit.BytesPerSecond = bytesPerSecond);
        Assert.Equal(5, limit.BytesPerSecond);
    }

    private BandwidthLimit Limit(long bytesPerSecond)
    {
        var limit = new BandwidthLimit(bytesPerSecond, _bench.Time);
        _bench.Settings = _bench.Settings with { Bandwidth = limit };
        return limit;
    }
}
