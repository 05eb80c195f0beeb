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
        && (whole.Validator.EntityTag ?? whole.Validator.LastModified) is not null && !EntityTag.NamesNothing(whole.Validator.EntityTag);

    /// <param name="whole">What was received.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="strongDateMargin">How old a date must be to be strong.</param>
    public static FinalVerdict Judge(Representation whole, ResponseFacts answer, TimeSpan strongDateMargin) => answer.Status switch
    {
        304 => FinalVerdict.Confirmed,
        416 => OfNothing(whole, answer),

        // The length, and often the tag, are those of the packed form.
        200 or 206 when answer.ContentCoding is not null => FinalVerdict.Inconclusive,

        // Another kind of thing is an error page, of an address that was good for one use, say; it tells nothing of the file.
        200 or 206 when !string.Equals(answer.ContentType ?? whole.ContentType, whole.ContentType, StringComparison.OrdinalIgnoreCase) => FinalVerdict.Inconclusive,

        // A date that moves with the clock, as scripts send it, is no sign of a change.
        200 or 206 when whole.Validator.EntityTag is null && !Strength.IsStrongDate(whole, strongDateMargin) && answer.LastModified != whole.Validator.LastModified => FinalVerdict.Inconclusive,
        206 => OfPart(whole, answer),
        200 => OfWhole(whole, answer),
        _ => FinalVerdict.Inconclusive,
    };

    // The condition may not be known there, so our own tag confirms nothing; but another length disproves it.
    private static FinalVerdict OfWhole(Representation whole, ResponseFacts answer) => Compare(whole.Validator, answer.Validator) switch
    {
        Agreement.Different => FinalVerdict.Changed,
        Agreement.Same when (answer.ContentLength ?? whole.Length) != whole.Length || Identity.IsResized(whole, answer) => FinalVerdict.Changed,
        _ => FinalVerdict.Inconclusive,
    };

    // The last byte of what came is not there: the resource shrank. Apache and lighttpd do not tell to what length.
    private static FinalVerdict OfNothing(Representation whole, ResponseFacts answer) =>
        Refusal.TotalOf(answer) == whole.Length && !Identity.IsResized(whole, answer) ? FinalVerdict.Inconclusive : FinalVerdict.Changed;

    private static FinalVerdict OfPart(Representation whole, ResponseFacts answer) =>
        ContentRange.Read(answer.ContentRange) is { Total: { } total } && (total != whole.Length || Identity.IsResized(whole, answer)) ? FinalVerdict.Changed
        : Compare(whole.Validator, answer.Validator) switch
        {
            Agreement.Same => FinalVerdict.Confirmed,
            Agreement.Different => FinalVerdict.Changed,
            _ => FinalVerdict.Inconclusive,
        };

    // Weakly (RFC 9110, section 8.8.3.2): whoever packs the answer on its way may have made the tag a weak one.
    private static string Opaque(string tag) => tag.StartsWith("W/", StringComparison.OrdinalIgnoreCase) ? tag[2..] : tag;

    // The tag decides, the date only where there is none: nodes of a cluster differ in dates.
    private static Agreement Compare(Validator whole, Validator answer) =>
        whole.EntityTag is { } tag ? (answer.EntityTag is null ? Agreement.Unknown : Opaque(answer.EntityTag) == Opaque(tag) ? Agreement.Same : Agreement.Different)
        : answer.LastModified is null ? Agreement.Unknown
        : answer.LastModified == whole.LastModified ? Agreement.Same : Agreement.Different;
}
