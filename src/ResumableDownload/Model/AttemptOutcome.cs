namespace ResumableDownload;

/// <summary>What an attempt came to: what the strategies of a <see cref="ResumableDownloadOptions.ResiliencePipeline"/> decide by.</summary>
/// <remarks>What no further attempt can mend, as a full disk or a 404, is none of the strategies' business: they see a fruitful attempt, and the download fails when they are done.</remarks>
public sealed record AttemptOutcome
{
    private AttemptOutcome()
    {
    }

    /// <summary>Gets a value indicating whether it brought a new byte, or found that nothing more is needed.</summary>
    public bool IsFruitful { get; private init; }

    /// <summary>Gets what the download fails of, if no further attempt helps. Without meaning when <see cref="IsFruitful"/>.</summary>
    public DownloadFailure Failure { get; private init; }

    /// <summary>Gets what happened, as a sentence without secrets.</summary>
    public string Why { get; private init; } = "";

    /// <summary>Gets how long the server wants us to wait (RFC 9110, section 10.2.3), or <see langword="null"/> when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets the HTTP status of the answer, or <see langword="null"/> when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the error code of an object store's answer, as <c>SlowDown</c>, when there was one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Gets the message that came with <see cref="ErrorCode"/>.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Gets what broke the connection, when something did.</summary>
    public Exception? Cause { get; private init; }

    /// <summary>Gets the outcome of an attempt that brought a new byte, or found that nothing more is needed.</summary>
    public static AttemptOutcome Advanced { get; } = new() { IsFruitful = true };

    /// <summary>Whether the connection was closed without any answer to a range request: some caches do that for ever, but answer a plain request.</summary>
    internal bool IsSilentRefusal { get; init; }

    /// <summary>The outcome of an attempt that brought nothing, for strategies and tests that make one themselves.</summary>
    /// <param name="failure">What the download fails of, if no further attempt helps.</param>
    /// <param name="why">What happened, as a sentence without a full stop.</param>
    /// <param name="cause">What broke the connection, when something did.</param>
    /// <returns>The outcome.</returns>
    public static AttemptOutcome Fruitless(DownloadFailure failure, string why, Exception? cause = null) => new() { Failure = failure, Why = why, Cause = cause };

    /// <summary>The failure of a download that ends with this attempt, the last of so many in a row that brought nothing.</summary>
    internal DownloadException Failed(int attempts = 1, DateTimeOffset? retryAt = null) =>
        new(Failure, attempts <= 1 ? Why : $"{Why}; {attempts} attempts in a row brought no new byte", Cause)
        {
            StatusCode = StatusCode,
            ErrorCode = ErrorCode,
            ErrorMessage = ErrorMessage,
            RetryAt = retryAt,
        };
}
