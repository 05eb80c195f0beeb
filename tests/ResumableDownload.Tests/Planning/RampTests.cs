using ResumableDownload.Planning;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Planning;

/// <summary>How many connections are wanted, beat by beat.</summary>
public sealed class RampTests
{
    private const long Huge = 1L << 40;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    /// <summary>With a step of two beats.</summary>
    private static readonly TimeSpan Setup = TimeSpan.FromMilliseconds(33);

    [Fact]
    public void It_begins_with_one_and_knows_nothing_before_a_beat() => Assert.Equal([1, 2, 2], Wanted(static _ => 1e6, beats: 3));

    [Fact]
    public void It_doubles_each_step_while_that_brings_more() =>
        Assert.Equal([1, 2, 2, 4, 4, 4, 8, 8, 8, 10, 10, 10, 10], Wanted(static count => count * 1e6, beats: 13, most: 10));

    [Fact]
    public void A_step_is_three_setups() =>
        Assert.Equal([2, 4, 9, 14], Growths(Wanted(static count => count * 1e6, beats: 16, setup: 66)));

    [Fact]
    public void A_step_is_a_twentieth_of_a_second_at_least() =>
        Assert.Equal([2, 4, 6, 8], Growths(Wanted(static count => count * 1e6, beats: 9, setup: 0)));

    [Fact]
    public void A_step_is_a_second_at_most() =>
        Assert.Equal([2, 4, 25, 46], Growths(Wanted(static count => count * 1e6, beats: 50, setup: 9000)));

    [Theory]
    [InlineData(20_100_000, 2)]
    [InlineData(20_000_000, 1)]
    [InlineData(19_900_000, 1)]
    public void Two_seconds_are_not_worth_a_connection(long left, int wanted) => Assert.Equal(wanted, Ramp.Begin.Next(At(2, 1_000_000, left: left)).Wanted);

    [Theory]
    [InlineData((2 << 20) - 1, 1)]
    [InlineData(2 << 20, 2)]
    public void What_is_too_short_to_be_split_is_no_reason_however_slowly_it_comes(long left, int wanted) =>
        Assert.Equal(wanted, Ramp.Begin.Next(At(2, 1_000, left: left)).Wanted);

    [Fact]
    public void Four_are_had_without_proof() => Assert.Equal(4, Wanted(static _ => 1e6, beats: 6, most: 64)[^1]);

    [Fact]
    public void It_does_not_grow_when_two_seconds_are_left_though_it_brought_more() =>
        Assert.Equal(4, Four().Next(At(5, 300_000, 4)).Next(At(7, 700_000, 4, left: 3_990_000)).Wanted);

    [Theory]
    [InlineData(1.12, 8)]
    [InlineData(1.1, 8)]
    [InlineData(1.08, 4)]
    public void A_tenth_more_is_more(double rate, int wanted) =>
        Assert.Equal(wanted, Four().Next(At(5, 200_000 + (long)(rate * 50_000), 4)).Next(At(7, 200_000 + (long)(rate * 150_000), 4)).Wanted);

    [Fact]
    public void What_came_while_a_connection_was_set_up_does_not_count() =>
        Assert.Equal(4, Four().Next(At(5, 9_000_000, 3)).Next(At(6, 9_050_000, 4)).Next(At(8, 9_155_000, 4)).Wanted);

    [Fact]
    public void What_a_connection_brings_with_its_first_byte_counts() =>
        Assert.Equal(8, Four().Next(At(5, 250_000, 3)).Next(At(6, 400_000, 4)).Next(At(8, 450_000, 4)).Wanted);

    [Fact]
    public void A_connection_that_does_not_come_holds_up_the_others_for_two_steps_only()
    {
        var ramp = Four().Next(At(7, 350_000, 3));
        Assert.Equal(4, ramp.Next(At(8, 460_000, 3)).Wanted);
        Assert.Equal(8, ramp.Next(At(8, 460_000, 3)).Next(At(10, 700_000, 3)).Wanted);
    }

    [Theory]
    [InlineData(9, 4)]
    [InlineData(10, 8)]
    public void After_exactly_two_steps_the_others_are_judged_without_it(int beat, int wanted) =>
        Assert.Equal(wanted, Four().Next(Slow(beat, 900_000, 3)).Next(Slow(beat + 3, 2_000_000, 3)).Wanted);

    [Theory]
    [InlineData(15, 4)]
    [InlineData(16, 8)]
    public void A_low_average_is_tried_once_more_after_exactly_four_steps(int beat, int wanted) =>
        Assert.Equal(wanted, Four().Next(Slow(5, 250_000, 4)).Next(Slow(beat, beat * 50_000L, 4)).Wanted);

    [Fact]
    public void Four_are_compared_with_the_average_since_the_beginning() =>
        Assert.Equal(8, Ramp.Begin.Next(At(2, 10_000)).Next(At(3, 100_000, 2)).Next(At(4, 200_000, 2)).Next(At(5, 260_000, 4)).Next(At(7, 380_000, 4)).Wanted);

