using ResumableDownload.Benchmarks.SideBySide.Contenders;

namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>One line of a table: a contender, what it is to fetch, and what became of it.</summary>
/// <param name="Contender">Who.</param>
/// <param name="Job">What.</param>
/// <param name="Source">The file that is served.</param>
internal sealed record Entry(Contender Contender, Job Job, string Source)
{
    private readonly List<Measurement> _measurements = [];
    private readonly List<string> _faults = [];

    /// <summary>The network namespace to run in.</summary>
    public string? Namespace { get; init; }

    /// <summary>Seconds that nothing could be quicker than.</summary>
    public double? Ideal { get; init; }

    public long Length { get; } = new FileInfo(Source).Length;

    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>Runs that are not counted, and why.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What is wrong with what it brought; null where nothing is.</summary>
    public Func<Entry, string?> Check { get; init; } = static entry => SameBytes.FaultOf(entry.Job.Target, entry.Source);

    public Command Command => Contender.For(Job).Within(Namespace);

    public void Add(Measurement measurement) => _measurements.Add(measurement);

    public void Refuse(string fault) => _faults.Add(fault);

    public Measurement? In(int round) => _measurements.Find(one => one.Round == round);
}
