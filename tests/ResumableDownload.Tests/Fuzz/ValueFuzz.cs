using ResumableDownload.Model;
using ResumableDownload.Protocol;

namespace ResumableDownload.Tests.Fuzz;

/// <summary>Whatever a caller or a server hands in as a value: it is taken, or refused as is documented.</summary>
public sealed class ValueFuzz
{
    private const string Secret = "TOPSECRETc9";

    private static readonly string[] Addresses =
    [
        "https://host/a", "http://user:TOPSECRETc9@host/", "ftp://host/", "file:///etc/passwd", "//host", "https://[::1]:80/", "https://h\u00f6st/\u65e5?x=\u00fc", "https://host/?X-Amz-Date=20260101T000000Z&X-Amz-Expires=60&X-Amz-Signature=TOPSECRETc9",
        "https://host/?Expires=1999999999&Signature=TOPSECRETc9", "https://host/?se=2026-01-01T00:00:00Z&sig=TOPSECRETc9", "https://host/?q-sign-time=1;1999999999&q-signature=TOPSECRETc9", "https://host/?x-oss-date=99999999T999999Z&x-oss-expires=2147483647",
        "https://host/?Expires=9999999999999999&=&&a==b&%=%zz", "https://host:99999/", "https://host/#TOPSECRETc9",
    ];

    private static readonly string[] Digests = ["sha-256:", "md5:d41d8cd98f00b204e9800998ecf8427e", "crc32c:00000000", "crc64:0000000000000000", "sha-1", ":", "sha-512:zz", "crc64nvme:AAAAAAAAAAA="];

    private static readonly string[] Dates = ["Mon, 01 Jan 2024 00:00:00 GMT", "Monday, 01-Jan-24 00:00:00 GMT", "Mon Jan  1 00:00:00 2024", "Fri, 31 Dec 9999 23:59:59 GMT", "120", "0", "-5", ""];

    private static readonly string[] Documents =
    [
        "<Error><Code>NoSuchKey</Code><Message>m</Message></Error>", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><Error><Code>&a;</Code></Error>",
        "\ufeff<Error xmlns=\"urn:x\"><Code><![CDATA[A]]></Code><Details><Deep><Deeper/></Deep></Details><ActualObjectSize>9999999999999999999</ActualObjectSize></Error>", "<Error/>", "<html>",
    ];

    [Fact]
    public Task No_text_of_a_server_makes_an_error() => Fuzzing.PlayAsync(30_000, static random =>
    {
        _ = RetryAfter.Read(Mutation.Of(random.Pick<string>(Dates), random), DateTimeOffset.UnixEpoch);
        _ = RetryAfter.Read(random.Pick<string>(Dates), DateTimeOffset.MaxValue);
        _ = HttpDate.Read(Mutation.Of(random.Pick<string>(Dates), random));
        _ = StoreError.Read(Mutation.Of(random.Pick<string>(Documents), random), ["NoSuchKey"])?.ToString();
        _ = Digest.TryParse(Mutation.Of(random.Pick<string>(Digests), random), out _);
        _ = OfferedDigest.Read(Mutation.Of("x=crc32c:00000000 y=md5:", random)).Count();
        var location = Mutation.Of(random.Pick<string>(Addresses), random);
        Assert.True(Redirect.Judge(new Uri("https://host/"), location, random.Next(30)) is var hop && hop.Target is null ? hop.Refusal is not null : hop.Target!.Scheme == "https", location);
        _ = ContentRange.Read([Mutation.Of("bytes 0-99/100", random)]);
    });

    [Fact]
    public Task An_address_is_taken_or_refused_and_its_secrets_are_told_nowhere() => Fuzzing.PlayAsync(30_000, static random =>
    {
        var text = Mutation.Of(random.Pick<string>(Addresses), random);
        if (WebAddress.Read(new Uri("https://host/"), text) is not { } address)
        {
            return;
        }

        try
        {
            var request = new DownloadRequest(address, random.Next(3) == 0 ? Mutation.Of("/folder/file.bin", random) : "/folder/file.bin");
            var told = request.ToString() + SignedAddress.Of(address) + ResourceName.Of(address, null);
            Assert.True(IsPublic(address) || !told.Contains(Secret, StringComparison.OrdinalIgnoreCase), told);
        }
        catch (ArgumentException)
        {
            // As documented.
        }
    });

    [Fact]
    public Task Header_fields_are_sent_or_refused_without_being_shown() => Fuzzing.PlayAsync(20_000, static random =>
    {
        var (name, value) = (Mutation.Of(random.Pick("X-Api-Key", "Authorization", "Range", "Accept", "Content-Type"), random), Mutation.Of(Secret + " value", random));
        try
        {
            _ = new DownloadRequest(new Uri("https://host/"), "/f") { Headers = [new(name, value)] };
            Assert.False((name + value).AsSpan().ContainsAny('\r', '\n', '\0'));
        }
        catch (ArgumentException fault)
        {
            Assert.DoesNotContain(Secret, fault.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public Task Options_are_taken_or_refused_by_name() => Fuzzing.PlayAsync(5_000, static random =>
    {
        var options = new ResumableDownloadOptions();
        foreach (var property in typeof(ResumableDownloadOptions).GetProperties().Where(_ => random.Next(3) == 0))
        {
            if (Value(property.PropertyType, random) is { } value)
            {
                property.SetValue(options, value);
            }
        }

        try
        {
            new ResumableDownloader(options).Dispose();
        }
        catch (ArgumentException fault)
        {
            Assert.Equal("options", fault.ParamName);
        }
    });

    // A mutation may have moved the secret to where addresses are shown.
    private static bool IsPublic(Uri address) => (address.Host + address.AbsolutePath).Contains(Secret, StringComparison.OrdinalIgnoreCase);

    private static object? Value(Type type, Random random) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } kind => Enum.ToObject(kind, random.Pick(-1, 0, 1, 2, 3, int.MaxValue)),
        var kind when kind == typeof(int) => random.Pick(int.MinValue, -1, 0, 1, 2, 32, 33, 1000, int.MaxValue),
        var kind when kind == typeof(long) => random.Pick(long.MinValue, -1, 0, 1, 1024, long.MaxValue),
        var kind when kind == typeof(TimeSpan) => random.Pick(TimeSpan.MinValue, TimeSpan.FromTicks(-1), TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), TimeSpan.MaxValue),
        var kind when kind == typeof(bool) => random.Next(2) == 0,
        _ => null,
    };
}
