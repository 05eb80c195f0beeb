using System.Collections.Immutable;
using ResumableDownload.Model;

namespace ResumableDownload.Planning;

/// <summary>How often received bytes may still be given up.</summary>
/// <remarks>A representation with a strong validator is begun only once: a server that shows two versions in turn would be followed for ever.</remarks>
internal sealed record StartOverBudget(int Most)
{
    public ImmutableArray<StartOverReason> Reasons { get; private init; } = [];

    private ImmutableHashSet<Version> Begun { get; init; } = [];

    public bool IsSpent => Reasons.Length >= Most;

    public bool Allows(Representation next, bool isStrong) => !IsSpent && !(isStrong && Begun.Contains(Key(next)));

    public StartOverBudget WithBegun(Representation next) => this with { Begun = Begun.Add(Key(next)) };

    /// <summary>Allows a representation once more: its bytes were damaged on the way, which the server did not see.</summary>
    public StartOverBudget WithoutBegun(Representation damaged) => this with { Begun = Begun.Remove(Key(damaged)) };

    public StartOverBudget WithLoss(StartOverReason reason) => this with { Reasons = Reasons.Add(reason) };

    // A digest that moves under one tag is another version, too.
    private static Version Key(Representation representation) =>
        new(representation.Validator, representation.Length, OfferedDigest.TextOf(representation.Digests));

    private sealed record Version(Validator Validator, long? Length, string? Digests);
}
