using ResumableDownload.Protocol;

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

    /// <summary>The answer, when there was one.</summary>
    public ResponseFacts? Answer { get; private init; }

    public Exception? Cause { get; private init; }

    /// <summary>Whether the connection was closed without any answer to a range request: some caches do that for ever, but answer a plain request.</summary>
    public bool IsSilentRefusal { get; private init; }

    public static AttemptOutcome Fruitless(DownloadFailure failure, string why, ResponseFacts answer, TimeSpan? retryAfter = null) =>
        new() { Failure = failure, Why = why, Answer = answer, RetryAfter = retryAfter };

    public static AttemptOutcome Broken(DownloadFailure failure, string why, Exception? cause, bool isSilentRefusal = false) =>
        new() { Failure = failure, Why = why, Cause = cause, IsSilentRefusal = isSilentRefusal };

    /// <summary>The failure of a download that ends with this attempt, the last of so many in a row that brought nothing.</summary>
    public DownloadException Failed(int attempts = 1, DateTimeOffset? retryAt = null) =>
        new(Failure, attempts == 1 ? Why : $"{Why}; {attempts} attempts in a row brought no new byte", Cause)
        {
            StatusCode = Answer?.Status,
            ErrorCode = Answer?.Error?.Code,
            ErrorMessage = Answer?.Error?.Message,
            RetryAt = retryAt,
        };
}
