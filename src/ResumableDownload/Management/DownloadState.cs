namespace ResumableDownload;

/// <summary>How far a managed download is.</summary>
public enum DownloadState
{
    /// <summary>Added and not begun yet: it was not started, or waits for its turn.</summary>
    Queued,

    /// <summary>It is being downloaded.</summary>
    Running,

    /// <summary>It goes on by itself as soon as there is a network that it may use.</summary>
    WaitingForNetwork,

    /// <summary>It goes on by itself after a while: an attempt failed, or the server asked to wait.</summary>
    WaitingToRetry,

    /// <summary>It was paused, and goes on when it is resumed. What came is kept.</summary>
    Paused,

    /// <summary>The file is whole and at its destination.</summary>
    Completed,

    /// <summary>It cannot go on by itself. What came is kept, and it goes on when it is resumed.</summary>
    Failed,

    /// <summary>It was given up.</summary>
    Cancelled,
}
