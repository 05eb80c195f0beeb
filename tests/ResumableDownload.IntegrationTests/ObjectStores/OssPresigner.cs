using System.Globalization;

namespace ResumableDownload.IntegrationTests;

/// <summary>An access key of OSS, and the region it is used in.</summary>
internal sealed record OssAccessKey(string Id, string Secret, string Region);

/// <summary>What a vendor's SDK or an application's own server does: signs addresses of objects for a while.</summary>
internal sealed class OssPresigner(Uri endpoint, OssAccessKey key, TimeProvider clock)
{
    public Uri V1(SignedParts parts, TimeSpan validFor)
    {
        var expires = (clock.GetUtcNow() + validFor).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return parts
            .WithParameter("Expires", expires)
            .WithParameter("OSSAccessKeyId", key.Id)
            .WithParameter("Signature", OssSignatureV1.Of(parts, expires, key.Secret))
            .AddressAt(endpoint);
    }

    public Uri V4(SignedParts parts, TimeSpan validFor)
    {
        var now = clock.GetUtcNow();
        var signed = parts
            .WithParameter("x-oss-signature-version", OssSignatureV4.Version)
            .WithParameter("x-oss-credential", string.Create(CultureInfo.InvariantCulture, $"{key.Id}/{now:yyyyMMdd}/{key.Region}/oss/aliyun_v4_request"))
            .WithParameter("x-oss-date", now.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture))
            .WithParameter("x-oss-expires", ((long)validFor.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return signed.WithParameter("x-oss-signature", OssSignatureV4.Of(signed, key.Secret)).AddressAt(endpoint);
    }
}
