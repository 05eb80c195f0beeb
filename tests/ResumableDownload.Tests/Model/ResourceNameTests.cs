using ResumableDownload.Model;

namespace ResumableDownload.Tests.Model;

/// <summary>A refreshed signature is the same resource; anything else that differs is another.</summary>
public sealed class ResourceNameTests
{
    private const string S3 = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F2024&X-Amz-Date=20240101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Security-Token=t&X-Amz-Signature=";
    private const string Gcs = "X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=c&X-Goog-Date=d&X-Goog-Expires=60&X-Goog-SignedHeaders=host&X-Goog-Signature=";
    private const string OssV4 = "x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=c&x-oss-date=d&x-oss-expires=60&x-oss-additional-headers=host&x-oss-security-token=t&x-oss-signature=";
    private const string OssV1 = "OSSAccessKeyId=k&Expires=1700000000&security-token=t&Signature=";
    private const string Azure = "sv=2024-01-01&st=2024-01-01T00%3A00%3A00Z&se=2024-01-02T00%3A00%3A00Z&sr=b&sp=r&spr=https&skoid=o&sktid=t&skt=s&ske=e&sks=b&skv=v&sig=";
    private const string Cos = "q-sign-algorithm=sha1&q-ak=k&q-sign-time=1;2&q-key-time=1;2&q-header-list=host&q-url-param-list=&x-cos-security-token=t&q-signature=";
    private const string CloudFront = "Expires=1700000000&Key-Pair-Id=k&Policy=p&Signature=";

    public static TheoryData<string> Signatures => [S3, Gcs, OssV1, OssV4, Azure, Cos, CloudFront];

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_signature_is_no_part_of_the_name_and_the_rest_is(string signature)
    {
        Assert.Equal("?versionId=3&b=%26", SignedQuery.WithoutSignature($"?versionId=3&{signature}abc&b=%26"));
        Assert.Equal("", SignedQuery.WithoutSignature($"?{signature}abc"));
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_refreshed_signature_is_the_same_resource(string signature)
    {
        var fresh = signature.Replace("60", "90", StringComparison.Ordinal).Replace("2024", "2025", StringComparison.Ordinal).Replace("17", "18", StringComparison.Ordinal);
        Assert.Equal(Name($"https://h/f?v=1&{signature}abc"), Name($"https://h/f?v=1&{fresh}xyz"));
        Assert.NotEqual(Name($"https://h/f?v=1&{signature}abc"), Name($"https://h/f?v=2&{signature}abc"));
    }

    // OSS: these change the bytes. They look like a signature's parameters, and are none.
    [Theory]
    [InlineData("x-oss-process=image%2Fresize")]
    [InlineData("versionId=7")]
    [InlineData("response-content-type=text")]
    [InlineData("partNumber=2")]
    public void A_parameter_that_names_other_bytes_is_kept(string parameter) =>
        Assert.Equal($"?{parameter}", SignedQuery.WithoutSignature($"?{parameter}&{OssV4}abc"));

    // Without its mark a family may mean anything: an Expires may be a page's own.
    [Theory]
    [InlineData("?Expires=5&Policy=a")]
    [InlineData("?se=1&sp=2&sv=3")]
    [InlineData("?X-Amz-Date=1")]
    [InlineData("?q-ak=1")]
    [InlineData("?sr=1&sig=aa")]
    [InlineData("?Policy=a&Signature=b")]
    [InlineData("?a=1&b=2&a=3")]
    [InlineData("")]
    public void Without_a_signature_everything_is_the_name(string query) => Assert.Equal(query, SignedQuery.WithoutSignature(query));

    [Fact]
    public void The_mark_counts_whatever_its_case_and_escapes() =>
        Assert.Equal("?a=1", SignedQuery.WithoutSignature("?x%2Damz-signature=1&x-amz-date=2&a=1"));

    [Theory]
    [InlineData("https://h/f", "https://user:pass@h/f")]
    [InlineData("https://h/f", "https://h/f#part")]
    [InlineData("https://h/f", "https://H:443/f")]
    [InlineData("https://h/f?a=1", "https://h/f?a=1#x")]
    [InlineData("https://h/a/../f", "https://h/f")]
    public void These_are_one_resource(string one, string other) => Assert.Equal(Name(one), Name(other));

    [Theory]
    [InlineData("https://h/f", "http://h/f")]
    [InlineData("https://h/f", "https://i/f")]
    [InlineData("https://h/f", "https://h:8443/f")]
    [InlineData("https://h/f", "https://h/F")]
    [InlineData("https://h/f", "https://h/f/")]
    [InlineData("https://h/f", "https://h/f?a")]
    [InlineData("https://h/f?a=1", "https://h/f?a=2")]
    [InlineData("https://h/f?a=1&b=2", "https://h/f?b=2&a=1")]
    [InlineData("https://h/f%2Fg", "https://h/f/g")]
    public void These_are_two(string one, string other) => Assert.NotEqual(Name(one), Name(other));

    [Fact]
    public void A_key_of_the_callers_counts_alone()
    {
        Assert.Equal(ResourceName.Of(new Uri("https://mirror-1/f"), "release-7"), ResourceName.Of(new Uri("http://mirror-2/x?y"), "release-7"));
        Assert.NotEqual(ResourceName.Of(new Uri("https://h/f"), "release-7"), ResourceName.Of(new Uri("https://h/f"), "release-8"));
        Assert.NotEqual(Name("https://h/f"), ResourceName.Of(new Uri("https://h/f"), "https://h/f"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("release-7")]
    public void Each_part_of_a_resource_has_a_name_of_its_own(string? key)
    {
        ByteRange?[] parts = [null, new(0, 5), new(0, 6), new(1, 5), new(1, 15), new(11, 5000)];
        Assert.Equal(parts.Length, parts.Select(part => ResourceName.Of(new Uri("https://h/f"), key, part)).Distinct().Count());
        Assert.EndsWith("[1, 15)", ResourceName.Of(new Uri("https://h/f"), key, new(1, 15)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:secret@h/f?token=secret", null)]
    [InlineData("https://h/f", "secret")]
    public void A_name_tells_no_secret(string address, string? key)
    {
        var name = ResourceName.Of(new Uri(address), key);
        Assert.DoesNotContain("secret", name, StringComparison.Ordinal);
        Assert.Matches("^(key:)?sha256:[0-9a-f]{64}$", name);
    }

    private static string Name(string address) => ResourceName.Of(new Uri(address), null);
}
