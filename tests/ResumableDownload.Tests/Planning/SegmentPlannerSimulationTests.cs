using ResumableDownload.Planning;
using ResumableDownload.Tests.Planning.Simulation;
using Xunit.Abstractions;

namespace ResumableDownload.Tests.Planning;

/// <summary>Many connections in many worlds, against somebody who knows everything in advance.</summary>
public sealed class SegmentPlannerSimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 100;

    public static TheoryData<string> Kinds => [.. Worlds.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_download_takes_little_longer_than_the_best_that_is_possible(string kind)
    {
        var figures = Figures.Of(kind, Seeds, static (world, seed) => Fleet.Run(world, SegmentPlanner.Choose, seed));
        output.WriteLine($"{kind,-20} {figures}");
        output.WriteLine($"{kind,-20} {Figures.Of(kind, Seeds, static (world, seed) => Fleet.Run(world, Rules.Halve, seed))} (halving)");
        //RAMP        output.WriteLine($"{kind,-20} {Figures.Of(kind, Seeds, static (world, seed) => Fleet.RunWithRamp(world, SegmentPlanner.Choose, seed))} (ramp)");
        Assert.InRange(figures.MedianRatio, 0, 1.1);
        Assert.InRange(figures.WorstRatio, 0, 1.25);
        Assert.InRange(figures.MedianDropped, 0, 0.01);
    }
}
