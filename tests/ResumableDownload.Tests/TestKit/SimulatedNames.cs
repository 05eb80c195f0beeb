namespace ResumableDownload.Tests.TestKit;

/// <summary>A change of names: a file gets one, loses one, or both in one step.</summary>
internal sealed record NameChange(string? Removed, string? Added, SimulatedNode? Node);

/// <summary>The names of a simulated volume, and which of them are on stable storage.</summary>
internal sealed class SimulatedNames
{
    private readonly List<NameChange> _pending = [];
    private Dictionary<string, SimulatedNode> _seen = new(StringComparer.Ordinal);
    private Dictionary<string, SimulatedNode> _durable = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, SimulatedNode> Seen => _seen;

    public void Change(NameChange change)
    {
        Apply(change, _seen);
        _pending.Add(change);
    }

    public void Sync()
    {
        _durable = new(_seen, StringComparer.Ordinal);
        _pending.Clear();
    }

    /// <summary>The same names for copies of the files.</summary>
    public SimulatedNames Copy(Func<SimulatedNode, SimulatedNode> copyOf)
    {
        var copy = new SimulatedNames { _seen = Copy(_seen, copyOf), _durable = Copy(_durable, copyOf) };
        copy._pending.AddRange(_pending.Select(change => change with { Node = change.Node is { } node ? copyOf(node) : null }));
        return copy;
    }

    public SimulatedNames AfterPowerCut(Unsynced unsynced, Random random, Func<SimulatedNode, SimulatedNode> imageOf)
    {
        var names = new Dictionary<string, SimulatedNode>(_durable, StringComparer.Ordinal);
        foreach (var change in unsynced == Unsynced.Dropped ? [] : _pending)
        {
            // A file cannot leave a name that it never got, and none is made under a name that another one has still.
            var isPossible = change.Removed is { } removed ? names.ContainsKey(removed) : change.Added is null || !names.ContainsKey(change.Added);
            if (isPossible && (unsynced == Unsynced.Kept || random.Next(2) == 0))
            {
                Apply(change, names);
            }
        }

        return new() { _seen = Copy(names, imageOf), _durable = Copy(names, imageOf) };
    }

    private static Dictionary<string, SimulatedNode> Copy(Dictionary<string, SimulatedNode> names, Func<SimulatedNode, SimulatedNode> copyOf) =>
        names.ToDictionary(static name => name.Key, name => copyOf(name.Value), StringComparer.Ordinal);

    private static void Apply(NameChange change, Dictionary<string, SimulatedNode> names)
    {
        if (change.Removed is { } removed)
        {
            names.Remove(removed);
        }

        if (change is { Added: { } added, Node: { } node })
        {
            names[added] = node;
        }
    }
}
