namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>Worlds from numbers: the same number is the same world.</summary>
internal static class Worlds
{
    private static readonly Dictionary<string, Func<Random, World>> Kinds = new()
    {
        ["equal"] = static random => Of(random, _ => 1),
        ["one at 2 %"] = static random => Of(random, static index => index == 1 ? 0.02 : 1),
        ["the first at 2 %"] = static random => Of(random, static index => index == 0 ? 0.02 : 1),
        ["log-normal"] = static random => Of(random, _ => LogNormal(random)),
        ["changing"] = Changing,
        ["jittery"] = static random => Of(random, _ => LogNormal(random)) with { Jitter = 1 },
        ["shared link"] = Shared,
        ["outages"] = Outages,
        ["deaths"] = Deaths,
        ["refusals"] = static random => Of(random, _ => LogNormal(random)) is var world ? Sized(world with { Accepted = random.Next(1, world.Lines.Count) }, random) : null!,
        ["slow start"] = static random => Of(random, _ => 1) with { StartsSlowly = true },
        ["long and wide"] = LongAndWide,
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    public static World Of(string kind, int seed) => Kinds[kind](new Random(seed));

    /// <summary>The same world with a smaller file.</summary>
    public static World Short(string kind, int seed)
    {
        var world = Of(kind, seed);
        return world with { Total = Math.Max(1, (long)(world.Total * Math.Pow(new Random(~seed).NextDouble(), 2) / 5)) };
    }

    private static World Of(Random random, Func<int, double> share)
    {
        var scale = Math.Exp(Between(random, Math.Log(300e3), Math.Log(50e6)));
        var roundTrip = Math.Exp(Between(random, Math.Log(0.001), Math.Log(0.2)));
        var lines = Enumerable.Range(0, random.Next(2, 9)).Select(index => new Line(
            scale * share(index),
            TimeSpan.FromSeconds(roundTrip),
            TimeSpan.FromSeconds(roundTrip * random.Next(1, 3) * Between(random, 0.9, 1.2)),
            TimeSpan.FromSeconds((roundTrip * Between(random, 0.9, 1.2)) + Between(random, 0, 0.1)))).ToArray();
        return Sized(new World(0, lines), random);
    }

    /// <summary>With a file that takes some seconds at best.</summary>
    private static World Sized(World world, Random random) =>
        world with { Total = (long)(Between(random, 5, 30) * Math.Min(world.Capacity, world.Lines.Take(world.Accepted).Sum(static line => line.Speed))) };

    private static World Changing(Random random)
    {
        var world = Of(random, _ => LogNormal(random));
        return world with
        {
            Lines = [.. world.Lines.Select(line => line with { Change = (TimeSpan.FromSeconds(Between(random, 0, 15)), LogNormal(random)) })],
        };
    }

    private static World Shared(Random random)
    {
        var world = Of(random, _ => LogNormal(random));
        return Sized(world with { Capacity = world.Lines.Sum(static line => line.Speed) * Between(random, 0.1, 0.9) }, random);
    }

    // As measured through 1 Gbit/s and 50 ms: the sender's buffer limits each connection to half of the link, and some leave slow start long before.
    private static World LongAndWide(Random random)
    {
        var roundTrip = TimeSpan.FromSeconds(Between(random, 0.03, 0.12));
        var lines = Enumerable.Range(0, random.Next(2, 9)).Select(_ => new Line(3e6 / roundTrip.TotalSeconds, roundTrip, roundTrip, roundTrip)
        {
            Doublings = random.Next(2) == 0 ? double.PositiveInfinity : Between(random, 3, 7),
        }).ToArray();
        var capacity = lines[0].Speed * Between(random, 1, 3);
        return new World((long)(capacity * Between(random, 2, 10)), lines) { Capacity = capacity, StartsSlowly = true };
    }

    private static World Outages(Random random)
    {
        var world = Of(random, _ => 1);
        return world with
        {
            Lines = [.. world.Lines.Select((line, index) => index > 0 && random.Next(2) == 0 ? line with { Outage = Within(random) } : line)],
        };
    }

    private static World Deaths(Random random)
    {
        var world = Of(random, _ => 1);
        return world with
        {
            Lines = [.. world.Lines.Select((line, index) => index > 0 && random.Next(2) == 0 ? line with { Death = Within(random).From } : line)],
        };
    }

    private static (TimeSpan From, TimeSpan To) Within(Random random)
    {
        var from = TimeSpan.FromSeconds(Between(random, 0, 15));
        return (from, from + TimeSpan.FromSeconds(Between(random, 0.2, 6)));
    }

    private static double LogNormal(Random random) =>
        Math.Exp(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private static double Between(Random random, double low, double high) => low + ((high - low) * random.NextDouble());
}
