using System.Security.Cryptography;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>
/// OSS signature version 4 in an address: HMAC-SHA256 with a key made from date, region and product, over the hash of the canonical request: method, path,
/// all parameters, Content-Type, Content-MD5, all x-oss-* fields, and the additional fields that the address names (OSS documentation "Signature Version 4").
/// </summary>
internal static class OssSignatureV4
{
    public const string Version = "OSS4-HMAC-SHA256";

    /// <summary>Signs what has all its parameters but the signature itself.</summary>
    public static string Of(SignedParts parts, string secret)
    {
        var time = parts.Parameter("x-oss-date") ?? "";
        var scope = (parts.Parameter("x-oss-credential") ?? "").Split('/', 2).Last();
        var canonical = SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(parts)));
        var text = $"{Version}\n{time}\n{scope}\n{Convert.ToHexStringLower(canonical)}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("aliyun_v4" + secret), Hmac);
        return Convert.ToHexStringLower(Hmac(key, text));
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Canonical(SignedParts parts)
    {
        var additional = (parts.Parameter("x-oss-additional-headers") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        return $"{parts.Method}\n{parts.EncodedPath}\n{Query(parts)}\n{Fields(parts, additional)}\n{string.Join(';', additional)}\nUNSIGNED-PAYLOAD";
    }

    private static string Query(SignedParts parts) => string.Join('&', parts.Query
        .Where(static parameter => parameter.Key != "x-oss-signature")
        .OrderBy(static parameter => Uri.EscapeDataString(parameter.Key), StringComparer.Ordinal)
        .Select(SignedParts.Encoded));

    private static string Fields(SignedParts parts, string[] additional) => string.Concat(parts.Headers
        .Select(static field => (Name: field.Key.ToLowerInvariant(), field.Value))
        .Where(field => IsAlwaysSigned(field.Name) || additional.Contains(field.Name))
        .OrderBy(static field => field.Name, StringComparer.Ordinal)
        .Select(static field => $"{field.Name}:{field.Value.Trim()}\n"));

    private static bool IsAlwaysSigned(string name) => name is "content-type" or "content-md5" || name.StartsWith("x-oss-", StringComparison.Ordinal);
}
