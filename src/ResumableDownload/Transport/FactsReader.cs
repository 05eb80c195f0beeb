using System.Globalization;
using System.Net.Http.Headers;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>Reads the head of an answer. Raw text, as the typed headers turn what they do not understand into nothing.</summary>
internal static class FactsReader
{
    public static ResponseFacts Read(HttpResponseMessage response, DateTimeOffset now, StoreError? error = null)
    {
        var head = response.Headers.NonValidated;
        var body = response.Content.Headers;

        // A length beside chunks is the sender's opinion only: the chunks count (RFC 9112, section 6.3).
        var isChunked = response.Headers.TransferEncodingChunked == true;
        var lengths = Lines(body.NonValidated, "Content-Length");
        var length = Length(lengths);
        var coding = Coding(Lines(body.NonValidated, "Content-Encoding"));
        return new ResponseFacts
        {
            Status = (int)response.StatusCode,
            EntityTag = Tag(Lines(head, "ETag")),
            LastModified = Single(Lines(body.NonValidated, "Last-Modified")),
            Date = HttpDate.Read(Single(Lines(head, "Date"))) ?? now,
            ContentLength = isChunked ? null : length,
            InvalidLength = isChunked || length is not null || lengths.Length == 0 ? null : string.Join(", ", lengths),
            Error = error,
            EndIsMarked = isChunked || response.Version.Major >= 2,
            RefusesRanges = Lines(head, "Accept-Ranges") is [var only] && only.Equals("none", StringComparison.OrdinalIgnoreCase),
            PassedCache = head.Contains("Via") || head.Contains("Age") || head.Contains("X-Cache") || head.Contains("Cache-Status"),
            ContentRange = Lines(body.NonValidated, "Content-Range"),
            ContentCoding = coding,
            ContentType = Single(Lines(body.NonValidated, "Content-Type"))?.Split(';')[0].Trim(),
            Digests = OfferedDigests.Read(name => [.. Lines(head, name), .. Lines(body.NonValidated, name)], (int)response.StatusCode, coding is not null),
            FileName = FileNameChoice.OfAnswer(Lines(body.NonValidated, "Content-Disposition") is [var disposition, ..] ? disposition : null),
            RetryAfter = Single(Lines(head, "Retry-After")),
            Fingerprint = OriginFingerprint.Of(Single(Lines(head, "Server")), head.Contains),
            ClientDecodes = DecodesBehindOurBack(response),
        };
    }

    private static string[] Lines(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? [.. values] : [];

    private static string? Single(string[] lines) => lines.Distinct(StringComparer.Ordinal).ToArray() is [{ Length: > 0 } only] ? only : null;

    // Two different tags name nothing. They are noted as weak: never sent, but there, so that no date is taken for strong in their place.
    private static string? Tag(string[] lines) => lines.Distinct(StringComparer.Ordinal).Count() > 1 ? "W/" + string.Join(", ", lines) : Single(lines);

    // The typed header takes the first of two lengths and says nothing, and takes what is no number for none. The same one twice is one (RFC 9110, section 8.6).
    private static long? Length(string[] lines) =>
        lines.SelectMany(static line => line.Split(',', StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).ToArray() is [var only]
        && long.TryParse(only, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    private static string? Coding(string[] lines)
    {
        var codings = lines
            .SelectMany(static line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Where(static coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase));
        return string.Join(", ", codings) is { Length: > 0 } text ? text : null;
    }

    // A decompressing handler adds its codings to the request's own Accept-Encoding, and takes Content-Encoding off the answer.
    private static bool DecodesBehindOurBack(HttpResponseMessage response) =>
        response.RequestMessage?.Headers.NonValidated is { } sent
        && Lines(sent, "Accept-Encoding").Any(static line => !line.Equals("identity", StringComparison.OrdinalIgnoreCase));
}
