namespace ResumableDownload.Protocol;

/// <summary>The one condition of a range request.</summary>
/// <param name="Field">The name of the header field.</param>
/// <param name="Value">The raw validator.</param>
internal sealed record RequestCondition(string Field, string Value)
{
    public const string IfRange = "If-Range";
    public const string IfMatch = "If-Match";
    public const string IfUnmodifiedSince = "If-Unmodified-Since";

    public bool IsIfRange => Field == IfRange;
}
