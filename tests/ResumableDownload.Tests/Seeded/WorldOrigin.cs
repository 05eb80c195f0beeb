using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>A world's server: what it serves at which time, and what befalls each request.</summary>
internal sealed class WorldOrigin(Draw draw, WorldPlan plan, FakeTimeProvider time, WorldStory story)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _asked = [];
    private readonly WorldConducts _conducts = new(plan);
    private TimeSpan? _changesAt;

    public WorldVersions Versions { get; } = new(draw, plan);

    /// <summary>The number of the run that is under way.</summary>
    public int Run { get; private set; }

    /// <summary>Whether it does as well as it can from now on.</summary>
    public bool IsGood { get; set; }

    /// <summary>What befell the run that is under way.</summary>
    public Trouble Seen { get; set; }

    /// <summary>The most requests of this run that were under way at the same time.</summary>
    public int MostOpen { get; private set; }

    /// <summary>Until when a signed address works.</summary>
    public TimeSpan Expiry { get; set; } = TimeSpan.MaxValue;

    public void Begin(int run, TimeSpan typical)
    {
        var random = draw.For("run of the server", run);
        (Run, Seen, MostOpen) = (run, Trouble.None, 0);
        _asked.Clear();
        if (run == 0 || (!IsGood && random.Chance(plan.Restlessness)))
        {
            Versions.Add();
        }

        _changesAt = !IsGood && random.Chance(plan.Restlessness) ? time.Elapsed + (random.NextDouble() * typical) : null;
    }

    /// <summary>Decides what befalls a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="open">How many are under way.</param>
    public Conduct Choose(SentRequest request, int open)
    {
        lock (_gate)
        {
            MostOpen = Math.Max(MostOpen, open);
            ChangeIfDue();
            var key = $"{Run} {request.Range} {request.Address.Host}";
            var number = _asked[key] = _asked.GetValueOrDefault(key) + 1;
            var random = draw.For(key, number);
            var (kind, conduct, trouble) = Decide(request, random);
            Seen |= trouble;
            var version = Versions.All.Count - 1;
            story.Add(() => $"{request.Address.Host} {request.Range ?? "all"} {Condition(request)} of v{version}: {kind?.ToString() ?? "well"} {WorldStory.Difference(conduct with { Serves = null, Headers = [] }, plan.AtBest with { Headers = [] })}");
            return conduct;
        }
    }

    /// <summary>How the current version is answered when nothing goes wrong.</summary>
    private Conduct AtBest() => plan.AtBest with
    {
        Serves = Versions.Current,
        Headers = plan.StatesDigest ? [.. plan.AtBest.Headers, ("Repr-Digest", Versions.ReprDigestOf(Versions.Current))] : plan.AtBest.Headers,
    };

    private (Mischief? Kind, Conduct Conduct, Trouble Trouble) Decide(SentRequest request, Random random)
    {
        var best = AtBest();
        if (time.Elapsed > Expiry)
        {
            return (null, best with { Status = 403, Document = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>" }, Trouble.Expired);
        }

        if (IsGood || plan.Mischiefs.Length == 0 || !random.Chance(plan.Badness))
        {
            return (null, best, Trouble.None);
        }

        var kind = random.Pick<Mischief>(plan.Mischiefs);
        return _conducts.Of(kind, new(request, best, Versions, random)) is var (conduct, trouble) ? (kind, conduct, trouble) : (null, best, Trouble.None);
    }

    private static string Condition(SentRequest request) =>
        string.Join(' ', new[] { "If-Range", "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since" }.Where(field => request[field] is not null).Select(field => $"{field} {request[field]}"));

    private void ChangeIfDue()
    {
        if (time.Elapsed >= _changesAt)
        {
            _changesAt = null;
            Versions.Add();
            Seen |= Trouble.Changed;
        }
    }
}
