namespace ResumableDownload;

/// <summary>How a download ended well.</summary>
public enum DownloadStatus
{
    /// <summary>The file is whole.</summary>
    Whole,

    /// <summary>The server said that the resource has not changed since <see cref="DownloadRequest.IfChangedSince"/>. Nothing was fetched, and no file was touched.</summary>
    NotModified,
}
