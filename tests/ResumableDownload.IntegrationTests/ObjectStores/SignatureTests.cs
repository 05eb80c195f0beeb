using System.Globalization;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>The stand-ins' own arithmetic against answers from elsewhere: what stores are said to answer must not be this project's invention.</summary>
public sealed class SignatureTests
{
    // Addresses that the vendor's C# SDK makes, by its own tests (aliyun/alibabacloud-oss-csharp-sdk-v2, SignerV1Test and SignerV4Test).
    [Fact]
    public void Version_1_signs_as_the_vendors_sdk_does()
    {
        var parts = new SignedParts("GET", "bucket", "key") { Query = SignedParts.ReadQuery("versionId=versionId") };

        Assert.Equal("dcLTea+Yh9ApirQ8o8dOPqtvJXQ=", OssSignatureV1.Of(parts, "1699807420", "sk"));
    }

    [Fact]
    public void Version_1_signs_a_temporary_token_too()
    {
        var parts = new SignedParts("GET", "bucket", "key+123") { Query = SignedParts.ReadQuery("versionId=versionId&security-token=token") };

        Assert.Equal("jzKYRrM5y6Br0dRFPaTGOsbrDhY=", OssSignatureV1.Of(parts, "1699808204", "sk"));
    }

    [Theory]
    [InlineData(1702781677, "", "a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe")]
    [InlineData(1702783809, "&x-oss-additional-headers=abc%3Bzabc", "6bd984bfe531afb6db1f7550983a741b103a8c58e5e14f83ea474c2322dfa2b7")]
    [InlineData(1702785388, "&x-oss-security-token=token", "3817ac9d206cd6dfc90f1c09c00be45005602e55898f26f5ddb06d7892e1f8b5")]
    public void Version_4_signs_as_the_vendors_sdk_does(long time, string more, string signature)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(time);
        var query = string.Create(CultureInfo.InvariantCulture, $"param1=value1&%2Bparam1=value3&%7Cparam1=value4&%2Bparam2&%7Cparam2&param2{more}")
            + "&x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-expires=599"
            + string.Create(CultureInfo.InvariantCulture, $"&x-oss-date={at:yyyyMMdd'T'HHmmss'Z'}&x-oss-credential=ak%2F{at:yyyyMMdd}%2Fcn-hangzhou%2Foss%2Faliyun_v4_request");
        var parts = new SignedParts("PUT", "bucket", "1234+-/123/1.txt")
        {
            Query = SignedParts.ReadQuery(query),
            Headers = [new("x-oss-head1", "value"), new("abc", "value"), new("ZAbc", "value"), new("XYZ", "value"), new("content-type", "application/octet-stream")],
        };

        Assert.Equal(signature, OssSignatureV4.Of(parts, "sk"));
    }

    // The check values of the catalogue of parametrised CRC algorithms.
    [Fact]
    public void Checksums_have_their_published_check_values()
    {
        var digits = Encoding.ASCII.GetBytes("123456789");

        Assert.Equal(0x995DC9BBDF1939FA, BitwiseCrc.Crc64Xz(digits));
        Assert.Equal(0xAE8B14860A799888, BitwiseCrc.Crc64Nvme(digits));
        Assert.Equal(0xCBF43926, BitwiseCrc.Crc32(digits));
        Assert.Equal(0xE3069283, BitwiseCrc.Crc32C(digits));
    }
}
