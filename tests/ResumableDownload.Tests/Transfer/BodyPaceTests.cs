using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Several limits that hold at once.</summary>
public sealed class BodyPaceTests
{
    private readonly PacedReaders _readers = new();

    [Theory]
    [InlineData(1_000_000, 100_000, 1)]
    [InlineData(100_000, 1_000_000, 1)]
    [InlineData(100_000, 1_000_000, 8)]
    [InlineData(50_000, 50_000, 3)]
    [InlineData(1, 10_000_000_000, 2)]
    [InlineData(10_000_000_000, 1, 2)]
    public void Of_two_limits_the_lower_one_rules(long first, long second, int connections)
    {
        _readers.StartDownload(0, connections, Limit(first), Limit(second));
        _readers.Run(10);

        var rate = Math.Min(first, second);
        Assert.InRange(_readers.Bytes(0, 10), rate * 9.7, Math.Max(rate * 10.3, (rate * 10) + 1));
        Assert.InRange(_readers.MostInASecond(), 1, Math.Max(rate * 5 / 4, rate + 1));
    }

    [Fact]
    public void What_its_own_limit_forbids_a_download_is_left_to_those_that_share_the_other_one()
    {
        var (shared, own) = (Limit(1_000_000), Limit(100_000));
        _readers.StartDownload(0, 4, own, shared);
        _readers.StartDownload(1, 1, shared);
        _readers.StartDownload(2, 2, shared);
        _readers.Run(10);

        long[] expected = [100_000, 450_000, 450_000];
        Assert.All(expected, (rate, reader) => Assert.InRange(_readers.Bytes(0, 10, reader), rate * 9.6, rate * 10.4));
        Assert.InRange(_readers.Bytes(0, 10), 9_700_000, 10_300_000);
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
    }

    /// <summary>What the fast limit gives meanwhile to those who wait for a slow one is missed by nobody.</summary>
    [Fact]
    public void Those_that_wait_for_a_limit_of_their_own_hold_up_no_others()
    {
        var shared = Limit(1_000_000);
        for (var reader = 1; reader < 20; reader++)
        {
            _readers.StartDownload(reader, 2, shared, Limit(1));
        }

        _readers.StartDownload(0, 1, shared);
        _readers.Run(10);

        Assert.InRange(_readers.Bytes(0, 10, 0), 9_700_000, 10_300_000);
        Assert.InRange(_readers.MostInASecond(), 970_000, 1_250_000);
    }

    [Fact]
    public void When_the_lower_one_is_raised_the_other_one_rules()
    {
        var (first, second) = (Limit(100_000), Limit(500_000));
        _readers.StartDownload(0, 3, first, second);
        _readers.Run(5);
        first.BytesPerSecond = 2_000_000;
        _readers.Run(5);
        second.BytesPerSecond = 50_000;
        _readers.Run(5);

        Assert.InRange(_readers.Bytes(0, 5), 485_000, 515_000);
        Assert.InRange(_readers.Bytes(5, 10), 2_425_000, 2_575_000);
        Assert.InRange(_readers.Bytes(10.0001, 15), 242_500, 257_500);
    }

    [Fact]
    public void A_limit_that_is_named_twice_holds_once()
    {
        var limit = Limit(100_000);
        _readers.StartDownload(0, 1, limit, limit);
        _readers.Run(10);
        Assert.InRange(_readers.Bytes(0, 10), 970_000, 1_030_000);
    }

    [Fact]
    public async Task A_download_without_a_limit_never_waits()
    {
        using var pace = new DownloadPace([]).Join(static () => TimeSpan.Zero, default);
        Assert.True(await pace.WaitAsync());
        pace.Pay(5);
        Assert.Equal(int.MaxValue, pace.ReadSize);
    }

    [Fact]
    public async Task A_read_is_no_longer_than_each_limit_allows_and_is_paid_to_each()
    {
        var (first, second) = (Limit(1_000), Limit(400));
        using var pace = new DownloadPace([first, second]).Join(static () => null, default);
        Assert.True(await pace.WaitAsync());
        Assert.Equal(20, pace.ReadSize);
        pace.Pay(20);
        var wait = pace.WaitAsync().AsTask();
        _readers.Run(0.049);
        Assert.False(wait.IsCompleted);
        _readers.Run(0.001);
        Assert.True(await wait);
        using var other = first.Party().Join(default);
        Assert.False(other.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task A_cancelled_wait_for_the_second_limit_gives_back_what_the_first_one_gave()
    {
        var (first, second) = (Limit(1_000), Limit(1));
        using var stop = new CancellationTokenSource();
        using (var other = second.Party().Join(default))
        {
            Assert.True(await other.WaitAsync());
            var pace = new DownloadPace([first, second]).Join(static () => null, stop.Token);
            var wait = pace.WaitAsync().AsTask();
            Assert.False(wait.IsCompleted);
            Inline.Run(stop.Cancel);
            Assert.False(await wait);
            pace.Dispose();
        }

        using var next = first.Party().Join(default);
        Assert.True(next.WaitAsync().AsTask().IsCompleted);
        Assert.Equal(50, next.ReadSize);
    }

    /// <summary>What was read must not wait for both limits in turn.</summary>
    [Fact]
    public async Task Patience_is_asked_for_anew_before_each_limit()
    {
        var (first, second, until) = (Limit(10), Limit(1), TimeSpan.FromMilliseconds(200));
        using var pace = new DownloadPace([first, second]).Join(() => until - _readers.Time.Elapsed, default);
        Assert.True(await pace.WaitAsync());
        pace.Pay(1);
        var wait = pace.WaitAsync().AsTask();
        _readers.Run(0.15);
        Assert.False(wait.IsCompleted);
        _readers.Run(0.05);
        Assert.True(wait.IsCompleted);
        Assert.False(await wait);
        until = TimeSpan.FromSeconds(9);
        wait = pace.WaitAsync().AsTask();
        _readers.Run(0.8);
        Assert.True(await wait);
    }

    [Fact]
    public async Task A_read_that_need_not_wait_costs_no_memory()
    {
        using var pace = new DownloadPace([Limit(1_000_000_000)]).Join(static () => null, default);
        _readers.Run(1);
        Assert.True(await pace.WaitAsync());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var read = 0; read < 10_000; read++)
        {
            pace.Pay(1_000);
            await pace.WaitAsync();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 9_999);
    }

    private BandwidthLimit Limit(long rate) => new(rate, _readers.Time);
}
