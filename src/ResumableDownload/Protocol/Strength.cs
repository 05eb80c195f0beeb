using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Whether a representation's validators are strong enough to go on from its bytes.</summary>
internal static class Strength
{
    /// <summary>A strong entity tag; or, only when there is no tag at all, a date that is strong by RFC 9110, section 8.8.2.2.</summary>
    public static bool IsStrong(Representation representation, TimeSpan dateMargin) =>
        representation.Validator.EntityTag is { } tag ? EntityTag.IsStrong(tag) : IsStrongDate(representation, dateMargin);

    /// <summary>Whether the date alone, were there no tag, would be strong.</summary>
    public static bool IsStrongDate(Representation representation, TimeSpan dateMargin) =>
        representation.Validator.LastModified is { } text
        && CallerHeaders.IsSendable(text)
        && HttpDate.Read(text) is { } modified
        && representation.Date - modified >= dateMargin;
}
