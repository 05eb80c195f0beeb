namespace ResumableDownload.Conformance;

/// <summary>Where a scenario is played: the origin, perhaps another one, and every version that they have served.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<byte[]> _versions = [];
    private ScriptedOrigin? _other;

    public Stage(Scenario scenario)
    {
        Origin = new ScriptedOrigin(scenario.Before);
        _versions.Add(scenario.Before.Bytes);
        scenario.Prepare(this);
        CutAt(scenario.Cut, scenario.Ending, scenario.Beginning);
    }

    public ScriptedOrigin Origin { get; }

    /// <summary>Another origin, for redirects.</summary>
    public ScriptedOrigin Other => _other ??= new ScriptedOrigin(Origin.Resource);

    /// <summary>No byte at or behind this position leaves the origin, until <see cref="GoesOn"/>.</summary>
    /// <remarks>By position and not by count: clients differ in how often they ask, and the end must come at the same byte for all.</remarks>
    public void CutAt(int position, Ending ending, Conduct conduct) => Origin.ByRequest = request => request.From >= position && position > 0
        ? Conduct.Silence(Ending.Close)
        : conduct with
        {
            BodyLimit = position - request.From,
            Ending = ending,

            // A reset may drop what was not read yet: small pieces with pauses are read at once.
            Pieces = ending == Ending.Reset ? (32 * 1024, TimeSpan.FromMilliseconds(20)) : (64 * 1024, TimeSpan.Zero),
        };

    /// <summary>Nothing is cut any more, and this changes.</summary>
    public void GoesOn(Action<Stage> change)
    {
        Origin.ByRequest = null;
        change(this);
    }

    /// <summary>The resource has another version from now on.</summary>
    public void Becomes(Resource resource)
    {
        IsAlso(resource.Bytes);
        Origin.Resource = resource;
    }

    /// <summary>These bytes are a version, too: some answer gives them as the whole.</summary>
    public void IsAlso(byte[] version)
    {
        lock (_versions)
        {
            _versions.Add(version);
        }
    }

    public bool IsOneVersion(byte[] bytes)
    {
        lock (_versions)
        {
            return _versions.Any(version => version.AsSpan().SequenceEqual(bytes));
        }
    }

    public bool IsBeginning(byte[] bytes)
    {
        lock (_versions)
        {
            return _versions.Any(version => version.AsSpan().StartsWith(bytes));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Origin.DisposeAsync();
        await (_other?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
