using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A limit that many share is kept exactly and evenly, and everybody gets the same of it.</summary>
public sealed class PacerTests
{
    private readonly PacedReaders _readers = new();

    [Theory]
    [InlineData(1, 1, int.MaxValue)]
    [InlineData(1, 32, int.MaxValue)]
    [InlineData(10, 32, int.MaxValue)]
    [InlineData(1_000, 4, int.MaxValue)]
    [InlineData(100_000, 32, 100)]
    [InlineData(1_000_000, 1, int.MaxValue)]
    [InlineData(1_000_000, 32, int.MaxValue)]
    [InlineData(12_345_678, 4, 1_460)]
    [InlineData(1_000_000_000, 32, int.MaxValue)]
    [InlineData(10_000_000_000, 4, int.MaxValue)]
    public void Any_number_of_readers_together_keep_any_limit_exactly_and_without_bursts(long rate, int count, int most)
    {
        var limit = Limit(rate);
        _readers.StartMany(limit, count, most);
        _readers.Run(10);

        // One byte is the least, also where the limit is one byte in a second.
        Assert.InRange(_readers.Bytes(0, 10), rate * 9.7, Math.Max(rate * 10.3, (rate * 10) + 1));
        Assert.InRange(_readers.MostInASecond(), 1, Math.Max(rate * 5 / 4, rate + 1));
    }

    [Fact]
    public void After_an_hour_nothing_has_drifted()
    {
        _readers.StartMany(Limit(3_333), 2);
        _readers.Run(3_600);
        Assert.InRange(_readers.Bytes(0, 3_600) - (3_600 * 3_333), -10, 3_333 / 10);
    }

    [Fact]
    public void Who_reads_little_at_once_gets_as_much_as_who_reads_much()
    {
        var limit = Limit(1_000_000);
        int[] sizes = [17, 100, 1_000, 1_460, 4_096, 10_000, 100_000, int.MaxValue];
        for (var reader = 0; reader < sizes.Length; reader++)
        {
            _ = _readers.Start(limit, reader, sizes[reader]);
        }

        _readers.Run(3);
        Assert.All(_readers.Parts(sizes.Length, 0, 3), static part => Assert.InRange(part, 0.9, 1.1));
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
    }

    /// <summary>Two readers of slow servers need a tenth and a fifth: the other two share what they leave.</summary>
    [Fact]
    public void What_a_slow_one_leaves_is_shared_by_the_others()
    {
        var limit = Limit(1_000_000);
        _ = _readers.Start(limit, 0, 1_000, static () => TimeSpan.FromMilliseconds(10));
        _ = _readers.Start(limit, 1, 2_000, static () => TimeSpan.FromMilliseconds(10));
        _ = _readers.Start(limit, 2);
        _ = _readers.Start(limit, 3, 1_460);
        _readers.Run(10);

        long[] expected = [100_000, 200_000, 350_000, 350_000];
        Assert.All(expected, (rate, reader) => Assert.InRange(_readers.Bytes(0, 10, reader), rate * 9.0, rate * 11.0));
        Assert.InRange(_readers.Bytes(0, 10), 9_700_000, 10_300_000);
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
    }

    /// <summary>Thirty-one of whom nothing comes hold back nobody, and when all of them wake up at once it is no burst.</summary>
    [Fact]
    public void Those_that_stand_still_take_nothing_from_the_one_that_reads()
    {
        var limit = Limit(1_000_000);
        for (var reader = 1; reader < 32; reader++)
        {
            _ = _readers.Start(limit, reader, latency: () => _readers.Time.Elapsed.TotalSeconds < 5 ? TimeSpan.FromSeconds(5) - _readers.Time.Elapsed : TimeSpan.Zero);
        }

        _ = _readers.Start(limit, 0);
        _readers.Run(15);
        Assert.InRange(_readers.Bytes(0, 5, 0), 4_850_000, 5_150_000);
        Assert.InRange(_readers.Bytes(5, 15), 9_700_000, 10_300_000);
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
        Assert.All(_readers.Parts(32, 6, 15), static part => Assert.InRange(part, 0.9, 1.1));
    }

