using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Which condition ties a continuation to the kept bytes.</summary>
internal static class ConditionLadder
{
    /// <summary>The condition for a representation whose validators are strong. Never two, never a weak tag, never a date beside a tag.</summary>
    public static RequestCondition Choose(Validator validator, OriginTraits traits, ResumeCondition policy) =>
        (UsesIfRange(traits, policy), validator) switch
        {
            (true, { EntityTag: { } tag }) => new(RequestCondition.IfRange, tag),
            (true, { LastModified: { } date }) => new(RequestCondition.IfRange, date),
            (false, { EntityTag: { } tag }) => new(RequestCondition.IfMatch, tag),
            (false, { LastModified: { } date }) => new(RequestCondition.IfUnmodifiedSince, date),
            _ => throw new ArgumentException("A representation without validators cannot be continued.", nameof(validator)),
        };

    // An origin that ignores both still gets If-Range: it does no harm, and its 206 is judged by its own validators anyway.
    private static bool UsesIfRange(OriginTraits traits, ResumeCondition policy) => policy switch
    {
        ResumeCondition.IfRange => true,
        ResumeCondition.IfMatch => false,
        _ => !traits.HasFlag(OriginTraits.IgnoresIfRange) || traits.HasFlag(OriginTraits.IgnoresIfMatch),
    };
}
