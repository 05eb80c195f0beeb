using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Tests.Planning;

/// <summary>What an idle connection takes.</summary>
public sealed class SegmentPlannerTests
{
    private const long MiB = 1 << 20;

    private static readonly TimeSpan Setup = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void The_first_gap_comes_before_everything_else() =>
        Assert.Equal(new SegmentChoice.Gap(new(5, 6)), SegmentPlanner.Choose([new(5, 6), new(7, 900 * MiB)], [new(new(1000, 900 * MiB), 0, true)], 1e6, new(Setup)));

    [Fact]
    public void Nothing_is_taken_when_nothing_is_held() => Assert.Null(SegmentPlanner.Choose([], [], 1e6, new(Setup)));

    // 100 MB at 1 and at 3 MB/s with 4 s of set-up, in which the owner goes on: 28 s.
    [Fact]
    public void Both_end_together() =>
        Assert.Equal(Part(0, 28_000_000), Choose(3e6, TimeSpan.FromSeconds(4), new SegmentView(new(0, 100_000_000), 1e6, true)));

    [Fact]
    public void The_range_with_the_longest_time_left_is_split_not_the_longest_range() =>
        Assert.Equal(1, Assert.IsType<SegmentChoice.LaterPart>(Choose(1e6, Setup, View(0, 900, 100e6), View(900, 930, 1e6), View(930, 960, 2e6))).Owner);

    [Fact]
    public void A_stalled_range_is_taken_whole_before_a_slow_one_is_split() =>
        Assert.Equal(Part(1, 900 * MiB), Choose(1e6, Setup, View(0, 900, 1), View(900, 930, 0)));

    [Fact]
    public void A_stalled_range_is_taken_before_a_longer_slow_one_that_comes_after_it() =>
        Assert.Equal(Part(0, 0), Choose(1e6, Setup, View(0, 10, 0), View(10, 900, 1)));

    [Fact]
    public void The_longest_stalled_range_is_taken_first() =>
        Assert.Equal(Part(1, 10 * MiB), Choose(1e6, Setup, View(0, 10, 0), View(10, 30, 0), View(30, 45, 0)));

    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    public void Of_two_that_take_as_long_the_first_is_helped(double speed) =>
        Assert.Equal(0, Assert.IsType<SegmentChoice.LaterPart>(Choose(1e6, Setup, View(0, 10, speed), View(10, 20, speed))).Owner);

