using System.Globalization;
using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Reads a line of a header field that states digests. What is malformed, or of an algorithm not known here, is nothing.</summary>
internal static class DigestField
{
    /// <summary>A dictionary of byte sequences (RFC 9530; RFC 9651, sections 3.2 and 3.3.5): <c>sha-256=:4REj…=:, md5=:…:</c>.</summary>
    public static IEnumerable<Digest?> Structured(string line) => Members(line).Select(static member =>
        AlgorithmOf(member.Name) is { } algorithm && ByteSequence(member.Value) is { } text ? Base64(algorithm, text) : null);

    /// <summary>The legacy field of RFC 3230: <c>SHA-256=4REj…=,CRC32c=0a72a4df</c>.</summary>
    public static IEnumerable<Digest?> Instance(string line) => Members(line).Select(static member => AlgorithmOf(member.Name) switch
    {
        // The registry has one to eight hexadecimal digits for it. Base64 of four bytes ends with a sign that is none.
        DigestAlgorithm.Crc32C when !member.Value.EndsWith('=') => Hexadecimal(DigestAlgorithm.Crc32C, member.Value),
        { } algorithm => Base64(algorithm, member.Value),
        null => null,
    });

    /// <summary>What Google states: <c>crc32c=n03x6A==,md5=Ojk9c3dhfxgoKVVHYwFbHQ==</c>.</summary>
    public static IEnumerable<Digest?> Google(string line) =>
        Members(line).Select(static member => AlgorithmOf(member.Name) is { } algorithm ? Base64(algorithm, member.Value) : null);

    /// <summary>A field that is one digest in base64, padding included.</summary>
    public static Digest? Base64(DigestAlgorithm algorithm, string text)
    {
        var value = new byte[DigestForm.Of(algorithm).Length];
        var digits = text.Trim();

        // The length first: a text as long as a book is not decoded, and white space within would be overlooked.
        return digits.Length == (value.Length + 2) / 3 * 4 && Convert.TryFromBase64String(digits, value, out var count) && count == value.Length
            ? new Digest(algorithm, value)
            : null;
    }

    /// <summary>A field that is one CRC as a decimal number.</summary>
    public static Digest? Decimal(DigestAlgorithm algorithm, string text) =>
        ulong.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var crc) ? Digest.OfCrc(algorithm, crc) : null;

    private static Digest? Hexadecimal(DigestAlgorithm algorithm, string digits) =>
        digits.Length <= 8 && uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var crc) ? Digest.OfCrc(algorithm, crc) : null;

    private static DigestAlgorithm? AlgorithmOf(string name) => name.ToUpperInvariant() switch
    {
        "SHA-256" => DigestAlgorithm.Sha256,
        "SHA-512" => DigestAlgorithm.Sha512,
        "SHA" => DigestAlgorithm.Sha1,
        "MD5" => DigestAlgorithm.Md5,
        "CRC32C" => DigestAlgorithm.Crc32C,
        _ => null,
    };

    private static string? ByteSequence(string value) =>
        value.StartsWith(':') && value.IndexOf(':', 1) is > 0 and var end && value[(end + 1)..].TrimStart() is "" or [';', ..] ? value[1..end] : null;

    private static IEnumerable<(string Name, string Value)> Members(string line)
    {
        for (var start = 0; start < line.Length;)
        {
            var end = EndOfMember(line, start);
            var equals = line.IndexOf('=', start, end - start);
            if (equals >= 0)
            {
                yield return (line[start..equals].Trim(), line[(equals + 1)..end].Trim());
            }

            start = end + 1;
        }
    }

    // A parameter may be a string, and a string may hold a comma.
    private static int EndOfMember(string line, int start)
    {
        var isString = false;
        var at = start;
        for (; at < line.Length && (isString || line[at] != ','); at++)
        {
            isString ^= line[at] == '"';
            at += isString && line[at] == '\\' ? 1 : 0;
        }

        return Math.Min(at, line.Length);
    }
}
