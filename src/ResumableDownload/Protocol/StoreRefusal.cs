namespace ResumableDownload.Protocol;

/// <summary>Judges the refusals of an address: 401 and 403; 404 and 410; and a 400 with an object store's error document.</summary>
/// <remarks>They say nothing of the object, so what is kept stays kept, with its validators.</remarks>
internal static class StoreRefusal
{
    public static ResponseDecision Denied(Question asked, ResponseFacts answer) => answer.Error switch
    {
        { IsPassing: true } => Busy.Judge(asked, answer),
        { IsArchived: true } => new ResponseDecision.GiveUp(DownloadFailure.AccessDenied, ResponseClassifier.Told(answer)),
        _ when HasExpired(asked, answer) => Expired(answer),
        _ => new ResponseDecision.RefreshUri(UriRefreshReason.Refused, DownloadFailure.AccessDenied, ResponseClassifier.Told(answer) + Doubt(asked)),
    };

    // A store may hide from a stranger whether there is anything (Amazon S3 without the right to list).
    public static ResponseDecision NotFound(Question asked, ResponseFacts answer)
    {
        var why = ResponseClassifier.Told(answer) + Doubt(asked);
        return asked.Signature is null
            ? new ResponseDecision.GiveUp(DownloadFailure.NotFound, why)
            : new ResponseDecision.RefreshUri(UriRefreshReason.NotFound, DownloadFailure.NotFound, why);
    }

    // Google says ExpiredToken with a 400; Amazon says RequestTimeout so.
    public static ResponseDecision BadRequest(Question asked, ResponseFacts answer) => answer.Error switch
    {
        { IsPassing: true } => Busy.Judge(asked, answer),
        { SaysExpired: true } => Expired(answer),
        _ => Refusal.BadRequest(asked, answer),
    };

    private static ResponseDecision.RefreshUri Expired(ResponseFacts answer) =>
        new(UriRefreshReason.Refused, DownloadFailure.Expired, $"The signed address has expired: {char.ToLowerInvariant(ResponseClassifier.Told(answer)[0])}{ResponseClassifier.Told(answer)[1..]}");

    // By the server's clock: the local one proves nothing.
    private static bool HasExpired(Question asked, ResponseFacts answer) =>
        answer.Error?.SaysExpired == true || asked.Signature?.Expiry <= answer.Date;

    private static string Doubt(Question asked) => asked.Signature is null ? "" : "; the signed address may have expired";
}
