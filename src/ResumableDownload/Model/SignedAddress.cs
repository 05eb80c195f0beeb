using System.Globalization;

namespace ResumableDownload.Model;

/// <summary>What an address says of its own signature.</summary>
/// <param name="Expiry">When it ends, if the address tells.</param>
internal sealed record SignedAddress(DateTimeOffset? Expiry)
{
    private const string BasicDate = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The year 2001. Less is a span, or a number of something else.</summary>
    private const long EarliestExpiry = 1_000_000_000;

    private static readonly long LatestExpiry = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    // What Azure accepts; a day alone is its first moment.
    private static readonly string[] IsoDates = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    /// <summary>Reads the signature of an address; <see langword="null"/> when it does not look signed.</summary>
    public static SignedAddress? Of(Uri address)
    {
        var parameters = QueryParameters.Of(address.Query);
        var expiry = DateAndSpan(parameters, "X-Amz-") ?? DateAndSpan(parameters, "X-Goog-") ?? DateAndSpan(parameters, "x-oss-")
            ?? UnixTime(parameters.Value("Expires")) ?? UnixTime(parameters.Value("q-sign-time")?.Split(';')[^1]) ?? (parameters.Has("sig") ? IsoTime(parameters.Value("se")) : null);
        return expiry is not null || SignedQuery.IsSigned(address.Query) ? new(expiry) : null;
    }

    // X-Amz-Date and X-Amz-Expires, in seconds; Google and Alibaba took the form over.
    private static DateTimeOffset? DateAndSpan(QueryParameters parameters, string prefix) =>
        DateTimeOffset.TryParseExact(parameters.Value(prefix + "Date"), BasicDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
        && int.TryParse(parameters.Value(prefix + "Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && date < DateTimeOffset.MaxValue.AddSeconds(-seconds)
            ? date.AddSeconds(seconds)
            : null;

    private static DateTimeOffset? UnixTime(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds >= EarliestExpiry && seconds <= LatestExpiry
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static DateTimeOffset? IsoTime(string? text) =>
        DateTimeOffset.TryParseExact(text, IsoDates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
