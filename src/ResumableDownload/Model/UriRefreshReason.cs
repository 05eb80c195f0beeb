namespace ResumableDownload;

/// <summary>Why a fresh address is wanted.</summary>
public enum UriRefreshReason
{
    /// <summary>The server refused the address (401, 403, or a 400 that says it has expired).</summary>
    Refused,

    /// <summary>The server found nothing at an address that looks signed (404, 410).</summary>
    NotFound,

    /// <summary>The address is about to expire, by the server's clock.</summary>
    ExpiresSoon,
}
