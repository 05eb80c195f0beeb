using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Who waits for a limit is woken in its turn, or when its patience ends, and nobody is woken for nothing.</summary>
public sealed class PaceWaitTests
{
    private readonly PacedReaders _readers = new();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Where_two_have_had_the_same_the_one_that_waits_longer_is_first(bool ofOneDownload, bool isInOrder)
    {
        var (limit, download) = (Limit(1), Limit(1).Party());
        PaceShare[] shares = [.. Enumerable.Range(0, 3).Select(_ => (ofOneDownload ? download : limit.Party()).Join(default))];
        await PayAsync(shares[0]);
        var (first, last) = isInOrder ? (shares[1], shares[2]) : (shares[2], shares[1]);
        var (waits, waitsToo) = (first.WaitAsync().AsTask(), last.WaitAsync().AsTask());
        _readers.Run(1);
        Assert.Equal((true, false), (waits.IsCompleted, waitsToo.IsCompleted));
    }

    [Theory]
    [InlineData(200, 60_000)]
    [InlineData(60_000, 200)]
    public async Task Each_wait_ends_with_its_own_patience(int first, int second)
    {
        var limit = Limit(1);
        using var reader = limit.Party().Join(default);
        await PayAsync(reader);
        using var one = limit.Party().Join(default);
        using var other = limit.Party().Join(default);
        Task<bool>[] waits = [.. new[] { (one, first), (other, second) }.Select(static wait => wait.Item1.WaitAsync(TimeSpan.FromMilliseconds(wait.Item2)).AsTask())];

        _readers.Run(0.199);
        Assert.All(waits, static wait => Assert.False(wait.IsCompleted));
        _readers.Run(0.001);
        Assert.Equal((first < second, second < first), (waits[0].IsCompleted, waits[1].IsCompleted));
        Assert.False(await (first < second ? waits[0] : waits[1]));
        _readers.Run(0.8);
        Assert.True(await (first < second ? waits[1] : waits[0]));
    }

    [Fact]
    public async Task The_next_to_lose_its_patience_is_woken_when_it_does_though_another_had_less()
    {
        var limit = Limit(1);
        using var reader = limit.Party().Join(default);
        await PayAsync(reader);
        Task<bool>[] waits = [.. new[] { 200, 400, 60_000 }.Select(patience => limit.Party().Join(default).WaitAsync(TimeSpan.FromMilliseconds(patience)).AsTask())];
        _readers.Run(0.399);
        Assert.Equal("100", Ended(waits));
        _readers.Run(0.001);
        Assert.Equal("110", Ended(waits));
    }

    [Fact]
    public async Task Two_whose_patience_ends_at_one_moment_are_both_woken()
    {
        var limit = Limit(1);
        using var reader = limit.Party().Join(default);
        await PayAsync(reader);
        using var one = limit.Party().Join(default);
        using var other = limit.Party().Join(default);
        Task<bool>[] waits = [.. new[] { one, other }.Select(static share => share.WaitAsync(TimeSpan.FromMilliseconds(200)).AsTask())];
        _readers.Run(0.2);
        Assert.All(await Task.WhenAll(waits), Assert.False);
    }

    [Fact]
    public async Task Who_has_patience_left_waits_on_when_another_is_served()
    {
        var limit = Limit(1);
        using var reader = limit.Party().Join(default);
        await PayAsync(reader);
        using var one = limit.Party().Join(default);
        using var other = limit.Party().Join(default);
        Task<bool>[] waits = [.. new[] { one, other }.Select(static share => share.WaitAsync(TimeSpan.FromSeconds(60)).AsTask())];
        _readers.Run(1);
        Assert.True(await waits[0]);
        Assert.False(waits[1].IsCompleted);
        one.Pay(1);
        _readers.Run(1);
        Assert.True(await waits[1]);
    }

