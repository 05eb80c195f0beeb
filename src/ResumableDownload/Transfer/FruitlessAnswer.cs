using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>The outcome of an attempt whose answer has no body for us.</summary>
internal static class FruitlessAnswer
{
    public static AttemptOutcome Of(ResponseFacts answer, DownloadFailure failure, string why, TimeSpan? retryAfter = null) => AttemptOutcome.Fruitless(failure, why) with
    {
        StatusCode = answer.Status,
        ErrorCode = answer.Error?.Code,
        ErrorMessage = answer.Error?.Message,
        RetryAfter = retryAfter,
    };
}
