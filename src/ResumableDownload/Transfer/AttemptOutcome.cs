namespace ResumableDownload.Transfer;

/// <summary>What an attempt came to.</summary>
internal sealed record AttemptOutcome
{
    /// <summary>It brought a new byte, or nothing more is needed.</summary>
    public static AttemptOutcome Advanced { get; } = new() { IsFruitful = true };

    public bool IsFruitful { get; private init; }

    /// <summary>What the download failed of, if no further attempt helps.</summary>
    public DownloadFailure Failure { get; private init; }

    /// <summary>What happened, as a sentence.</summary>
    public string Why { get; private init; } = "";

    /// <summary>How long the server wants us to wait.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public int? StatusCode { get; private init; }

    public Exception? Cause { get; private init; }

    /// <summary>Whether the connection was closed without any answer to a range request: some caches do that for ever, but answer a plain request.</summary>
    public bool IsSilentRefusal { get; private init; }

    public static AttemptOutcome Fruitless(DownloadFailure failure, string why, int? status = null, TimeSpan? retryAfter = null) =>
        new() { Failure = failure, Why = why, StatusCode = status, RetryAfter = retryAfter };

    public static AttemptOutcome Broken(DownloadFailure failure, string why, Exception? cause, bool isSilentRefusal = false) =>
        new() { Failure = failure, Why = why, Cause = cause, IsSilentRefusal = isSilentRefusal };
}
