using System.Globalization;
using ResumableDownload.Model;

namespace ResumableDownload.Tests.Model;

/// <summary>What an address says of its own end, in the forms of the stores and in forms that nobody sane sends.</summary>
public sealed class SignedAddressTests
{
    private const string Unsigned = "unsigned";
    private const string Timeless = "signed, without a time";

    public static TheoryData<string, string, string> Addresses => new()
    {
        { "no query", "", Unsigned },
        { "a bare question mark", "?", Unsigned },
        { "ordinary parameters", "?id=7&name=x", Unsigned },
        { "Amazon V4", "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20240601T120000Z&X-Amz-Expires=60&X-Amz-Signature=00", "2024-06-01 12:01:00Z" },
        { "Amazon V2", "?AWSAccessKeyId=k&Expires=1717243260&Signature=s", "2024-06-01 12:01:00Z" },
        { "Google V4", "?X-Goog-Date=20240601T120000Z&X-Goog-Expires=60&X-Goog-Signature=00", "2024-06-01 12:01:00Z" },
        { "Google V2", "?GoogleAccessId=a&Expires=1717243260&Signature=s", "2024-06-01 12:01:00Z" },
        { "Alibaba V4", "?x-oss-date=20240601T120000Z&x-oss-expires=60&x-oss-signature=00&x-oss-signature-version=OSS4-HMAC-SHA256", "2024-06-01 12:01:00Z" },
        { "Alibaba V1", "?Expires=1717243260&OSSAccessKeyId=k&Signature=s", "2024-06-01 12:01:00Z" },
        { "Tencent", "?q-sign-algorithm=sha1&q-sign-time=1717243200;1717243260&q-signature=s", "2024-06-01 12:01:00Z" },
        { "Tencent, escaped", "?q-sign-time=1717243200%3B1717243260&q-signature=s", "2024-06-01 12:01:00Z" },
        { "Azure", "?sv=2022-11-02&se=2024-06-01T12:01:00Z&sr=b&sig=s", "2024-06-01 12:01:00Z" },
        { "Azure, escaped", "?sv=2022-11-02&se=2024-06-01T12%3A01%3A00Z&sig=s", "2024-06-01 12:01:00Z" },
        { "Azure, without seconds", "?sv=2022-11-02&se=2024-06-01T12:01Z&sig=s", "2024-06-01 12:01:00Z" },
        { "Azure, a day only", "?sv=2022-11-02&se=2024-06-01&sig=s", "2024-06-01 00:00:00Z" },
        { "Azure, with an offset", "?sv=2022-11-02&se=2024-06-01T14:01:00%2B02:00&sig=s", "2024-06-01 12:01:00Z" },
        { "CloudFront", "?Expires=1717243260&Key-Pair-Id=k&Signature=s", "2024-06-01 12:01:00Z" },
        { "CloudFront, its time hidden in a policy", "?Policy=e30_&Key-Pair-Id=k&Signature=s", Timeless },
        { "names in other cases", "?x-AMZ-date=20240601T120000Z&X-aMz-ExPiReS=60&x-amz-signature=00", "2024-06-01 12:01:00Z" },
        { "the first of two", "?Expires=1717243260&Expires=1&OSSAccessKeyId=k&Signature=s", "2024-06-01 12:01:00Z" },
        { "a time without a known signature", "?Expires=1717243260&hmac=x", "2024-06-01 12:01:00Z" },

        { "a span without its date", "?X-Amz-Expires=60&X-Amz-Signature=00", Timeless },
        { "a date without its span", "?X-Amz-Date=20240601T120000Z&X-Amz-Signature=00", Timeless },
        { "a span that is none", "?X-Amz-Date=20240601T120000Z&X-Amz-Expires=soon&X-Amz-Signature=00", Timeless },
        { "a span below zero", "?X-Amz-Date=20240601T120000Z&X-Amz-Expires=-60&X-Amz-Signature=00", Timeless },
        { "a span longer than a number", "?X-Amz-Date=20240601T120000Z&X-Amz-Expires=99999999999999999999&X-Amz-Signature=00", Timeless },
        { "a span beyond the last year", "?X-Amz-Date=99991231T235959Z&X-Amz-Expires=604800&X-Amz-Signature=00", Timeless },
        { "a span to the very last second", "?X-Amz-Date=99991231T235958Z&X-Amz-Expires=1&X-Amz-Signature=00", "9999-12-31 23:59:59Z" },
        { "the longest span", "?X-Amz-Date=20240601T120000Z&X-Amz-Expires=2147483647&X-Amz-Signature=00", "2092-06-19 15:14:07Z" },
        { "a date that never was", "?X-Amz-Date=20240231T120000Z&X-Amz-Expires=60&X-Amz-Signature=00", Timeless },
        { "Unix time beyond the last year", "?Expires=253402300800&OSSAccessKeyId=k&Signature=s", Timeless },
        { "Unix time to the very last second", "?Expires=253402300799&OSSAccessKeyId=k&Signature=s", "9999-12-31 23:59:59Z" },
        { "Unix time beyond all numbers", "?Expires=9223372036854775808&OSSAccessKeyId=k&Signature=s", Timeless },
        { "Unix time before time", "?Expires=-1&OSSAccessKeyId=k&Signature=s", Timeless },
        { "no time at all", "?Expires=&OSSAccessKeyId=k&Signature=s", Timeless },
        { "no value at all", "?Expires&OSSAccessKeyId=k&Signature=s", Timeless },
        { "only semicolons", "?q-sign-time=;;&q-signature=s", Timeless },
        { "escapes that are none", "?se=%&sv=%ZZ&sig=%E0%A4", Timeless },
        { "other digits", "?Expires=%D9%A1%D9%A2&OSSAccessKeyId=k&Signature=s", Timeless },
        { "a word that begins like a time", "?se=Tuesday", Unsigned },
        { "an hour of an unknown day", "?se=T12", Unsigned },
        { "a time of day", "?se=T12:00", Unsigned },
        { "Azure, after all time", "?sv=1&se=9999-12-31T23:59:59-14:00&sig=s", Timeless },
        { "Azure, before all time", "?sv=1&se=0001-01-01T00:00:00%2B14:00&sig=s", Timeless },
    };

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_tells_its_end(string why, string query, string expected)
    {
        var signed = SignedAddress.Of(new Uri("https://origin.test/file.bin" + query));
        var told = signed is null ? Unsigned : signed.Expiry is { } expiry ? expiry.ToString("u", CultureInfo.InvariantCulture) : Timeless;
        Assert.Equal($"{why}: {expected}", $"{why}: {told}");
    }

    [Fact]
    public void A_query_of_a_thousand_parameters_is_read()
    {
        var query = string.Concat(Enumerable.Range(0, 1000).Select(static number => $"p{number}=x&"));
        Assert.NotNull(SignedAddress.Of(new Uri($"https://origin.test/?{query}Expires=1717243260"))?.Expiry);
    }
}
