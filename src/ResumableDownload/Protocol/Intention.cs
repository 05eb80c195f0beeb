namespace ResumableDownload.Protocol;

/// <summary>What the answers since the last new byte have led to. Any new byte clears it.</summary>
internal sealed record Intention
{
    public static Intention None { get; } = new();

    /// <summary>Why the whole is to be asked for although something is kept.</summary>
    public StartOverReason? StartOver { get; init; }

    /// <summary>Whether that is because of a 412.</summary>
    public bool AfterFailedCondition { get; init; }

    /// <summary>Whether the answer that led to it told another length of the whole than the one that was noted.</summary>
    public bool OfOtherLength { get; init; }

    /// <summary>Whether it is because the kept bytes differ from the body that was to continue them.</summary>
    public bool KeptDiffers { get; init; }

    /// <summary>Whether the next request carries no condition.</summary>
    public bool WithoutCondition { get; init; }

    /// <summary>Whether the next request passes by caches.</summary>
    public bool NoCache { get; init; }

    /// <summary>How many answers in a row were odd.</summary>
    public int OddAnswers { get; init; }

    /// <summary>Whether a range is asked for even of the little that is kept: the plain request that was to bring it with the rest brought nothing new.</summary>
    public bool ResumesAnything { get; init; }

    /// <summary>What a new byte leaves: what was found out about the way to the server.</summary>
    public Intention Cleared => None with { ResumesAnything = ResumesAnything };

    /// <summary>What follows from a decision to ask again or to start over.</summary>
    public Intention After(ResponseDecision decision) => decision switch
    {
        ResponseDecision.StartOver over => this with { StartOver = over.Reason, AfterFailedCondition = over.AfterFailedCondition, OfOtherLength = over.OfOtherLength },
        ResponseDecision.AskAgain again => this with { OddAnswers = OddAnswers + 1, WithoutCondition = again.WithoutCondition, NoCache = again.NoCache },
        ResponseDecision.WriteAt { Continues: true } => this with { StartOver = null, AfterFailedCondition = false, OfOtherLength = false },
        _ => this,
    };
}
