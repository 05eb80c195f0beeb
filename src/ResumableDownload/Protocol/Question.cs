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
}

/// <summary>What the caller accepts of an answer.</summary>
/// <param name="ExpectedLength">The only acceptable length, in bytes.</param>
/// <param name="MaxLength">The greatest acceptable length, in bytes.</param>
/// <param name="MaxRetryAfter">The longest acceptable Retry-After.</param>
/// <param name="StrongDateMargin">How old a date must be to be strong.</param>
internal sealed record AnswerLimits(long? ExpectedLength, long? MaxLength, TimeSpan MaxRetryAfter, TimeSpan StrongDateMargin);
