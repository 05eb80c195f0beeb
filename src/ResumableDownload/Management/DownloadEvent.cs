namespace ResumableDownload;

/// <summary>Something that happened to a download of a <see cref="DownloadManager"/>.</summary>
public sealed record DownloadEvent
{
    /// <summary>Gets the download.</summary>
    public required Download Download { get; init; }

    /// <summary>Gets what this tells of.</summary>
    public required DownloadEventKind Kind { get; init; }

    /// <summary>Gets the state before; the same as <see cref="To"/> unless it changed.</summary>
    public required DownloadState From { get; init; }

    /// <summary>Gets the state since.</summary>
    public required DownloadState To { get; init; }

    /// <summary>Gets how far the download had come, if that was known.</summary>
    public DownloadProgress? Progress { get; init; }

    /// <summary>Gets what was downloaded, when it is <see cref="DownloadState.Completed"/>.</summary>
    public DownloadResult? Result { get; init; }

    /// <summary>Gets why it failed, when it is <see cref="DownloadState.Failed"/>; mostly a <see cref="DownloadException"/>.</summary>
    public Exception? Failure { get; init; }
}
