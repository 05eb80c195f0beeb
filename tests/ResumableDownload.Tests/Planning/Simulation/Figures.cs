using System.Globalization;

namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>What many runs of one kind of world cost.</summary>
internal sealed record Figures(IReadOnlyList<(World World, Outcome Outcome, TimeSpan Ideal)> Runs)
{
    public double MedianRatio => At(Ratios(default), 0.5);

    public double MedianDropped => At(Dropped, 0.5);

    /// <summary>For each connection.</summary>
    public double MeanRequests => Runs.Average(static run => (double)run.Outcome.Requests / run.World.Lines.Count);

    private IEnumerable<double> Dropped => Runs.Select(static run => (double)run.Outcome.Dropped / run.World.Total);

    public static Figures Of(string kind, int seeds, Func<World, int, Outcome> run) => new(
        [.. Enumerable.Range(0, seeds).Select(seed => (World: Worlds.Of(kind, seed), Seed: seed)).Select(one => (one.World, run(one.World, one.Seed), one.World.Ideal()))]);

    public static TimeSpan LongestSetup(World world) => world.Lines.Max(static line => line.Setup);

    /// <summary>What one run in a hundred exceeds.</summary>
    public double NearlyWorstRatio(TimeSpan unseen) => At(Ratios(unseen), 0.99);

    public double WorstRatio(TimeSpan unseen) => Ratios(unseen).Max();

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"median {MedianRatio:0.000}, 99 % {NearlyWorstRatio(default):0.000}, worst {WorstRatio(default):0.000}, dropped {MedianDropped:0.00%} (worst {Dropped.Max():0.00%}), {MeanRequests:0.0} requests per connection");

    /// <summary>The times, without one set-up and what could not be seen, over the ideal ones.</summary>
    private IEnumerable<double> Ratios(TimeSpan unseen) => Runs.Select(run => (run.Outcome.Time - LongestSetup(run.World) - unseen) / run.Ideal);

    private static double At(IEnumerable<double> figures, double share) => figures.Order().ElementAt((int)(share * figures.Count()));
}
