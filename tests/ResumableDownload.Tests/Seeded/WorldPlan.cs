using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>How a world's server names the versions of its resource.</summary>
internal enum Naming
{
    Tag,
    TagAndDate,
    Date,
    WeakTag,
    Nothing,
}

/// <summary>What holds for all of a world, in good days and bad ones.</summary>
internal sealed record WorldPlan
{
    private static readonly Mischief[] All = Enum.GetValues<Mischief>();

    public required Naming Naming { get; init; }

    /// <summary>Whether it is large enough for several connections.</summary>
    public required bool IsLarge { get; init; }

    /// <summary>How the server answers when it does as well as it can: it may know no ranges, or no conditions.</summary>
    public required Conduct AtBest { get; init; }

    /// <summary>What may befall a request.</summary>
    public required Mischief[] Mischiefs { get; init; }

    /// <summary>How often something does.</summary>
    public required double Badness { get; init; }

    /// <summary>How often the resource changes during a run, or between two.</summary>
    public required double Restlessness { get; init; }

    /// <summary>Whether the caller always tells the file's digest. Only then a file may be overwritten while it is sent.</summary>
    public required bool TellsDigest { get; init; }

    /// <summary>Whether the server states a digest.</summary>
    public required bool StatesDigest { get; init; }

    /// <summary>Whether addresses are signed, and expire.</summary>
    public required bool IsSigned { get; init; }

    /// <summary>Whether a file is at the destination from the beginning.</summary>
    public required bool HasOld { get; init; }

    /// <summary>How many runs there are before the world turns good.</summary>
    public required int Runs { get; init; }

    /// <summary>Whether nothing is wrong with this server: then no byte is paid for twice.</summary>
    public bool IsPlain => Naming is Naming.Tag or Naming.TagAndDate && AtBest is { IgnoresRange: false, IgnoresConditions: false };

    public static WorldPlan Of(Draw draw)
    {
        var random = draw.For("plan");
        var tellsDigest = random.Chance(0.15);
        var isLarge = random.Chance(0.15);
        return new()
        {
            IsLarge = isLarge,
            Naming = isLarge ? random.Pick(Naming.Tag, Naming.Tag, Naming.TagAndDate, Naming.Date) : random.Pick(Naming.Tag, Naming.Tag, Naming.TagAndDate, Naming.TagAndDate, Naming.Date, Naming.WeakTag, Naming.Nothing),
            AtBest = BestOf(random, isLarge),
            Mischiefs = MischiefsOf(random, tellsDigest),
            Badness = random.Pick(0, 0.3, 0.5, 0.7, 0.9),
            Restlessness = random.Pick(0, 0.3, 0.7),
            TellsDigest = tellsDigest,
            StatesDigest = random.Chance(0.2),
            IsSigned = random.Chance(0.25),
            HasOld = random.Chance(0.5),
            Runs = random.Next(1, 5),
        };
    }

    // A few in each world, so that they meet each other often; and mostly cuts, as without them nothing is ever resumed.
    private static Mischief[] MischiefsOf(Random random, bool tellsDigest)
    {
        var few = Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Pick<Mischief>(All)).Where(kind => kind != Mischief.Spliced || tellsDigest);
        return random.Chance(0.8) ? [Mischief.Cut, Mischief.Cut, .. few] : [.. few];
    }

    private static Conduct BestOf(Random random, bool isLarge) => new()
    {
        Piece = isLarge ? 64 << 10 : random.Pick(1000, 4096, 10_000, int.MaxValue),
        Pause = isLarge ? TimeSpan.FromMilliseconds(random.Pick(50, 100, 200)) : random.Chance(0.5) ? random.Seconds(1) : TimeSpan.Zero,
        AnswersAfter = random.Chance(0.3) ? random.Seconds(0.5) : TimeSpan.Zero,
        IsChunked = random.Chance(0.15),
        IgnoresConditions = random.Chance(0.3),
        IgnoresRange = random.Chance(0.1),
        Headers = random.Chance(0.15) ? [("Server", "AliyunOSS"), ("x-oss-request-id", "1")] : random.Chance(0.1) ? [("Via", "1.1 cache")] : [],
    };
}
