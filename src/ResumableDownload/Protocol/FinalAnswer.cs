using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>What an answer after the last byte says of the version that was received.</summary>
internal enum FinalVerdict
{
    /// <summary>It is still the current one.</summary>
    Confirmed,

    /// <summary>It is not: what came may be a mixture.</summary>
    Changed,

    /// <summary>Nothing to go by.</summary>
    Inconclusive,
}

/// <summary>The question after the last byte, and what its answer means.</summary>
internal static class FinalAnswer
{
    /// <summary>The last byte, unless nothing changed: 304 where conditions are known, and a 206 of one byte with its validators where they are not.</summary>
    /// <remarks>Where ranges are known not to work the whole is asked for, and not read.</remarks>
    public static RangeRequest QuestionOf(Representation whole, long length, OriginTraits traits) =>
        (traits.HasFlag(OriginTraits.NoRanges) ? RangeRequest.Whole : RangeRequest.Part(length - 1, length, null)) with { Unless = whole.Validator };

    /// <summary>Whether there is anything to ask by.</summary>
    public static bool CanAsk(Representation whole) =>
        whole is { Length: > 0 } && (CallerHeaders.IsSendable(whole.Validator.EntityTag) && CallerHeaders.IsSendable(whole.Validator.LastModified))
        && (whole.Validator.EntityTag ?? whole.Validator.LastModified) is not (null or EntityTag.Any);

    public static FinalVerdict Judge(Representation whole, ResponseFacts answer) => answer.Status switch
    {
        304 => FinalVerdict.Confirmed,
        206 => OfPart(whole, answer),
        200 when !Portal.IsPage(answer.ContentType) => OfWhole(whole, answer),
        416 => OfNothing(whole, answer),
        _ => FinalVerdict.Inconclusive,
    };

    // The condition may not be known there, so our own tag confirms nothing; but another length disproves it.
    private static FinalVerdict OfWhole(Representation whole, ResponseFacts answer) => Compare(whole.Validator, answer.Validator) switch
    {
        Agreement.Different => FinalVerdict.Changed,
        Agreement.Same when (answer.ContentLength ?? whole.Length) != whole.Length => FinalVerdict.Changed,
        _ => FinalVerdict.Inconclusive,
    };

    // The last byte of what came is not there: the resource shrank. Apache and lighttpd do not tell to what length.
    private static FinalVerdict OfNothing(Representation whole, ResponseFacts answer) =>
        Refusal.TotalOf(answer) == whole.Length ? FinalVerdict.Inconclusive : FinalVerdict.Changed;

    private static FinalVerdict OfPart(Representation whole, ResponseFacts answer) =>
        ContentRange.Read(answer.ContentRange) is { Total: { } total } && total != whole.Length ? FinalVerdict.Changed
        : Compare(whole.Validator, answer.Validator) switch
        {
            Agreement.Same => FinalVerdict.Confirmed,
            Agreement.Different => FinalVerdict.Changed,
            _ => FinalVerdict.Inconclusive,
        };

    // The tag decides, the date only where there is none: nodes of a cluster differ in dates.
    private static Agreement Compare(Validator whole, Validator answer) =>
        whole.EntityTag is { } tag ? (answer.EntityTag is null ? Agreement.Unknown : answer.EntityTag == tag ? Agreement.Same : Agreement.Different)
        : answer.LastModified is null ? Agreement.Unknown
        : answer.LastModified == whole.LastModified ? Agreement.Same : Agreement.Different;
}
