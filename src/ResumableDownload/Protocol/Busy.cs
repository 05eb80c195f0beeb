namespace ResumableDownload.Protocol;

/// <summary>A server that cannot answer just now: 408, 425, 429, and 5xx but those that will not pass.</summary>
internal static class Busy
{
    public static ResponseDecision Judge(Question asked, ResponseFacts answer)
    {
        var why = ResponseClassifier.Told(answer.Status);
        var wait = RetryAfter.Read(answer.RetryAfter, answer.Date);
        return wait > asked.Limits.MaxRetryAfter
            ? new ResponseDecision.GiveUp(DownloadFailure.ServerUnavailable, $"{why} and wants no request before {answer.Date + wait:u}") { RetryAt = answer.Date + wait }
            : new ResponseDecision.RetryLater(DownloadFailure.ServerUnavailable, why, wait);
    }
}
