namespace ResumableDownload.Model;

/// <summary>What was learned of an origin, beyond what the RFCs promise.</summary>
[Flags]
internal enum OriginTraits
{
    None = 0,

    /// <summary>It sends a 206 of another representation although If-Range named ours (Alibaba Cloud OSS, Azure Blob, h2o).</summary>
    IgnoresIfRange = 1,

    /// <summary>It sends a 206 of another representation although If-Match named ours (lighttpd), or a 412 for its own ETag.</summary>
    IgnoresIfMatch = 2,

    /// <summary>It says 416 to, or garbles, a range that exists.</summary>
    NoRanges = 4,
}
