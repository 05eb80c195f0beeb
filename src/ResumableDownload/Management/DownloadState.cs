namespace ResumableDownload;

/// <summary>Where a download of a <see cref="DownloadManager"/> stands.</summary>
public enum DownloadState
{
    /// <summary>Added and not started, or started and waiting for its turn.</summary>
    Queued,

    /// <summary>It is being downloaded.</summary>
    Running,

    /// <summary>There is no network, or none that it may use. It goes on by itself.</summary>
    WaitingForNetwork,

    /// <summary>An attempt brought nothing, and the next follows. It keeps its turn.</summary>
    WaitingToRetry,

    /// <summary>Paused. What came is kept.</summary>
    Paused,

    /// <summary>The file is whole.</summary>
    Completed,

    /// <summary>It could not be finished. What came is kept, and <see cref="Download.Resume"/> tries again.</summary>
    Failed,

    /// <summary>Given up by the caller.</summary>
    Cancelled,
}
