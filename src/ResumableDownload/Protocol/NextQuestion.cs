using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>What is asked next, from what is kept and what is known of the origin.</summary>
internal static class NextQuestion
{
    /// <param name="kept">What is on disk.</param>
    /// <param name="gap">The next missing run; its end <see langword="null"/> for the server's own end.</param>
    /// <param name="traits">What is known of the origin.</param>
    /// <param name="intention">What the last answers led to.</param>
    /// <param name="policy">The caller's choice of conditions.</param>
    /// <param name="limits">What the caller accepts.</param>
    public static Question Choose(
        Checkpoint? kept,
        (long Start, long? End) gap,
        OriginTraits traits,
        Intention intention,
        ResumeCondition policy,
        AnswerLimits limits)
    {
        var obstacle = kept is null ? null : Obstacle(kept, traits, intention, limits);
        var request = kept is null || obstacle is not null
            ? RangeRequest.Whole
            : RangeRequest.Part(gap.Start, gap.End, intention.WithoutCondition ? null : ConditionLadder.Choose(kept.Representation.Validator, traits, policy));
        return new(request with { NoCache = intention.NoCache }, kept, limits)
        {
            OddAnswers = intention.OddAnswers,
            Intent = obstacle,
            AfterFailedCondition = intention.AfterFailedCondition,
            KeptDiffers = intention.KeptDiffers,
        };
    }

    /// <summary>Why what is kept cannot be continued by a range.</summary>
    private static StartOverReason? Obstacle(Checkpoint kept, OriginTraits traits, Intention intention, AnswerLimits limits) =>
        intention.StartOver is { } reason ? reason
        : !Strength.IsStrong(kept.Representation, limits.StrongDateMargin) ? StartOverReason.NotResumable
        : traits.HasFlag(OriginTraits.NoRanges) ? StartOverReason.RangeUnusable
        : null;
}
