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
    public async Task What_a_connection_was_allowed_to_read_when_it_broke_is_allowed_to_the_next()
    {
        Limit(10_000);
        _bench.Server.Version = ResourceVersion.Random(10_000, 1, "\"v1\"");
        _bench.Server.Otherwise = new Conduct { CutAfter = 500 };
        Assert.Equal(20, (await _bench.RunAsync()).Requests);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 0.9, 1.1);
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
        Assert.Equal(after, limit.BytesPerSecond);
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

    [Fact]
    public void What_was_read_is_written_in_time_also_when_the_limit_is_lowered_while_it_waits()
    {
        var limit = Limit(1_000);
        Assert.False(_bench.Start().IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(1.03));
        limit.BytesPerSecond = 1;
        _bench.Time.Advance(TimeSpan.FromSeconds(0.25));
        Assert.InRange(_bench.Server.Sent, 1_000, 1_060);
        Assert.Equal(_bench.Server.Sent, _bench.Claims()!.Received.Length);
    }

    [Fact]
    public void Two_downloads_that_share_a_limit_get_half_of_it_each()
    {
        using var other = Other(Limit(20_000));
        Assert.False(_bench.Start().IsCompleted);
        Assert.False(other.Start().IsCompleted);
        for (var second = 1; second <= 9; second++)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(_bench.Server.Sent, (10_000 * second) - 1000, (10_000 * second) + 1000);
            Assert.InRange(other.Server.Sent, (10_000 * second) - 1000, (10_000 * second) + 1000);
        }
    }

    /// <summary>As long as nothing limits them, more connections pay; then a limit is set to all.</summary>
    [Fact]
    public void A_download_of_four_connections_gets_as_much_as_one_of_a_single_one()
    {
        var limit = Limit(1_000_000_000);
        var reports = new Reports(_bench.Time);
        using var many = new Bench(ResourceVersion.Random(24 << 20, 3, "\"v3\""), _bench.Time);
        many.Server.Otherwise = new() { Piece = 3_200, Pause = TimeSpan.FromMilliseconds(5) };
        many.Settings = many.Settings with { Bandwidths = [limit], MostConnections = 4 };
        Assert.False(many.Start(reports).IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(4, reports.All[^1].Progress.Connections);

        limit.BytesPerSecond = 10_000;
        Assert.False(_bench.Start().IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        var (before, beforeOfMany) = (_bench.Server.Sent, many.Server.Sent);
        _bench.Time.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(4, reports.All[^1].Progress.Connections);
        Assert.InRange(_bench.Server.Sent - before, 73_000, 77_000);
        Assert.InRange(many.Server.Sent - beforeOfMany, 73_000, 77_000);
    }

    [Theory]
    [InlineData(10_000, 50_000)]
    [InlineData(50_000, 10_000)]
    public async Task Under_two_limits_a_download_takes_as_long_as_the_lower_one_says(int first, int second)
    {
        _bench.Settings = _bench.Settings with { Bandwidths = [new BandwidthLimit(first, _bench.Time), new BandwidthLimit(second, _bench.Time)] };
        await _bench.RunAsync();
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 9, 11);
        _bench.AssertWhole(_bench.Server.Version);
    }

    /// <summary>At a byte in a second the second download has to wait for its first one.</summary>
    [Fact]
    public async Task One_that_waits_for_its_first_turn_is_cancelled_at_once()
    {
        using var other = Other(Limit(1));
        using var cancellation = new CancellationTokenSource();
        Assert.False(_bench.Start().IsCompleted);
        var run = other.Start(cancellationToken: cancellation.Token);
        _bench.Time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.False(run.IsCompleted);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal((1, 0, 0.5), (_bench.Server.Sent, other.Server.Sent, _bench.Time.Elapsed.TotalSeconds));
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

    private Bench Other(BandwidthLimit limit)
    {
        var other = new Bench(ResourceVersion.Random(100_000, 2, "\"v2\""), _bench.Time);
        other.Settings = other.Settings with { Bandwidths = [limit] };
        return other;
    }

    private BandwidthLimit Limit(long bytesPerSecond)
    {
        var limit = new BandwidthLimit(bytesPerSecond, _bench.Time);
        _bench.Settings = _bench.Settings with { Bandwidths = [limit] };
        return limit;
    }
}
