namespace ResumableDownload.SampleOrigin;

/// <summary>Whose manners the origin has.</summary>
internal enum OriginKind
{
    /// <summary>It does what RFC 9110 says.</summary>
    Standard,

    /// <summary>It ignores If-Range, and honours If-Match, as Alibaba Cloud OSS does.</summary>
    OssLike,
}