    [Fact]
    public void When_more_are_allowed_later_it_grows_at_the_next_step() =>
        Assert.Equal(8, Four().Next(At(5, 300_000, 4)).Next(At(7, 500_000, 4) with { Most = 4 }).Next(At(9, 700_000, 4)).Wanted);

    [Fact]
    public void At_one_moment_it_grows_once() => Assert.Equal(2, Two().Next(At(2, 100_000, 2)).Next(At(2, 100_000, 2)).Wanted);

    [Fact]
    public void One_unlucky_step_does_not_end_it() =>
        Assert.Equal(8, Four().Next(At(5, 240_000, 4)).Next(At(7, 320_000, 4)).Next(At(9, 600_000, 4)).Wanted);

    [Fact]
    public void A_step_that_brought_too_little_is_judged_again_after_a_step_and_not_each_beat() =>
        Assert.Equal(4, Four().Next(At(5, 240_000, 4)).Next(At(7, 320_000, 4)).Next(At(8, 900_000, 4)).Wanted);

    [Fact]
    public void A_full_link_is_tried_once_more_and_then_believed() => Assert.Equal(8, Wanted(static _ => 1e6, beats: 2000, most: 64)[^1]);

    [Fact]
    public void One_slow_connection_among_fast_ones_does_not_end_it() =>
        Assert.Equal(8, Wanted(static count => count == 2 ? 1.02e6 : count * 1e6, beats: 40, most: 8)[^1]);

    [Fact]
    public void A_burst_at_the_beginning_does_not_end_it()
    {
        var ramp = Ramp.Begin.Next(At(2, 50_000_000));
        for (var beat = 3; beat < 60; beat++)
        {
            ramp = ramp.Next(At(beat, 50_000_000 + (beat * 50_000L * ramp.Wanted), ramp.Wanted));
        }

        Assert.Equal(64, ramp.Wanted);
    }

    [Fact]
    public void A_server_that_refuses_is_obeyed_at_once_and_for_good()
    {
        var many = Enumerable.Range(1, 12).Aggregate(Ramp.Begin, static (ramp, beat) => ramp.Next(At(beat, beat * beat * 100_000L, ramp.Wanted)));
        Assert.Equal(32, many.Wanted);
        Assert.Equal(3, many.Next(At(13, 20_000_000, 8) with { Most = 3 }).Wanted);
        Assert.Equal(1, many.Next(At(13, 20_000_000, 8) with { Most = 0 }).Wanted);
    }

    [Theory]
    [InlineData(0, 100_000)]
    [InlineData(1, 0)]
    public void Nothing_grows_while_nothing_comes(int delivering, long delivered) =>
        Assert.Equal(1, Ramp.Begin.Next(At(2, delivered, delivering)).Next(At(200, delivered, delivering)).Wanted);

    [Fact]
    public void A_beat_in_which_nothing_is_due_costs_nothing()
    {
        var ramp = Four().Next(At(5, 250_000, 4));
        Assert.Same(ramp, ramp.Next(At(6, 900_000, 4)));
    }

    [Fact]
    public void It_wants_one_at_least_and_never_more_than_it_may() => Law.Holds(Law.Seed, static seed =>
    {
        var (random, ramp, delivered) = (new Random(seed), Ramp.Begin, 0L);
        for (var beat = 0; beat < 300; beat++)
        {
            delivered += random.Next(100) * random.NextInt64(1L << random.Next(1, 40));
            var most = random.Next(1, 20);
            var before = ramp.Wanted;
            ramp = ramp.Next(new(beat * Beat, delivered, random.Next(20), random.NextInt64(), TimeSpan.FromSeconds(random.NextDouble() / 10), most));
            Assert.InRange(ramp.Wanted, 1, most);
            Assert.InRange(ramp.Wanted, Math.Min(most, before), 2 * before);
        }
    });

    private static Ramp Two() => Ramp.Begin.Next(At(2, 100_000));

    private static Ramp Four() => Two().Next(At(3, 150_000, 2)).Next(At(4, 200_000, 2));

    private static RampView At(int beat, long delivered, int delivering = 1, long left = Huge) => new(beat * Beat, delivered, delivering, left, Setup, 64);

    // With a step of exactly three beats.
    private static RampView Slow(int beat, long delivered, int delivering) => At(beat, delivered, delivering) with { Setup = Beat };

    /// <summary>What is wanted after each beat, when so many connections bring this rate and come at once.</summary>
    private static List<int> Wanted(Func<int, double> rate, int beats, int most = 64, int? setup = null)
    {
        var (ramp, delivered, wanted) = (Ramp.Begin, 0d, new List<int>());
        for (var beat = 1; beat <= beats; beat++)
        {
            wanted.Add(ramp.Wanted);
            delivered += rate(ramp.Wanted) * Beat.TotalSeconds;
            ramp = ramp.Next(new(beat * Beat, (long)delivered, ramp.Wanted, Huge, setup is { } given ? TimeSpan.FromMilliseconds(given) : Setup, most));
        }

        return wanted;
    }

    private static IEnumerable<int> Growths(List<int> wanted) => Enumerable.Range(1, wanted.Count - 1).Where(beat => wanted[beat] > wanted[beat - 1]).Select(static beat => beat + 1);
}
