using System.Globalization;
using System.Net;

namespace ResumableDownload.Protocol;

/// <summary>What an answer means. Pure: the same facts always give the same decision.</summary>
internal static class ResponseClassifier
{
    public static ResponseDecision Classify(Question asked, ResponseFacts answer)
    {
        var decision = answer.ClientDecodes
            ? new ResponseDecision.GiveUp(DownloadFailure.UnexpectedCoding, "The HTTP client decompresses answers; resuming needs AutomaticDecompression = None")
            : Outside(asked, answer) ?? ByStatus(asked, answer);
        return decision with { Learned = decision.Learned | answer.Fingerprint };
    }

    /// <summary>The status as it is told to people.</summary>
    public static string Told(int status) => string.Create(CultureInfo.InvariantCulture, $"The server answered {status}{Name(status)}");

    /// <summary>The status, and what an error document said, as they are told to people.</summary>
    public static string Told(ResponseFacts answer) => answer.Error is { } error ? $"{Told(answer.Status)} ({error})" : Told(answer.Status);

    // A login page is short as well, and says nothing of the resource. The page of a refusal is the server's own.
    private static ResponseDecision? Outside(Question asked, ResponseFacts answer) => answer.Outside is not { } why ? null
        : (answer.Status == 416 ? null : Portal.Notice(asked, answer)) ?? (ResponseDecision)new ResponseDecision.GiveUp(DownloadFailure.LengthMismatch, why);

    private static ResponseDecision ByStatus(Question asked, ResponseFacts answer) => answer.Status switch
    {
        200 => WholeBody.Judge(asked, answer),
        206 => PartialBody.Judge(asked, answer),
        304 => Refusal.NotModified(asked),
        400 when answer.Error is not null => StoreRefusal.BadRequest(asked, answer),
        400 => Refusal.BadRequest(asked, answer),
        401 or 403 => StoreRefusal.Denied(asked, answer),
        404 or 410 => StoreRefusal.NotFound(asked, answer),
        412 => Refusal.PreconditionFailed(asked, answer),
        416 => Refusal.RangeNotSatisfiable(asked, answer),
        408 or 425 or 429 => Busy.Judge(asked, answer),
        501 or 505 or 511 => GiveUp(DownloadFailure.Refused, answer),
        >= 500 and <= 599 => Busy.Judge(asked, answer),
        >= 400 and <= 499 => GiveUp(DownloadFailure.Refused, answer),
        _ => GiveUp(DownloadFailure.ProtocolViolation, answer),
    };

    private static ResponseDecision.GiveUp GiveUp(DownloadFailure failure, ResponseFacts answer) => new(failure, Told(answer));

    // NotFound becomes "Not Found": the server's own reason phrase is its own, and absent in HTTP/2.
    private static string Name(int status) =>
        Enum.GetName((HttpStatusCode)status) is { } name
            ? " " + string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) && char.IsLower(name[at - 1]) ? $" {letter}" : $"{letter}"))
            : "";
}