    [Fact]
    public void Who_comes_back_from_a_slow_disk_has_missed_that_time_and_no_more()
    {
        var limit = Limit(1_000_000);
        var reads = 0;
        _ = _readers.Start(limit, 0, latency: () => ++reads % 40 == 0 ? TimeSpan.FromMilliseconds(900) : TimeSpan.FromMilliseconds(40));
        _ = _readers.Start(limit, 1);
        _readers.Run(20);
        Assert.InRange(_readers.Bytes(0, 20, 0), 500_000 * 20 * 0.6, 500_000 * 20 * 0.8);
        Assert.InRange(_readers.Bytes(0, 20), 19_400_000, 20_600_000);
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
    }

    [Fact]
    public async Task Who_joins_gets_its_part_at_once_and_who_leaves_leaves_it()
    {
        var limit = Limit(1_000_000);
        _readers.StartMany(limit, 3);
        _readers.Run(5);
        using var stop = new CancellationTokenSource();
        var last = _readers.Start(limit, 3, 5_000, cancellationToken: stop.Token);
        _readers.Run(5);
        Inline.Run(stop.Cancel);
        await last;
        _readers.Run(5);

        Assert.All(_readers.Parts(4, 5, 7), static part => Assert.InRange(part, 0.9, 1.1));
        Assert.Equal(0, _readers.Bytes(10, 15, 3));
        Assert.All(_readers.Parts(3, 10, 12), static part => Assert.InRange(part, 0.9, 1.1));
        Assert.InRange(_readers.Bytes(0, 15), 14_900_000, 15_100_000);
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
    }

    [Fact]
    public void A_long_pause_of_all_is_followed_by_no_burst()
    {
        var limit = Limit(1_000_000);
        _readers.Run(3_600);
        _readers.StartMany(limit, 4);
        _readers.Run(2);
        Assert.InRange(_readers.Bytes(3_600, 3_600.2), 200_000, 300_000);
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
    }

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(10, 10_000_000_000)]
    [InlineData(100_000, 200_000)]
    public void A_raised_rate_wakes_those_that_wait(long before, long after)
    {
        var limit = Limit(before);
        _readers.StartMany(limit, 32);
        _readers.Run(3.05);
        limit.BytesPerSecond = after;
        _readers.Run(0.1);
        Assert.InRange(_readers.Bytes(3.05, 3.15), after * 0.09, after * 0.2);
        _readers.Run(2);
        Assert.All(_readers.Parts(32, 3.15, 5.15), static part => Assert.InRange(part, 0.9, 1.1));
    }

    [Theory]
    [InlineData(10_000_000_000, 1_000)]
    [InlineData(1_000_000, 10)]
    [InlineData(200_000, 100_000)]
    public void A_lowered_rate_holds_at_once_and_nobody_waits_for_what_was_read_before(long before, long after)
    {
        var limit = Limit(before);
        _readers.StartMany(limit, 32);
        _readers.Run(3.05);
        limit.BytesPerSecond = after;
        _readers.Run(10);
        Assert.InRange(_readers.Bytes(3.0501, 3.1501), after * 0.05, after * 0.15);
        Assert.InRange(_readers.Bytes(3.0501, 13.05), after * 9.7, after * 10.3);
        Assert.All(_readers.Parts(32, 3.0501, 13.05), part => Assert.InRange(part, after < 100 ? 0.5 : 0.9, after < 100 ? 1.5 : 1.1));
    }

    [Fact]
    public async Task A_cancelled_wait_ends_at_once_without_an_exception_and_the_next_one_is_served()
    {
        var limit = Limit(1);
        using var stop = new CancellationTokenSource();
        _readers.StartMany(limit, 1);
        var cancelled = _readers.Start(limit, 1, cancellationToken: stop.Token);
        Assert.False(cancelled.IsCompleted);
        Inline.Run(stop.Cancel);
        Assert.True(cancelled.IsCompletedSuccessfully);
        await cancelled;

        await _readers.Start(limit, 2, cancellationToken: new(canceled: true));
        _readers.Run(5.5);
        Assert.Equal((6, 0), (_readers.Bytes(0, 6, 0), _readers.Bytes(0, 6, 1)));
    }

    private BandwidthLimit Limit(long rate) => new(rate, _readers.Time);
}
