using System.Security.Cryptography;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>
/// OSS signature version 1 in an address: base64 of HMAC-SHA1 over method, Content-MD5, Content-Type, the time of expiry, all x-oss-* fields
/// and the resource with its sub-resources (OSS documentation "Add signatures to URLs").
/// </summary>
internal static class OssSignatureV1
{
    /// <summary>Parameters that are part of the resource. All x-oss-* parameters are, too. Others are not signed.</summary>
    private static readonly string[] SubResources =
    [
        "acl", "append", "callback", "callback-var", "continuation-token", "delete", "location", "objectMeta", "partNumber", "position",
        "response-cache-control", "response-content-disposition", "response-content-encoding", "response-content-language",
        "response-content-type", "response-expires", "restore", "security-token", "sequential", "stat", "symlink", "tagging", "uploadId",
        "uploads", "versionId", "versioning", "versions",
    ];

    public static string Of(SignedParts parts, string expires, string secret)
    {
        var text = $"{parts.Method}\n{parts.Header("Content-MD5")}\n{parts.Header("Content-Type")}\n{expires}\n{Fields(parts)}{Resource(parts)}";
#pragma warning disable CA5350 // Version 1 is HMAC-SHA1 by definition.
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }

    private static string Fields(SignedParts parts) => string.Concat(parts.Headers
        .Select(static field => (Name: field.Key.ToLowerInvariant(), field.Value))
        .Where(static field => field.Name.StartsWith("x-oss-", StringComparison.Ordinal))
        .OrderBy(static field => field.Name, StringComparer.Ordinal)
        .Select(static field => $"{field.Name}:{field.Value.Trim()}\n"));

    private static string Resource(SignedParts parts)
    {
        var signed = parts.Query
            .Where(parameter => SubResources.Contains(parameter.Key) || parameter.Key.StartsWith("x-oss-", StringComparison.Ordinal))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => parameter.Value.Length == 0 ? parameter.Key : $"{parameter.Key}={parameter.Value}")
            .ToArray();
        return $"/{parts.Bucket}/{parts.Key}" + (signed.Length == 0 ? "" : "?" + string.Join('&', signed));
    }
}
