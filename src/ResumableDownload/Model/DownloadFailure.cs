namespace ResumableDownload;

/// <summary>Why a download failed.</summary>
public enum DownloadFailure
{
    /// <summary>The connection failed, broke off or stalled too often without bringing a new byte.</summary>
    Connection,

    /// <summary>The host's name is not known.</summary>
    UnknownHost,

    /// <summary>The server was busy or broken (408, 425, 429, 5xx) too often, or asks to wait longer than the options allow.</summary>
    ServerUnavailable,

    /// <summary>There is nothing at the address (404, 410).</summary>
    NotFound,

    /// <summary>The server wants other credentials (401, 403). A signed address may have expired without the answer saying so.</summary>
    AccessDenied,

    /// <summary>The signed address has expired. The next call with a fresh one goes on from what is kept.</summary>
    Expired,

    /// <summary><see cref="DownloadRequest.RefreshUri"/> failed, or gave no usable address.</summary>
    RefreshFailed,

    /// <summary>The server refused the request with another status.</summary>
    Refused,

    /// <summary>A redirect leads where it must not go, or never ends.</summary>
    RedirectRefused,

    /// <summary>An answer contradicts HTTP, or itself.</summary>
    ProtocolViolation,

    /// <summary>An answer is compressed or otherwise coded although that was not asked for, or the client's handler decompresses.</summary>
    UnexpectedCoding,

    /// <summary>Something between here and the server answers in its place, as the login page of a network does.</summary>
    Intercepted,

    /// <summary>The resource changed, or could not be continued, more often than the options allow.</summary>
    SourceUnstable,

    /// <summary>What is kept has no strong validator, and <see cref="WeakIdentity.Refuse"/> forbids to give it up.</summary>
    NotResumable,

    /// <summary>The whole file is not what the caller's or the server's digest says.</summary>
    DigestMismatch,

    /// <summary>The length is not the one the caller expected.</summary>
    LengthMismatch,

    /// <summary>The resource is longer than the options allow.</summary>
    TooLong,

    /// <summary>The server neither tells the length nor marks the end, so a whole body cannot be told from a cut one.</summary>
    LengthUnknown,

    /// <summary>Another download, here or in another process, writes to the same destination.</summary>
    InUse,

    /// <summary>There is a file at the destination, and the options say to leave it.</summary>
    DestinationExists,

    /// <summary>The destination cannot be written: it is a folder, a permission is missing, or its name is not possible.</summary>
    DestinationUnusable,

    /// <summary>There is not enough space.</summary>
    DiskFull,

    /// <summary>The disk failed.</summary>
    Storage,

    /// <summary>The checkpoint was written by a newer version of this library. It is left untouched.</summary>
    NewerCheckpoint,

    /// <summary>A strategy that <see cref="ResumableDownloadOptions.ConfigureResilience"/> or <see cref="ResumableDownloadOptions.ResiliencePipeline"/> brought in rejected the attempts, or ended them: an open circuit, a limit, a timeout.</summary>
    Rejected,
}
