using System.Security.Cryptography;
using System.Text;

namespace ResumableDownload.Model;

/// <summary>Names the resource that kept bytes belong to. ETags are unique only within one resource (RFC 9110, section 8.8.3).</summary>
internal static class ResourceName
{
    /// <summary>Names a resource by the caller's key, else by its address without what a fresh signature changes; and the part of it, if only that is downloaded.</summary>
    public static string Of(Uri source, string? key, ByteRange? part = null) => (key is null ? "sha256:" + Hash(Canonical(source)) : "key:sha256:" + Hash(key)) + part;

    private static string Canonical(Uri source) =>
        source.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + SignedQuery.WithoutSignature(source.Query);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
