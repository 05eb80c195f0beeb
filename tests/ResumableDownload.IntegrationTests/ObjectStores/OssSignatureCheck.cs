using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>Looks at a signed address as OSS does, when a request arrives: a body that is under way is not cut when the time is over.</summary>
internal static class OssSignatureCheck
{
    private const string WrongSignature = "SignatureDoesNotMatch";

    public static bool IsSigned(StoreRequest request) => request.Parameter("Signature") is not null || request.Parameter("x-oss-signature") is not null;

    public static (string Code, string Message, (string Name, string Value)[] More)? Refuse(StoreRequest request, OssAccessKey key, DateTimeOffset now)
    {
        var (isRight, end) = request.Parameter("x-oss-signature") is null ? V1(request, key) : V4(request, key);
        request.SignatureHolds = isRight;
        return (isRight, end) switch
        {
            (false, _) => (WrongSignature, "The signature does not match the request.", []),
            (_, null) => ("AccessDenied", "The time of expiry is invalid.", []),
            (_, { } time) when time <= now => ("AccessDenied", "Request has expired.",
                [("Expires", Spell(time)), ("ServerTime", Spell(now)), ("EC", "0002-00000069")]),
            _ => null,
        };
    }

    private static (bool IsRight, DateTimeOffset? End) V1(StoreRequest request, OssAccessKey key)
    {
        var expires = request.Parameter("Expires") ?? "";
        var isRight = request.Parameter("OSSAccessKeyId") == key.Id
            && request.Parameter("Signature") == OssSignatureV1.Of(request.Signed, expires, key.Secret);
        return (isRight, long.TryParse(expires, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
    }

    private static (bool IsRight, DateTimeOffset? End) V4(StoreRequest request, OssAccessKey key)
    {
        var began = request.Parameter("x-oss-date") ?? "";
        var isRight = request.Parameter("x-oss-signature-version") == OssSignatureV4.Version
            && began.Length > 8
            && request.Parameter("x-oss-credential") == $"{key.Id}/{began[..8]}/{key.Region}/oss/aliyun_v4_request"
            && request.Parameter("x-oss-signature") == OssSignatureV4.Of(request.Signed, key.Secret);
        return (isRight, EndOf(began, request.Parameter("x-oss-expires")));
    }

    // From 1 second to 7 days.
    private static DateTimeOffset? EndOf(string began, string? expires) =>
        DateTimeOffset.TryParseExact(began, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && int.TryParse(expires, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 604_800
            ? time.AddSeconds(seconds)
            : null;

    private static string Spell(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