    [Fact]
    public async Task Who_leaves_while_it_waits_is_not_waited_for()
    {
        var limit = Limit(1);
        using var reader = limit.Party().Join(default);
        await PayAsync(reader);
        var leaves = limit.Party().Join(default);
        using var stays = limit.Party().Join(default);
        var (left, waits) = (leaves.WaitAsync().AsTask(), stays.WaitAsync().AsTask());
        leaves.Dispose();
        _readers.Run(1);
        Assert.Equal((false, true), (left.IsCompleted, waits.IsCompleted));
    }

    [Fact]
    public async Task A_wait_that_begins_after_the_cancellation_gives_nothing()
    {
        var limit = Limit(1);
        using var reader = limit.Party().Join(default);
        await PayAsync(reader);
        using var share = limit.Party().Join(new(canceled: true));
        Assert.False(await share.WaitAsync());
    }

    /// <summary>Four hundred reads of 25 bytes, each with a wait of 25 ms for which a timer is set once.</summary>
    [Fact]
    public void A_wait_wakes_the_machine_once()
    {
        _readers.StartMany(Limit(1_000), 2);
        _readers.Run(10);
        Assert.InRange(_readers.Time.Fired, 1, 410);
    }

    [Fact]
    public async Task A_limit_that_nobody_waits_for_any_more_wakes_the_machine_no_more()
    {
        var limit = Limit(1);
        using var stop = new CancellationTokenSource();
        using var share = limit.Party().Join(stop.Token);
        await PayAsync(share);
        var wait = share.WaitAsync().AsTask();
        Inline.Run(stop.Cancel);
        Assert.False(await wait);
        _readers.Run(3_600);
        Assert.Equal(0, _readers.Time.Fired);
    }

    [Fact]
    public async Task A_wait_for_less_than_the_timers_know_is_one_of_a_millisecond()
    {
        var limit = Limit(1_000_000);
        using var share = limit.Party().Join(default);
        Assert.True(await share.WaitAsync());
        share.Pay(50_000);
        _readers.Time.Advance(TimeSpan.FromMilliseconds(49.9));
        var wait = share.WaitAsync().AsTask();
        Assert.False(wait.IsCompleted);
        _readers.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((true, 1), (wait.IsCompleted, _readers.Time.Fired));
    }

    /// <summary>A real clock goes on between the look at it and the setting of the timer, and a timer that is set into the past is none.</summary>
    [Fact]
    public async Task A_timer_is_never_set_into_the_past()
    {
        var (time, random) = (new HurryingTime(), new Random(1));
        var limit = new BandwidthLimit(1_000_000, time);
        using var share = limit.Party().Join(default);
        for (var round = 0; round < 1_000; round++)
        {
            var wait = share.WaitAsync().AsTask();
            while (!wait.IsCompleted)
            {
                time.Fire();
            }

            Assert.True(await wait);
            share.Pay(random.Next(20_000));
        }

        Assert.NotEmpty(time.Set);
        Assert.All(time.Set, static due => Assert.True(due == Timeout.InfiniteTimeSpan || due >= TimeSpan.FromMilliseconds(1)));
    }

    private static string Ended(Task<bool>[] waits) => string.Concat(waits.Select(static wait => wait.IsCompleted ? '1' : '0'));

    private BandwidthLimit Limit(long rate) => new(rate, _readers.Time);

    private static async Task PayAsync(PaceShare share)
    {
        Assert.True(await share.WaitAsync());
        share.Pay(1);
    }

    /// <summary>Each look at it is three milliseconds later than the one before.</summary>
    private sealed class HurryingTime : TimeProvider
    {
        private long _now;
        private TimerCallback? _callback;
        private object? _state;

        public List<TimeSpan> Set { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now += 3 * TimeSpan.TicksPerMillisecond;

        public void Fire() => Inline.Run(() => _callback!(_state));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return new Timer(Set);
        }

        private sealed class Timer(List<TimeSpan> set) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                set.Add(dueTime);
                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
