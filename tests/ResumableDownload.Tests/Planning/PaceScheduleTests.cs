using ResumableDownload.Planning;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Planning;

/// <summary>What a limit allows by now, and who is next.</summary>
public sealed class PaceScheduleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 32, 1)]
    [InlineData(20_480, 1, 1024)]
    [InlineData(20_480, 32, 32)]
    [InlineData(2_000_000, 0, 100_000)]
    [InlineData(2_000_000, 1, 100_000)]
    [InlineData(2_000_000, 4, 25_000)]
    [InlineData(long.MaxValue, 32, 1 << 20)]
    public void All_reads_together_are_small_enough_to_be_smooth_and_each_is_large_enough_to_be_worth_it(long rate, int readers, int expected) =>
        Assert.Equal(expected, PaceSchedule.ReadSize(rate, readers));

    [Theory]
    [InlineData(1_000, 1_000, 10_000_000)]
    [InlineData(1_000, 0, 0)]
    [InlineData(3, 1, 3_333_334)]
    [InlineData(10_000_000_000, 1, 1)]
    [InlineData(long.MaxValue, 1_048_576, 1)]
    public void What_is_taken_has_to_be_waited_for_and_never_too_short(long rate, long bytes, long ticks) =>
        Assert.Equal(ticks, Fresh(rate).Plus(bytes).Wait.Ticks);

    /// <summary>However odd the rate and however small the steps: what was taken in the time that it takes is paid to the last byte.</summary>
    [Fact]
    public void Nothing_is_rounded_away() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var (rate, taken) = (random.NextInt64(1, 10_000_000_000), 0L);
        var schedule = Fresh(rate);
        while (schedule.Now < Second)
        {
            var bytes = random.Next(1, 1 << 20);
            schedule = schedule.Plus(bytes);
            taken += bytes;
            for (var wait = schedule.Wait; wait > TimeSpan.Zero; wait = schedule.Wait)
            {
                schedule = schedule.At(schedule.Now + new TimeSpan(random.NextInt64(1, wait.Ticks + 1)));
            }
        }

        Assert.Equal(((Int128)taken * TimeSpan.TicksPerSecond) - ((Int128)schedule.Now.Ticks * rate), schedule.Owed);
    }, count: 20);

    [Theory]
    [InlineData(20, 20)]
    [InlineData(50, 50)]
    [InlineData(51, 50)]
    [InlineData(86_400_000, 50)]
    public void Idle_time_is_saved_up_for_a_twentieth_of_a_second(int idle, int saved)
    {
        var schedule = Fresh(1_000_000).At(TimeSpan.FromMilliseconds(idle));
        Assert.Equal(TimeSpan.Zero, schedule.Wait);
        Assert.Equal(TimeSpan.FromMilliseconds(200 - saved), schedule.Plus(200_000).Wait);
    }

    [Fact]
    public void What_is_given_back_may_be_taken_again_but_is_saved_up_no_longer_than_idle_time()
    {
        var schedule = Fresh(1_000).Plus(100);
        Assert.Equal(TimeSpan.FromMilliseconds(30), schedule.Plus(-70).Wait);
        Assert.Equal(TimeSpan.FromMilliseconds(950), schedule.Plus(-500).Plus(1_000).Wait);
    }

    [Fact]
    public void A_clock_that_goes_back_pays_nothing_and_costs_nothing()
    {
        var schedule = Fresh(1_000).At(Second).Plus(100);
        Assert.Equal(schedule, schedule.At(Second / 2));
    }

    [Theory]
    [InlineData(1_000, 1_000_000, 1)]
    [InlineData(1_000_000, 1_000, 1_000)]
    [InlineData(1_000_000, 500_000, 1_000)]
    public void What_is_owed_is_paid_at_the_faster_rate(long before, long after, int milliseconds)
    {
        var schedule = Fresh(before).Plus(1_000).AtRate(after);
        Assert.Equal(TimeSpan.FromMilliseconds(before < after ? milliseconds : milliseconds * 1_000 / before), schedule.Wait);
        Assert.Equal(after, schedule.BytesPerSecond);
    }

    [Fact]
    public void What_a_fast_rate_saved_up_is_no_burst_under_a_slow_one()
    {
        var schedule = Fresh(1_000_000).At(Second).AtRate(1_000);
        Assert.Equal(TimeSpan.FromMilliseconds(950), schedule.Plus(1_000).Wait);
    }

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(1_030, 1_030)]
    [InlineData(0, 950)]
    [InlineData(9_999, 1_050)]
    public void Neither_absence_nor_what_was_given_at_a_higher_rate_weighs_for_long(long place, long expected) =>
        Assert.Equal(new PaceTurn(expected), new PaceTurn(place).Near(1_000, 50));

    [Fact]
    public void Who_was_given_more_is_later()
    {
        Assert.Equal(30, new PaceTurn(20).Plus(10).Place);
        Assert.Equal(15, new PaceTurn(20).Plus(-5).Place);
    }

    private static PaceSchedule Fresh(long rate) => new(rate, TimeSpan.Zero, 0);
}
