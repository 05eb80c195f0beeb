using System.Globalization;
using ResumableDownload.Planning;

namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>What many runs of one kind of world cost.</summary>
/// <param name="Ratios">The times, without one set-up, over the ideal ones.</param>
/// <param name="Dropped">The bytes lost over the file's.</param>
internal sealed record Figures(double[] Ratios, double[] Dropped, double Requests)
{
    public static Figures Of(string kind, int seeds, Func<World, int, Outcome> run)
    {
        var runs = Enumerable.Range(0, seeds).Select(seed => (World: Worlds.Of(kind, seed), Seed: seed)).Select(one => (one.World, Outcome: run(one.World, one.Seed))).ToArray();
        return new(
            [.. runs.Select(static one => (one.Outcome.Time - LongestSetup(one.World)) / one.World.Ideal()).Order()],
            [.. runs.Select(static one => (double)one.Outcome.Dropped / one.World.Total).Order()],
            runs.Average(static one => (double)one.Outcome.Requests / one.World.Lines.Count));
    }

    public double MedianRatio => Ratios[Ratios.Length / 2];

    public double WorstRatio => Ratios[^1];

    public double MedianDropped => Dropped[Dropped.Length / 2];

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"median {MedianRatio:0.000}, 99 % {Ratios[Ratios.Length * 99 / 100]:0.000}, worst {WorstRatio:0.000}, dropped {MedianDropped:0.00%} (worst {Dropped[^1]:0.00%}), {Requests:0.0} requests per connection");

    public static TimeSpan LongestSetup(World world) => world.Lines.Max(static line => line.Setup);
}
