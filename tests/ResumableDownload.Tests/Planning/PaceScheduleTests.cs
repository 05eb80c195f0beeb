using ResumableDownload.Planning;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Planning;

/// <summary>A limit, simulated: take what was read, wait as told, sometimes be idle or late.</summary>
public sealed class PaceScheduleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void No_second_brings_more_than_a_quarter_over_the_limit() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var rate = random.NextInt64(1_000, 1L << 32);
        var taken = Simulate(random, rate, idles: true);
        for (var (from, to, inSecond) = (0, 0, 0L); to < taken.Count; to++)
        {
            inSecond += taken[to].Bytes;
            while (taken[to].At - taken[from].At >= Second)
            {
                inSecond -= taken[from++].Bytes;
            }

            Assert.InRange(inSecond, 0, rate * 5 / 4);
        }
    }, count: 300);

    [Fact]
    public void In_the_long_run_the_limit_is_met_exactly() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var rate = random.NextInt64(1_000, 1L << 32);
        var taken = Simulate(random, rate, idles: false);
        Assert.InRange(taken.SkipLast(1).Sum(static one => one.Bytes) / taken[^1].At.TotalSeconds, rate * 0.98, rate * 1.02);
    }, count: 300);

    [Fact]
    public void A_changed_rate_is_felt_at_once()
    {
        var (schedule, _) = default(PaceSchedule).Take(50_000, 1_000_000, TimeSpan.FromSeconds(100));
        (schedule, var slow) = schedule.Take(1_000, 1_000, TimeSpan.FromSeconds(100.1));
        Assert.InRange(slow, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1));
        (_, var fast) = schedule.Take(1_000, 1_000_000, TimeSpan.FromSeconds(101.1));
        Assert.Equal(TimeSpan.Zero, fast);
    }

    [Fact]
    public void A_pause_is_not_followed_by_a_burst()
    {
        var (_, wait) = new PaceSchedule(TimeSpan.Zero).Take(100_000, 100_000, TimeSpan.FromHours(1));
        Assert.InRange(wait, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1));
    }

    // Two takes at one moment, as two downloads that share a limit make them.
    [Fact]
    public void Takers_share_the_limit()
    {
        var (schedule, first) = new PaceSchedule(TimeSpan.Zero).Take(1_000, 1_000, TimeSpan.Zero);
        var (_, second) = schedule.Take(1_000, 1_000, TimeSpan.Zero);
        Assert.Equal((Second, 2 * Second), (first, second));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(20_480, 1024)]
    [InlineData(2_000_000, 100_000)]
    [InlineData(long.MaxValue, 1 << 20)]
    public void A_read_is_small_enough_to_be_smooth_and_large_enough_to_be_worth_it(long rate, int expected) =>
        Assert.Equal(expected, PaceSchedule.ReadSize(rate));

    private static List<(TimeSpan At, long Bytes)> Simulate(Random random, long rate, bool idles)
    {
        var (now, schedule, taken) = (TimeSpan.FromSeconds(random.Next(10_000)), default(PaceSchedule), new List<(TimeSpan, long)>());
        for (var (begin, most) = (now, PaceSchedule.ReadSize(rate)); now - begin < 10 * Second && taken.Count < 20_000;)
        {
            var bytes = random.Next(most / 2, most) + 1;
            (schedule, var wait) = schedule.Take(bytes, rate, now);
            taken.Add((now - begin, bytes));
            now += wait + TimeSpan.FromTicks(1) + (idles && random.Next(30) == 0 ? TimeSpan.FromMilliseconds(random.Next(3_000)) : TimeSpan.Zero);
        }

        return taken;
    }
}