    [Fact]
    public void A_stalled_rest_of_one_byte_is_taken() =>
        Assert.Equal(Part(0, 7), Choose(1e6, Setup, new SegmentView(new(7, 8), 0, true)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void A_speed_that_is_none_is_a_stall(double speed) => Assert.Equal(Part(0, 0), Choose(1e6, Setup, View(0, 10, speed)));

    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    public void A_range_that_awaits_its_first_byte_is_left_alone(double speed) =>
        Assert.Null(Choose(1e6, Setup, new SegmentView(new(0, 900 * MiB), speed, false)));

    [Fact]
    public void A_range_that_has_ended_is_left_alone() => Assert.Null(Choose(1e6, Setup, View(9, 9, 0)));

    // Of R at v, x = (R - v*s) / 2 is taken and x / v is saved.
    [Theory]
    [InlineData(4.9, false)]
    [InlineData(5, false)]
    [InlineData(5.1, true)]
    public void It_is_worth_more_than_two_setups(double seconds, bool isTaken) =>
        Assert.Equal(isTaken, Choose(100e6, TimeSpan.FromSeconds(1), new SegmentView(new(0, (long)(seconds * 100e6)), 100e6, true)) is not null);

    [Theory]
    [InlineData((2 * MiB) - 2, false)]
    [InlineData(2 * MiB, true)]
    public void It_takes_one_MiB_at_least(long length, bool isTaken) =>
        Assert.Equal(isTaken, Choose(100e6, TimeSpan.Zero, new SegmentView(new(0, length), 100e6, true)) is not null);

    [Theory]
    [InlineData(0.9, false)]
    [InlineData(1, false)]
    [InlineData(1.1, true)]
    public void It_takes_less_when_that_saves_half_a_second(double seconds, bool isTaken) =>
        Assert.Equal(isTaken, Choose(10_000, TimeSpan.Zero, new SegmentView(new(0, (long)(seconds * 10_000)), 10_000, true)) is not null);

    // The first would take nine seconds, of which a slow helper saves some milliseconds; of the second's five it saves nearly two.
    [Fact]
    public void The_next_longest_is_split_when_the_longest_is_not_worth_it() =>
        Assert.Equal(1, Assert.IsType<SegmentChoice.LaterPart>(Choose(1e6, Setup, View(0, 9000, 1e9), View(9000, 9010, 2e6))).Owner);

    [Fact]
    public void An_unknown_speed_is_the_mean_of_those_that_deliver() => Assert.Equal(
        Choose(2e6, Setup, View(0, 100, 1e6), View(100, 200, 3e6), View(200, 300, 0) with { MayBeSplit = false }),
        Choose(0, Setup, View(0, 100, 1e6), View(100, 200, 3e6), View(200, 300, 0) with { MayBeSplit = false }));

    [Fact]
    public void A_range_that_awaits_its_first_byte_tells_nothing_of_an_unknown_speed()
    {
        SegmentView[] segments = [View(0, 100, 1e6), View(100, 200, 3e6), View(200, 300, 9e6) with { MayBeSplit = false }];
        Assert.Equal(Choose(2e6, Setup, segments), Choose(0, Setup, segments));
    }

    [Fact]
    public void The_owner_keeps_a_byte_however_slow_it_is() => Assert.Equal(Part(0, 1), Choose(1e30, TimeSpan.Zero, View(0, 10, 1)));

    [Fact]
    public void A_young_range_is_thought_as_fast_as_the_idle_connection() => Assert.Equal(
        HalfOf(Choose(50e6, Setup, View(0, 900, 50e6))),
        Choose(50e6, Setup, View(0, 900, 1e3) with { IsYoung = true }));

    [Fact]
    public void A_young_range_that_is_fast_already_is_believed() => Assert.Equal(
        HalfOf(Choose(5e6, Setup, View(0, 900, 50e6))),
        Choose(5e6, Setup, View(0, 900, 50e6) with { IsYoung = true }));

    [Fact]
    public void By_a_guess_all_of_a_share_is_taken_that_is_brought_within_two_seconds() => Assert.Equal(
        Choose(50e6, Setup, View(0, 180, 50e6)),
        Choose(50e6, Setup, View(0, 180, 50e6) with { IsYoung = true }));

    [Theory]
    [InlineData(200_000_000, 100_000_000)]
    [InlineData(200_000_002, 150_000_002)]
    public void Exactly_two_seconds_are_foreseen(long length, long at) =>
        Assert.Equal(Part(0, at), Choose(50e6, TimeSpan.Zero, new SegmentView(new(0, length), 50e6, true, true)));

    // 100 MB at 10 MB/s each, 100 ms to the first byte: 49.5 MB. Of a connection yet to be opened the first 100,000 bytes for each round trip of 10 ms come in log2(100,000 / 14,600) - 1 round trips.
    [Theory]
    [InlineData(0, 50_500_000)]
    [InlineData(10, 50_588_798)]
    public void A_new_connection_takes_less_as_it_begins_slowly(int roundTrip, long at) => Assert.Equal(
        Part(0, at),
        SegmentPlanner.Choose([], [new(new(0, 100_000_000), 10e6, true)], 10e6, new(Setup, TimeSpan.FromMilliseconds(roundTrip))));

    [Theory]
    [InlineData(1e6, 0, 0.1)]
    [InlineData(1e3, 100, 0.1)]
    [InlineData(584e3, 100, 0.2)]
    [InlineData(1e12, 100, 0.5)]
    [InlineData(double.PositiveInfinity, 100, 0.5)]
    [InlineData(0, 100, 0.1)]
    [InlineData(double.NaN, 100, 0.1)]
    public void What_a_connection_costs_is_its_first_byte_and_up_to_four_round_trips(double speed, int roundTrip, double seconds) =>
        Assert.Equal(seconds, new SetupCost(Setup, TimeSpan.FromMilliseconds(roundTrip)).SecondsAt(speed), 1e-9);

    [Theory]
    [InlineData(1e-300, 1e300, 0)]
    [InlineData(1e-300, 1, 0)]
    [InlineData(1e300, 1e-300, 0)]
    [InlineData(1, 1, 1e9)]
    [InlineData(5e-324, 5e-324, 0)]
    [InlineData(double.MaxValue, double.MaxValue, 1)]
    public void The_greatest_lengths_and_the_oddest_speeds_break_nothing(double owner, double own, double setup)
    {
        var left = new ByteRange(1L << 61, long.MaxValue);
        var choice = Choose(own, TimeSpan.FromSeconds(setup), new SegmentView(left, owner, true));
        Assert.True(choice is null || Assert.IsType<SegmentChoice.LaterPart>(choice).At is var at && at > left.Start && at < left.End);
    }

    private static SegmentChoice? Choose(double speed, TimeSpan setup, params SegmentView[] segments) => SegmentPlanner.Choose([], segments, speed, new(setup));

    private static SegmentView View(long from, long to, double speed) => new(new(from * MiB, to * MiB), speed, true);

    // Of a range that ends at 900 MiB.
    private static SegmentChoice.LaterPart HalfOf(SegmentChoice? choice) =>
        Assert.IsType<SegmentChoice.LaterPart>(choice) with { At = (900 * MiB) - (((900 * MiB) - ((SegmentChoice.LaterPart)choice!).At) / 2) };

    private static SegmentChoice.LaterPart Part(int owner, long at) => new(owner, at);
}
