using System.Collections.Immutable;
using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>What one run knows between two answers.</summary>
internal sealed class SessionState
{
    private readonly Lock _gate = new();
    private int _bodies;

    public SessionState(Checkpoint? kept, OriginTraits remembered, int mostStartOvers)
    {
        var known = kept?.Traits ?? OriginTraits.None;
        Offered = kept?.Representation.Digests ?? [];
        Budget = new(mostStartOvers);
        Traits = (known & ~OriginTraits.KeptDiffers) | remembered;
        if (known.HasFlag(OriginTraits.KeptDiffers))
        {
            Disprove();
        }
    }

    /// <summary>What the answers since the last new byte have led to.</summary>
    public Intention Intention { get; set; } = Intention.None;

    /// <summary>How often received bytes may still be given up.</summary>
    public StartOverBudget Budget { get; set; }

    /// <summary>What is known of the origin.</summary>
    public OriginTraits Traits { get; set; }

    /// <summary>Whether the caller's own version turned out to be the current one.</summary>
    public bool IsNotModified { get; set; }

    /// <summary>Whether bytes were continued on evidence only.</summary>
    public bool ByEvidence { get; set; }

    /// <summary>How many bodies brought bytes in this run.</summary>
    public int Bodies => Volatile.Read(ref _bodies);

    /// <summary>How long bodies were received in this run.</summary>
    public TimeSpan BodyTime { get; set; }

    /// <summary>Where the last body came from.</summary>
    public string? BodyFrom { get; set; }

    /// <summary>Whether it was told already that a handler keeps whole bodies in memory.</summary>
    public bool HasToldOfBuffering { get; set; }

    /// <summary>Whether a fresh address was asked for since the last new byte.</summary>
    public bool HasRefreshed { get; set; }

    /// <summary>What the server stated of the whole file's digests, in any answer.</summary>
    public ImmutableArray<OfferedDigest> Offered { get; set; } = [];

    /// <summary>Counts a body that brought bytes. Further connections count theirs, too.</summary>
    public void CountBody(long gained) => Interlocked.Add(ref _bodies, gained > 0 ? 1 : 0);

    public void ForgetBodies() => Interlocked.Exchange(ref _bodies, 0);

    /// <summary>Notes digests of the whole file that an answer about the same version stated.</summary>
    public void Offer(ImmutableArray<OfferedDigest> digests)
    {
        lock (_gate)
        {
            Offered = [.. Offered.Union(digests)];
        }
    }

    /// <summary>From here on the kept bytes are good for nothing but to be replaced.</summary>
    public void Disprove(StartOverReason reason = StartOverReason.Changed) => Intention = Intention.Cleared with { StartOver = reason, KeptDiffers = true };
}
