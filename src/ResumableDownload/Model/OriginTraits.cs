namespace ResumableDownload.Model;

/// <summary>What was learned of an origin while its bytes were fetched, beyond what the RFCs promise.</summary>
[Flags]
internal enum OriginTraits
{
    None = 0,

    /// <summary>It sends a 206 of another representation although If-Range named ours (Alibaba Cloud OSS, Azure Blob, h2o), or a 200 of ours.</summary>
    IgnoresIfRange = 1,

    /// <summary>It sends a 206 of another representation although If-Match named ours (lighttpd), or a 412 for its own ETag.</summary>
    IgnoresIfMatch = 2,

    /// <summary>It says 416 to, or garbles, a range that exists.</summary>
    NoRanges = 4,

    /// <summary>Not of the origin but of the kept bytes: a body that was to continue them repeated them otherwise.</summary>
    KeptDiffers = 8,
}
