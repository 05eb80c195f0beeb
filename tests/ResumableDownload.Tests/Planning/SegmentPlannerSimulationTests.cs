using ResumableDownload.Planning;
using ResumableDownload.Tests.Planning.Simulation;
using Xunit.Abstractions;

namespace ResumableDownload.Tests.Planning;

/// <summary>Many connections in many worlds, against somebody who knows everything in advance.</summary>
/// <remarks>
/// Beyond 1.25 are few: where one line is far faster than the others it takes their ranges one after another and is set up for each,
/// and a slow start is not the planner's doing (the ideal has none). What changes in mid-run is seen by a window of two seconds, and not before.
/// </remarks>
public sealed class SegmentPlannerSimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 250;

    private static readonly string[] Unsteady = ["changing", "outages", "deaths"];

    public static TheoryData<string> Kinds => [.. Worlds.Names.Where(static name => name != "long and wide")];

    [Theory]
    [InlineData("equal", 1.25)]
    [InlineData("one at 2 %", 1.25)]
    [InlineData("the first at 2 %", 1.25)]
    [InlineData("shared link", 1.25)]
    [InlineData("log-normal", 1.3)]
    [InlineData("jittery", 1.3)]
    [InlineData("refusals", 1.3)]
    [InlineData("changing", 1.3)]
    [InlineData("outages", 1.3)]
    [InlineData("deaths", 1.3)]
    [InlineData("slow start", 1.25)]
    public void A_download_takes_little_longer_than_the_best_that_is_possible(string kind, double worst)
    {
        var figures = Measure(kind, Seeds, static (world, seed) => Fleet.Run(world, SegmentPlanner.Choose, seed));
        Assert.InRange(figures.MedianRatio, 0, 1.1);
        Assert.InRange(figures.NearlyWorstRatio(Unseen(kind)), 0, Math.Max(1.25, worst - 0.7));
        Assert.InRange(figures.WorstRatio(Unseen(kind)), 0, worst);
        Assert.InRange(figures.MedianDropped, 0, 0.01);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_ramp_costs_a_few_steps(string kind)
    {
        var figures = Measure(kind, Seeds / 4, static (world, seed) => Fleet.RunWithRamp(world, SegmentPlanner.Choose, seed));
        Assert.InRange(figures.MedianRatio, 0, 1.12);
        Assert.InRange(figures.WorstRatio(Unseen(kind)), 0, 2.3);
    }

    [Theory]
    [InlineData("one at 2 %")]
    [InlineData("log-normal")]
    [InlineData("changing")]
    public void Halves_would_be_worse(string kind)
    {
        var halves = Measure(kind, Seeds / 4, static (world, seed) => Fleet.Run(world, Rules.Halve, seed));
        var shares = Measure(kind, Seeds / 4, static (world, seed) => Fleet.Run(world, SegmentPlanner.Choose, seed));
        Assert.True(shares.MedianRatio < halves.MedianRatio);
        Assert.True(shares.WorstRatio(default) < halves.WorstRatio(default));
    }

    // The ideal knows nothing of what the protocol below does there; but a connection that is quick had better not be closed for a trifle.
    [Fact]
    public void Through_a_long_and_wide_link_few_connections_are_closed_that_are_quick()
    {
        var halves = Measure("long and wide", Seeds, static (world, seed) => Fleet.Run(world, Rules.Halve, seed));
        var shares = Measure("long and wide", Seeds, static (world, seed) => Fleet.Run(world, SegmentPlanner.Choose, seed));
        Assert.InRange(shares.MedianRatio, 0, Math.Min(1.1, halves.MedianRatio));
        Assert.InRange(shares.MedianDropped, 0, Math.Min(0.015, 0.6 * halves.MedianDropped));
        Assert.InRange(shares.MeanRequests, 1, 2.1);
    }

    // Two set-ups and half a second may remain unsaved, and the round trips of a slow start that is reckoned with, though most of these worlds have none; where speeds differ much, some ranges are taken one after another.
    // In an outage the fresh connection may be silent, too, which is seen by a second window.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_short_download_waits_for_a_few_setups_more(string kind)
    {
        var late = 0;
        for (var seed = 0; seed < Seeds / 2; seed++)
        {
            var world = Worlds.Short(kind, seed);
            var (time, setup) = (Fleet.Run(world, SegmentPlanner.Choose, seed).Time - (1.25 * world.Ideal()) - (2 * Unseen(kind)), Figures.LongestSetup(world));
            late += time > (2 * setup) + TimeSpan.FromSeconds(0.5) ? 1 : 0;
            Assert.InRange(time, TimeSpan.MinValue, (6 * setup) + (4 * world.Lines[0].RoundTrip) + TimeSpan.FromSeconds(1));
        }

        output.WriteLine($"{kind,-20} {late} of {Seeds / 2} short ones later than two set-ups");
        Assert.InRange(late, 0, Seeds / 10);
    }

    private static TimeSpan Unseen(string kind) => Unsteady.Contains(kind) ? TimeSpan.FromSeconds(2) : TimeSpan.Zero;

    private Figures Measure(string kind, int seeds, Func<World, int, Outcome> run)
    {
        var figures = Figures.Of(kind, seeds, run);
        output.WriteLine($"{kind,-20} {figures}");
        return figures;
    }
}
