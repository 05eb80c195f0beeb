namespace ResumableDownload.Protocol;

/// <summary>A server that cannot answer just now: 408, 425, 429, and 5xx but those that will not pass.</summary>
internal static class Busy
{
    public static ResponseDecision Judge(Question asked, ResponseFacts answer)
    {
        var why = ResponseClassifier.Told(answer);
        var wait = RetryAfter.Read(answer.RetryAfter, answer.Date);
        return wait is { } longer && longer > asked.Limits.MaxRetryAfter
            ? TooLong(why, Later(answer.Date, longer))
            : new ResponseDecision.RetryLater(DownloadFailure.ServerUnavailable, why, wait);
    }

    private static ResponseDecision.GiveUp TooLong(string why, DateTimeOffset until) =>
        new(DownloadFailure.ServerUnavailable, $"{why} and wants no request before {until:u}") { RetryAt = until };

    private static DateTimeOffset Later(DateTimeOffset date, TimeSpan wait) => date < DateTimeOffset.MaxValue - wait ? date + wait : DateTimeOffset.MaxValue;
}
