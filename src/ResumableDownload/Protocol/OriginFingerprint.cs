using ResumableDownload.Model;

namespace ResumableDownload.Protocol;

/// <summary>Knows object stores by their answers, so that the first resume already carries a condition they honour.</summary>
internal static class OriginFingerprint
{
    /// <summary>Alibaba Cloud OSS says so itself (its iOS guide); Azure Blob does not list If-Range among its conditional headers.</summary>
    public static OriginTraits Of(string? server, Func<string, bool> hasField) =>
        server?.Contains("AliyunOSS", StringComparison.OrdinalIgnoreCase) == true || hasField("x-oss-request-id") || hasField("x-ms-request-id")
            ? OriginTraits.IgnoresIfRange
            : OriginTraits.None;
}
