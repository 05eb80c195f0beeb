using System.Globalization;
using System.Text.RegularExpressions;
using ResumableDownload.Tests.Fuzz;

namespace ResumableDownload.IntegrationTests.Fuzz;

/// <summary>Bends the head of an honest answer.</summary>
internal static partial class WildHead
{
    private static readonly int[] Statuses = [100, 101, 103, 200, 200, 202, 203, 204, 206, 206, 226, 299, 300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 408, 412, 416, 418, 425, 429, 500, 503, 511, 599, 600, 999];

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ETag"] = ["\"v1\"", "\"v2\"", "W/\"v1\"", "v1", "*", "\"\"", ""],
        ["Last-Modified"] = [Resource.DateOf(1), Resource.DateOf(2), "never", ""],
        ["Date"] = ["Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "now"],
        ["Content-Range"] = ["bytes 0-99/150000", "bytes 70000-149999/150000", "bytes 70000-149999/*", "bytes */150000", "bytes */1", "bytes 9223372036854775806-9223372036854775807/*", "BYTES  80000-149999/150000"],
        ["Content-Length"] = ["0", "1", "100", "-1", "150000", "9223372036854775807", "80000, 80000", "0x10"],
        ["Content-Type"] = ["text/html", "multipart/byteranges; boundary=X", ";", "application/octet-stream"],
        ["Content-Encoding"] = ["gzip", "identity", "br, identity"],
        ["Content-Disposition"] =
        [
            "attachment; filename=\"../../outside.bin\"", "attachment; filename=/tmp/outside.bin", "attachment; filename*=UTF-8''%2e%2e%2f%2e%2e%2foutside.bin", "attachment; filename=\"..\\\\outside.bin\"",
            "attachment; filename=.hidden", "attachment; filename=sentinel", "attachment; filename=\"x.partial\"", "attachment; filename=\"=?UTF-8?B?Li4vb3V0c2lkZQ==?=\"", "inline; filename=con",
        ],
        ["Retry-After"] = ["0", "1", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "-1", "soon"],
        ["Location"] = ["/other/..%2f..%2foutside.bin", "/", "?x=y", "//\u00e2\u0080\u00ae/", "file:///etc/passwd", "ftp://127.0.0.1/", "http://127.0.0.1:1/", "http://", "https:///x", "\u00ff"],
        ["Transfer-Encoding"] = ["chunked", "gzip, chunked", "identity", "chunked, chunked"],
        ["Accept-Ranges"] = ["none", "bytes"],
        ["Connection"] = ["close", "keep-alive", "upgrade"],
        ["Server"] = ["AliyunOSS", "nginx"],
        ["Via"] = ["1.1 squid"],
        ["Repr-Digest"] = ["sha-256=:AAAA:", "crc32c=:AAAAAA==:", "md5=:AAAAAAAAAAAAAAAAAAAAAA==:"],
        ["x-oss-hash-crc64ecma"] = ["7", "18446744073709551616"],
        ["Set-Cookie"] = ["a=b; Path=/", "\u0001"],
    };

    private static readonly string[] Names = [.. Values.Keys];

    /// <summary>Up to three changes of the status and the fields.</summary>
    public static Answer Bend(Answer answer, Random random)
    {
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            answer = Once(answer, random);
        }

        return answer;
    }

    /// <summary>The version that an answer claims to be of, as far as anybody could tell.</summary>
    public static string? VersionOf(Answer answer)
    {
        var tags = Lines(answer, "ETag");
        var dates = Lines(answer, "Last-Modified");
        return tags.Length > 1 ? "several " + string.Join(", ", tags)
            : tags is [{ Length: > 0 } tag] ? tag
            : dates is [{ Length: > 0 } date] ? date
            : null;
    }

    /// <summary>The bytes that a part claims to be; <see langword="null"/> when it makes no sense.</summary>
    public static (long First, long Last)? PartOf(Answer answer) =>
        answer.Headers.Where(static field => field.Key.Equals("Content-Range", StringComparison.OrdinalIgnoreCase)).ToArray() is [var only]
        && Part().Match(only.Value) is { Success: true } part
        && long.TryParse(part.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && long.TryParse(part.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (first, last)
            : null;

    public static string[] Lines(Answer answer, string name) =>
        [.. answer.Headers.Where(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static field => field.Value.Trim(' ', '\t')).Distinct(StringComparer.Ordinal)];

    private static Answer Once(Answer answer, Random random)
    {
        // What is there already, more often: it decides.
        var name = random.Next(2) == 0 && answer.Headers.Length > 0 ? answer.Headers[random.Next(answer.Headers.Length)].Key : random.Pick<string>(Names);
        return random.Next(7) switch
        {
            0 => answer with { Status = random.Pick<int>(Statuses) },
            1 => answer.With(name, null),
            2 => answer.And(name, Value(name, random)),
            3 => answer with { Framing = Framing.Chunked },
            4 => answer.With(name, Bent(answer[name] ?? Value(name, random), random)),
            _ => answer.With(name, Value(name, random)),
        };
    }

    private static string Value(string name, Random random) =>
        Values.TryGetValue(name, out var values) ? random.Next(4) == 0 ? Bent(random.Pick<string>(values), random) : random.Pick<string>(values) : Bent("x", random);

    // One line stays one line: whoever breaks lines is played without an idea of what they mean.
    private static string Bent(string value, Random random) => Mutation.Of(value, random).Replace('\r', ' ').Replace('\n', ' ');

    [GeneratedRegex(@"^\s*bytes\s+(\d+)-(\d+)/(\d+|\*)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Part();
}
