using System.Globalization;
using System.Net.Http.Headers;
using ResumableDownload.Naming;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transport;

/// <summary>Reads the head of an answer. Raw text, as the typed headers turn what they do not understand into nothing.</summary>
internal static class FactsReader
{
    public static ResponseFacts Read(HttpResponseMessage response, DateTimeOffset now, StoreError? error = null)
    {
        var head = response.Headers.NonValidated;
        var body = response.Content.Headers.NonValidated;
        return WithLength(response, new ResponseFacts
        {
            Status = (int)response.StatusCode,
            EntityTag = Tag(Lines(head, "ETag")),
            LastModified = Single(Lines(body, "Last-Modified")),
            Date = HttpDate.Read(Single(Lines(head, "Date"))) ?? now,
            RefusesRanges = Lines(head, "Accept-Ranges") is [var only] && only.Equals("none", StringComparison.OrdinalIgnoreCase),
            PassedCache = PassedCache(head),
            Error = error,
            ContentRange = Lines(body, "Content-Range"),
            ContentCoding = Coding(Lines(body, "Content-Encoding")),
            ContentType = Single(Lines(body, "Content-Type"))?.Split(';')[0].Trim(),
            Digests = OfferedDigests.Read(name => [.. Lines(head, name), .. Lines(body, name)], (int)response.StatusCode, Coding(Lines(body, "Content-Encoding")) is not null),
            FileName = FileNameChoice.OfAnswer(Lines(body, "Content-Disposition").FirstOrDefault()),
            RetryAfter = Single(Lines(head, "Retry-After")),
            Fingerprint = OriginFingerprint.Of(Single(Lines(head, "Server")), head.Contains),
            ClientDecodes = DecodesBehindOurBack(response),
        });
    }

    // A length beside chunks is the sender's opinion only: the chunks count (RFC 9112, section 6.3).
    private static ResponseFacts WithLength(HttpResponseMessage response, ResponseFacts facts)
    {
        if (response.Headers.TransferEncodingChunked == true)
        {
            return facts with { EndIsMarked = true };
        }

        var lines = Lines(response.Content.Headers.NonValidated, "Content-Length");
        // Content that a handler has buffered knows its length without being told.
        var length = lines.Length == 0 ? response.Content.Headers.ContentLength : Length(lines);
        return facts with
        {
            ContentLength = length,
            InvalidLength = length is null && lines.Length > 0 ? string.Join(", ", lines) : null,
            EndIsMarked = response.Version.Major >= 2,
        };
    }

    private static bool PassedCache(HttpHeadersNonValidated head) =>
        head.Contains("Via") || head.Contains("Age") || head.Contains("X-Cache") || head.Contains("Cache-Status");

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
