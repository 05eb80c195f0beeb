using System.Collections.Immutable;
using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Protocol;

/// <summary>What a caller may share with other origins, and name as his own version; and when a digest disproves a version.</summary>
public sealed class CallerFieldTests
{
    [Theory]
    [InlineData("Authorization")]
    [InlineData("authorization")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Cookie")]
    [InlineData("COOKIE")]
    public void Credentials_are_never_shared(string name) =>
        Assert.Contains(name, Assert.Throws<ArgumentException>(() => CallerHeaders.CheckedShared(["Accept", name])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("X-Api-Key", true)]
    [InlineData("x-auth-token", true)]
    [InlineData("Cookie", true)]
    [InlineData("X-Amz-Security-Token", true)]
    [InlineData("User-Agent", false)]
    [InlineData("Accept", false)]
    [InlineData("X-Trace", false)]
    public void A_name_that_sounds_like_a_secret_is_taken_for_one(string name, bool expected) => Assert.Equal(expected, CallerHeaders.LooksSecret(name));

    [Fact]
    public void Other_names_may_be_shared() => Assert.Equal<string>(["Accept", "X-Trace"], [.. CallerHeaders.CheckedShared(["Accept", "X-Trace"])]);

    [Theory]
    [InlineData("\"v1\"", null)]
    [InlineData("W/\"v1\"", null)]
    [InlineData(null, Known.Date)]
    [InlineData("\"v1\"", Known.Date)]
    public void A_version_has_a_tag_or_a_date(string? tag, string? date)
    {
        var version = new Validator { EntityTag = tag, LastModified = date };
        Assert.Same(version, CallerHeaders.Checked(version));
    }

    [Theory]
    [InlineData(null, null, "The validator holds neither an entity tag nor a date.")]
    [InlineData("\"v1\"\r\nInjected: x", null, "The validator holds a character that cannot be sent.")]
    [InlineData("\"v1\"", "Mon\n", "The validator holds a character that cannot be sent.")]
    [InlineData("\"\u00e9\"", null, "The validator holds a character that cannot be sent.")]
    [InlineData("\"\u0000\"", null, "The validator holds a character that cannot be sent.")]
    [InlineData("", null, "The validator's entity tag names no version.")]
    [InlineData(" ", null, "The validator's entity tag names no version.")]
    [InlineData("*", null, "The validator's entity tag names no version.")]
    [InlineData("*", Known.Date, "The validator's entity tag names no version.")]
    [InlineData("\"v1\"", "", "The validator's date is empty.")]
    public void A_version_that_names_nothing_or_cannot_be_sent_is_refused(string? tag, string? date, string why) => Assert.StartsWith(
        why,
        Assert.Throws<ArgumentException>(() => CallerHeaders.Checked(new Validator { EntityTag = tag, LastModified = date })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Headers_are_none_or_some_but_never_missing()
    {
        Assert.Throws<ArgumentNullException>("headers", static () => CallerHeaders.Checked((IEnumerable<KeyValuePair<string, string>>)null!));
        Assert.Throws<ArgumentNullException>("names", static () => CallerHeaders.CheckedShared(null!));
    }

    [Fact]
    public void No_version_is_none() => Assert.Null(CallerHeaders.Checked((Validator?)null));

    [Theory]
    [InlineData("2024-06-01T12:00:00Z", "Sat, 01 Jun 2024 12:00:00 GMT")]
    [InlineData("2024-06-01T14:00:00.9999999+02:00", "Sat, 01 Jun 2024 12:00:00 GMT")]
    [InlineData("0001-01-01T00:00:00Z", "Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT")]
    public void A_time_becomes_a_date_of_HTTP(string time, string expected)
    {
        var version = Validator.OfTime(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((null, expected), (version.EntityTag, version.LastModified));
    }

    [Theory]
    [InlineData("crc64=7", "crc64=7", false)]
    [InlineData("crc64=7", "crc64=8", true)]
    [InlineData("crc64=7", "", false)]
    [InlineData("", "crc64=8", false)]
    [InlineData("crc64=7", "crc32=8", false)]
    [InlineData("crc64=7", "crc64=8@Other", false)]
    [InlineData("crc64=7,crc32=1", "crc64=7,crc32=2", true)]
    [InlineData("crc64=7,crc64=8@Other", "crc64=8@Other,crc64=7", false)]
    public void A_digest_that_moved_is_another_version(string kept, string answer, bool expected) =>
        Assert.Equal(expected, Identity.Contradicts(Digests(kept), Digests(answer)));

    [Fact]
    public void Digests_count_only_where_the_options_let_them()
    {
        var answer = Scene.Answered("200; Content-Length: 100; Crc: 7");
        Assert.Single(answer.Believed(usesServerDigests: true).Digests);
        Assert.Empty(answer.Believed(usesServerDigests: false).Digests);
    }

    private static ImmutableArray<OfferedDigest> Digests(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static word =>
    {
        var parts = word.Split('=', '@');
        var algorithm = parts[0] == "crc64" ? DigestAlgorithm.Crc64 : DigestAlgorithm.Crc32;
        return new OfferedDigest(Digest.OfCrc(algorithm, ulong.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)), parts.Length > 2 ? parts[2] : "Field");
    })];
}
