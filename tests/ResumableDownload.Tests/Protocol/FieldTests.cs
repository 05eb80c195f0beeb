using System.Globalization;
using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>How the fields of an answer are read.</summary>
public sealed class FieldTests
{
    [Theory]
    [InlineData("Mon, 01 Jan 2024 00:00:00 GMT", "2024-01-01T00:00:00")]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37")]
    [InlineData("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37")]
    [InlineData("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37")]
    [InlineData("Thu Nov 16 08:49:37 2023", "2023-11-16T08:49:37")]
    [InlineData("Mon, 06 Nov 1994 08:49:37 GMT", null)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 +0100", null)]
    [InlineData("1994-11-06T08:49:37Z", null)]
    [InlineData("Sun, 31 Feb 2024 00:00:00 GMT", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_date_is_read_in_three_forms_only(string? text, string? expected) =>
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected + "Z", CultureInfo.InvariantCulture), HttpDate.Read(text));

    [Theory]
    [InlineData("bytes 0-0/1", "[0, 1) of 1")]
    [InlineData("bytes 40-99/100", "[40, 100) of 100")]
    [InlineData("BYTES 40-99/100", "[40, 100) of 100")]
    [InlineData("bytes  40-99/100 ", "[40, 100) of 100")]
    [InlineData("bytes 00040-0099/000100", "[40, 100) of 100")]
    [InlineData("bytes 40-99/*", "[40, 100) of *")]
    [InlineData("bytes */100", "none of 100")]
    [InlineData("bytes */0", "none of 0")]
    [InlineData("bytes 0-9223372036854775806/9223372036854775807", "[0, 9223372036854775807) of 9223372036854775807")]
    [InlineData("bytes 0-9/5", null)]
    [InlineData("bytes 0-10/10", null)]
    [InlineData("bytes 5-4/10", null)]
    [InlineData("bytes 0-499", null)]
    [InlineData("bytes=0-499/1234", null)]
    [InlineData("bytes=1-2/3", null)]
    [InlineData("bytes 1000-999/1000", null)]
    [InlineData("bytes 0--1/0", null)]
    [InlineData("bytes 900-2000/1000", null)]
    [InlineData("bytes -5-9/10", null)]
    [InlineData("bytes +0-9/10", null)]
    [InlineData("bytes 0-9/10/11", null)]
    [InlineData("bytes 0-9-10/20", null)]
    [InlineData("bytes */*", null)]
    [InlineData("bytes 0-9/", null)]
    [InlineData("bytes -9/10", null)]
    [InlineData("bytes 0-/10", null)]
    [InlineData("bytes 0-9/9223372036854775808", null)]
    [InlineData("bytes 0-9223372036854775807/*", null)]
    [InlineData("bytes 0-99999999999999999999/*", null)]
    [InlineData("bytes 0-9/10, bytes 10-19/20", null)]
    [InlineData("bytes 0 - 9/10", null)]
    [InlineData("bytes 0x1-9/10", null)]
    [InlineData("bytes 1,0-9/10", null)]
    [InlineData("bytes \u0661-9/10", null)]
    [InlineData("items 0-9/10", null)]
    [InlineData("0-9/10", null)]
    [InlineData("bytes", null)]
    [InlineData("", null)]
    public void A_content_range_is_valid_or_nothing(string line, string? expected) => Assert.Equal(expected, Told(ContentRange.Read([line])));

    [Fact]
    public void Not_one_content_range_is_none()
    {
        Assert.Null(ContentRange.Read([]));
        Assert.Null(ContentRange.Read(["bytes 0-9/10", "bytes 0-9/10"]));
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("120", 120.0)]
    [InlineData("0120", 120.0)]
    [InlineData("2147483648", 31536000.0)]
    [InlineData("9223372036854775807", 31536000.0)]
    [InlineData("Sat, 01 Jun 2024 12:00:30 GMT", 30.0)]
    [InlineData("Saturday, 01-Jun-24 12:00:30 GMT", 30.0)]
    [InlineData("Sat, 01 Jun 2024 11:59:30 GMT", 0.0)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 31536000.0)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("120, 60", null)]
    [InlineData("99999999999999999999", 31536000.0)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Retry_After_is_seconds_or_a_date(string? text, double? seconds) =>
        Assert.Equal(seconds is { } some ? TimeSpan.FromSeconds(some) : null, RetryAfter.Read(text, Known.Now));

    [Theory]
    [InlineData("AliyunOSS", null, true)]
    [InlineData("aliyunoss/2", null, true)]
    [InlineData("nginx", null, false)]
    [InlineData(null, null, false)]
    [InlineData("Tengine", "x-oss-request-id", true)]
    [InlineData("Windows-Azure-Blob/1.0", "x-ms-request-id", true)]
    [InlineData("AmazonS3", "x-amz-request-id", false)]
    public void Some_object_stores_are_known_by_their_answers(string? server, string? field, bool ignores) =>
        Assert.Equal(ignores ? OriginTraits.IgnoresIfRange : OriginTraits.None, OriginFingerprint.Of(server, name => name == field));

    private static string? Told(ContentRange? range) => range is not { } read ? null
        : string.Create(CultureInfo.InvariantCulture, $"{read.Sent?.ToString() ?? "none"} of {read.Total?.ToString(CultureInfo.InvariantCulture) ?? "*"}");
}
