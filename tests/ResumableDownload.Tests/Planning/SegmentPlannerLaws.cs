using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Tests.Planning.Simulation;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Planning;

/// <summary>Whatever the world does: no byte is fetched twice or forgotten, and no request is for little.</summary>
public sealed class SegmentPlannerLaws
{
    private static readonly string[] Kinds = [.. Worlds.Names];

    [Fact]
    public void What_came_and_what_is_held_and_what_nobody_holds_is_the_file_and_nothing_twice() => Law.Holds(Law.Seed, static seed =>
    {
        var world = Worlds.Short(Kinds[seed % Kinds.Length], seed);
        new Fleet(world, SegmentPlanner.Choose, seed) { Watch = fleet => IsWhole(fleet, world.Total) }.Run();
    }, count: 200);

    [Fact]
    public void A_split_is_inside_and_a_short_one_is_a_stalled_rest_or_saves_much() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var segments = Enumerable.Range(0, random.Next(1, 9)).Select(_ => View(random)).ToArray();
        var (speed, setup) = (Odd(random), TimeSpan.FromSeconds(random.Next(3) * random.NextDouble()));
        if (SegmentPlanner.Choose([], segments, speed, new(setup, TimeSpan.FromSeconds(random.Next(2) * random.NextDouble()))) is { } choice)
        {
            var part = Assert.IsType<SegmentChoice.LaterPart>(choice);
            var owner = segments[part.Owner];
            Assert.True(owner.MayBeSplit);
            Assert.True(owner.Left.Contains(part.At));
            Assert.Equal(owner.Speed == 0, part.At == owner.Left.Start);
            var saved = owner.Speed == 0 ? double.MaxValue : (owner.Left.End - part.At + 1) / owner.Speed;
            Assert.True(owner.Left.End - part.At >= SegmentPlanner.LeastSegment || saved >= SegmentPlanner.MuchSaved);
        }
    }, count: 20_000);

    [Fact]
    public void A_gap_is_always_taken() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var gap = View(random).Left;
        Assert.Equal(new SegmentChoice.Gap(gap), SegmentPlanner.Choose([gap, new(gap.End + 1, gap.End + 2)], [View(random)], Odd(random), new(TimeSpan.FromSeconds(1))));
    });

    private static void IsWhole(Fleet fleet, long total)
    {
        var at = 0L;
        foreach (var range in fleet.Received.Ranges.Concat(fleet.Held).Concat(fleet.Gaps).Where(static range => !range.IsEmpty).OrderBy(static range => range.Start))
        {
            Assert.Equal(at, range.Start);
            at = range.End;
        }

        Assert.Equal(total, at);
    }

    private static SegmentView View(Random random)
    {
        var start = random.NextInt64(1L << random.Next(1, 62));
        return new(new(start, start + random.NextInt64(1, 1L << random.Next(1, 62))), Odd(random), random.Next(4) > 0, random.Next(4) == 0);
    }

    private static double Odd(Random random) => random.Next(6) == 0 ? 0 : Math.Exp((random.NextDouble() * 30) - 3);
}
