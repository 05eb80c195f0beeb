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
        var obstacle = kept is null ? null : Obstacle(kept, gap.Start, traits, intention, limits);
        var seeksEvidence = kept is not null && obstacle is null && !IsStrong(kept, limits);
        var request =
            kept is null ? RangeRequest.Whole with { Unless = limits.IfChangedSince }
            : obstacle is not null || IsTooLittle(kept, intention, limits) ? RangeRequest.Whole
            : seeksEvidence ? RangeRequest.Part(Math.Max(0, gap.Start - limits.EvidenceLength), gap.End, null)
            : RangeRequest.Part(gap.Start, gap.End, intention.WithoutCondition ? null : ConditionLadder.Choose(kept.Representation.Validator, traits, policy));
        return new(request with { NoCache = intention.NoCache }, kept, limits)
        {
            OddAnswers = intention.OddAnswers,
            Intent = obstacle,
            AfterFailedCondition = intention.AfterFailedCondition,
            OfOtherLength = intention.OfOtherLength,
            KeptDiffers = intention.KeptDiffers,
            SeeksEvidence = seeksEvidence,
        };
    }

    /// <summary>What a further connection asks for beside others; <see langword="null"/> when what is kept is not to be continued by ranges.</summary>
    /// <param name="kept">What is on disk.</param>
    /// <param name="range">The segment.</param>
    /// <param name="traits">What is known of the origin.</param>
    /// <param name="policy">The caller's choice of conditions.</param>
    /// <param name="limits">What the caller accepts.</param>
    public static Question? ForSegment(Checkpoint kept, ByteRange range, OriginTraits traits, ResumeCondition policy, AnswerLimits limits) =>
        !MayHaveSegments(kept, traits, limits) ? null
        : new(SegmentRequest(kept.Representation.Validator, range, traits, policy), kept, limits);

    /// <summary>Whether several connections may bring what is missing: its length and a strong validator are known, and nothing speaks against ranges.</summary>
    public static bool MayHaveSegments(Checkpoint kept, OriginTraits traits, AnswerLimits limits) =>
        kept.Representation.Length is not null && IsStrong(kept, limits) && (traits & (OriginTraits.NoRanges | OriginTraits.KeptDiffers)) == OriginTraits.None;

    private static RangeRequest SegmentRequest(Validator validator, ByteRange range, OriginTraits traits, ResumeCondition policy)
    {
        var condition = ConditionLadder.Choose(validator, traits, policy);
        var pairs = condition.IsIfRange && policy == ResumeCondition.Auto && !traits.HasFlag(OriginTraits.IgnoresIfMatch);
        return RangeRequest.Part(range.Start, range.End, condition) with { AlsoMatches = pairs ? validator.EntityTag : null };
    }

    /// <summary>Why nothing may be asked at all: the caller would rather keep bytes of weak identity than give them up.</summary>
    public static ResponseDecision.GiveUp? RefusalOf(Question next) =>
        next is { Intent: StartOverReason.NotResumable, Limits.WeakIdentity: WeakIdentity.Refuse }
            ? new(DownloadFailure.NotResumable, "What is kept has no strong validator, and the options forbid to give it up")
            : null;

    /// <summary>Why what is kept cannot be continued.</summary>
    private static StartOverReason? Obstacle(Checkpoint kept, long start, OriginTraits traits, Intention intention, AnswerLimits limits) =>
        intention.StartOver is { } reason ? reason
        : !IsStrong(kept, limits) && !HasEvidence(kept, start, limits) ? StartOverReason.NotResumable
        : traits.HasFlag(OriginTraits.NoRanges) ? StartOverReason.RangeUnusable
        : null;

    private static bool IsStrong(Checkpoint kept, AnswerLimits limits) => Strength.IsStrong(kept.Representation, limits.StrongDateMargin);

    // Equal length is part of the evidence, so it must be known; and there must be bytes right before the gap to compare.
    private static bool HasEvidence(Checkpoint kept, long start, AnswerLimits limits) =>
        limits.WeakIdentity == WeakIdentity.ContentEvidence && start > 0 && kept.Representation.Length is not null;

    // The rest comes with it in one answer, and what is kept is compared, not lost. A server that cannot send even so much at once is asked for ranges.
    private static bool IsTooLittle(Checkpoint kept, Intention intention, AnswerLimits limits) =>
        kept.Received.Length < limits.LeastResumed && !intention.ResumesAnything;
}
