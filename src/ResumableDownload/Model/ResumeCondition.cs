namespace ResumableDownload;

/// <summary>How a continuation is tied to the bytes that are kept.</summary>
public enum ResumeCondition
{
    /// <summary>
    /// <c>If-Range</c>; and <c>If-Match</c> (or <c>If-Unmodified-Since</c>) for origins that are known, or found, to ignore it, as Alibaba Cloud OSS does.
    /// </summary>
    Auto,

    /// <summary>Always <c>If-Range</c> (RFC 9110, section 13.1.5): a changed resource is sent whole in the same answer.</summary>
    IfRange,

    /// <summary>
    /// Always <c>If-Match</c>, or <c>If-Unmodified-Since</c> when there is a date only (RFC 9110, sections 13.1.1 and 13.1.4):
    /// a changed resource is refused with 412 and asked for again.
    /// </summary>
    IfMatch,
}
