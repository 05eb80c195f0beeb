namespace ResumableDownload;

/// <summary>A download could not be finished. What arrived is kept, and the next call for the same destination goes on from it.</summary>
/// <remarks>Cancellation is never wrapped: it is always an <see cref="OperationCanceledException"/> that carries the caller's token.</remarks>
public sealed class DownloadException : IOException
{
    /// <summary>Initializes a new instance of the <see cref="DownloadException"/> class.</summary>
    public DownloadException()
        : this(DownloadFailure.Connection, "The download failed.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DownloadException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public DownloadException(string message)
        : this(DownloadFailure.Connection, message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DownloadException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public DownloadException(string message, Exception? innerException)
        : this(DownloadFailure.Connection, message, innerException)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DownloadException"/> class.</summary>
    /// <param name="failure">The kind of failure.</param>
    /// <param name="message">What happened, and what is kept.</param>
    /// <param name="innerException">What caused it.</param>
    public DownloadException(DownloadFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Gets the kind of failure, to branch on.</summary>
    public DownloadFailure Failure { get; }

    /// <summary>Gets the HTTP status of the answer that ended the download, or <see langword="null"/> when no answer did.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the error code of an object store's answer, as <c>NoSuchKey</c>, when there was one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the message that came with <see cref="ErrorCode"/>, at most 100 characters of it.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets the number of bytes that are kept for the next call.</summary>
    public long Kept { get; init; }

    /// <summary>Gets the time from which the server is willing to answer again, when it said so.</summary>
    public DateTimeOffset? RetryAt { get; init; }
}
