using System.Collections.Immutable;

namespace ResumableDownload.Conformance;

/// <summary>A download that is interrupted, a world that changes, and a download that goes on: a description, which any candidate can be put through.</summary>
/// <param name="Name">A sentence that says what happens.</param>
/// <param name="Allowed">What a client may end with.</param>
/// <param name="Why">What in HTTP says so.</param>
internal sealed record Scenario(string Name, Allowed Allowed, string Why)
{
    public const int Length = 1024 * 1024;

    /// <summary>Where the first run is cut: far beyond what a client may think too little to go on from.</summary>
    public const int Kept = 300 * 1024;

    public Resource Before { get; init; } = Resource.Version(1, Length);

    /// <summary>No byte at or behind this position leaves the origin in the first run.</summary>
    public int Cut { get; init; } = Kept;

    /// <summary>How the connection ends there.</summary>
    public Ending Ending { get; init; } = Ending.Close;

    /// <summary>How the origin behaves in the first run up to there.</summary>
    public Conduct Beginning { get; init; } = Conduct.Serve;

    /// <summary>What only the moment can tell, before the first run.</summary>
    public Action<Stage> Prepare { get; init; } = static _ => { };

    /// <summary>What is different when the second run begins.</summary>
    public Action<Stage> Change { get; init; } = static _ => { };

    /// <summary>What is different when the third run begins, if there is one.</summary>
    public Action<Stage> ChangeAgain { get; init; } = static _ => { };

    /// <summary>The request targets, one for each run.</summary>
    public ImmutableArray<string> Targets { get; init; } = ["/file.bin", "/file.bin"];

    public override string ToString() => Name;
}
