using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>A request together with what its answer will be judged by.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Kept">What is on disk; <see langword="null"/> when nothing is.</param>
/// <param name="Limits">What the caller accepts.</param>
internal sealed record Question(RangeRequest Request, Checkpoint? Kept, AnswerLimits Limits)
{
    /// <summary>How many answers in a row were odd, so that the next step must be taken.</summary>
    public int OddAnswers { get; init; }

    /// <summary>Why the whole was asked for although something is kept.</summary>
    public StartOverReason? Intent { get; init; }

    /// <summary>Whether the kept bytes were found to differ from the body that was to continue them.</summary>
    public bool KeptDiffers { get; init; }

    /// <summary>Whether the whole is asked for because a 412 said that the resource changed.</summary>
    public bool AfterFailedCondition { get; init; }

    /// <summary>Whether the whole is asked for because an answer told another length of it than the one that was noted.</summary>
    public bool OfOtherLength { get; init; }

    /// <summary>Whether the request reaches back into what is kept, whose end is to be compared, because no validator is strong.</summary>
    public bool SeeksEvidence { get; init; }

    /// <summary>What the address says of its own signature; <see langword="null"/> when it does not look signed.</summary>
    public SignedAddress? Signature { get; init; }
}
