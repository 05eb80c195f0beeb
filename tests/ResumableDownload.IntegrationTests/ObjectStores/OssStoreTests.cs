using System.Globalization;
using System.Net;
using System.Xml.Linq;

namespace ResumableDownload.IntegrationTests;

/// <summary>The stand-in for OSS keeps the rules it was made for: a test against it proves no more than it does.</summary>
public sealed class OssStoreTests : IAsyncLifetime
{
    private static readonly byte[] Content = Resource.Content(1, 1000);
    private static readonly HttpClient Client = new();
    private OssStore _store = null!;

    public static TheoryData<string> Versions => ["V1", "V4"];

    public async Task InitializeAsync()
    {
        _store = await ObjectStore.StartAsync<OssStore>();
        _store.Put("file.bin", Content);
    }

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_signed_address_gives_the_object_for_as_long_as_it_is_valid(string version)
    {
        var address = Sign(version);
        _store.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal((200, null), await AskAsync(address));
        Assert.True(_store.Requests[^1].SignatureHolds);

        _store.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((403, "AccessDenied: Request has expired."), await AskAsync(address));
        Assert.True(_store.Requests[^1].SignatureHolds);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_signature_is_bound_to_what_it_was_made_for(string version)
    {
        var address = Sign(version);
        var other = new Uri(address.AbsoluteUri.Replace("file.bin", "other.bin", StringComparison.Ordinal));
        var later = new Uri(address.AbsoluteUri
            .Replace("Expires=", "Expires=1", StringComparison.Ordinal)
            .Replace("x-oss-expires=3600", "x-oss-expires=86400", StringComparison.Ordinal));

        Assert.Equal((403, "SignatureDoesNotMatch"), await CodeAsync(other));
        Assert.Equal((403, "SignatureDoesNotMatch"), await CodeAsync(later));
        Assert.Equal((403, "AccessDenied"), await CodeAsync(_store.UrlOf("file.bin")));
        Assert.All(_store.Requests, static request => Assert.NotEqual(true, request.SignatureHolds));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Head_needs_a_signature_of_its_own(string version)
    {
        var own = version == "V1"
            ? _store.Presigner.V1(OssStore.Get("file.bin") with { Method = "HEAD" }, TimeSpan.FromMinutes(1))
            : _store.Presigner.V4(OssStore.Get("file.bin") with { Method = "HEAD" }, TimeSpan.FromMinutes(1));
        using var refused = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Sign(version)));
        using var allowed = await Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, own));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (refused.StatusCode, allowed.StatusCode));
        Assert.Equal(Content.Length, allowed.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("V1", "x-oss-range-behavior", "standard", 403)]
    [InlineData("V4", "x-oss-range-behavior", "standard", 403)]
    [InlineData("V1", "x-oss-traffic-limit", "819200", 403)]
    [InlineData("V4", "x-oss-traffic-limit", "819200", 403)]
    [InlineData("V1", "If-Match", "*", 200)]
    [InlineData("V4", "If-Match", "*", 200)]
    [InlineData("V1", "Range", "bytes=0-9", 206)]
    [InlineData("V4", "Range", "bytes=0-9", 206)]
    [InlineData("V4", "User-Agent", "somebody", 200)]
    public async Task Fields_of_its_own_must_be_signed_and_those_of_http_need_not_be(string version, string name, string value, int status) =>
        Assert.Equal(status, (await AskAsync(Sign(version), (name, value))).Status);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_content_type_breaks_a_signature_that_was_made_without_it(string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Sign(version)) { Content = new StringContent("") };
        using var answer = await Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_that_signs_the_range_serves_that_range_only()
    {
        var parts = OssStore.Get("file.bin") with { Headers = [new("Range", "bytes=0-9")] };
        var address = _store.Presigner.V4(parts.WithParameter("x-oss-additional-headers", "range"), TimeSpan.FromMinutes(1));

        Assert.Equal(206, (await AskAsync(address, ("Range", "bytes=0-9"))).Status);
        Assert.Equal(403, (await AskAsync(address, ("Range", "bytes=0-10"))).Status);
        Assert.Equal(403, (await AskAsync(address)).Status);
    }

    // The table of "Access objects by segments by using HTTP range requests", for 1000 bytes.
    [Theory]
    [InlineData("bytes=0-499", 206, 206)]
    [InlineData("bytes=500-", 206, 206)]
    [InlineData("bytes=-500", 206, 206)]
    [InlineData("bytes=999-999", 206, 206)]
    [InlineData("bytes=500-2000", 200, 206)]
    [InlineData("bytes=0-1000", 200, 206)]
    [InlineData("bytes=-2000", 200, 206)]
    [InlineData("bytes=1000-", 200, 416)]
    [InlineData("bytes=1000-2000", 200, 416)]
    [InlineData("byte=0-499", 200, 200)]
    [InlineData("bytes=9-5", 200, 200)]
    [InlineData("bytes=0-1,5-6", 200, 200)]
    public async Task A_range_that_is_not_wholly_inside_brings_the_whole_object_unless_the_signed_request_says_otherwise(string range, int lenient, int standard)
    {
        var strict = OssStore.Get("file.bin") with { Headers = [new("x-oss-range-behavior", "standard")] };

        Assert.Equal(lenient, (await AskAsync(Sign("V1"), ("Range", range))).Status);
        Assert.Equal(lenient, (await AskAsync(Sign("V4"), ("Range", range))).Status);
        Assert.Equal(standard, (await AskAsync(_store.Presigner.V4(strict, TimeSpan.FromMinutes(1)), ("Range", range), ("x-oss-range-behavior", "standard"))).Status);
    }

    [Fact]
    public async Task A_part_names_the_whole()
    {
        using var answer = await SendAsync(Sign("V1"), ("Range", "bytes=10-19"));

        Assert.Equal(Content[10..20], await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal("bytes 10-19/1000", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal(BitwiseCrc.Crc64Xz(Content).ToString(CultureInfo.InvariantCulture), answer.Headers.GetValues("x-oss-hash-crc64ecma").Single());
        Assert.Equal(StoredObject.Md5Of(Content), answer.Content.Headers.ContentMD5);
        Assert.Equal($"\"{Convert.ToHexString(StoredObject.Md5Of(Content))}\"", answer.Headers.ETag?.Tag);
        Assert.Equal(("AliyunOSS", "Normal"), (answer.Headers.Server.ToString(), answer.Headers.GetValues("x-oss-object-type").Single()));
    }

    [Theory]
    [InlineData("If-Match", "\"old\"", 412)]
    [InlineData("If-Unmodified-Since", "Wed, 01 Jan 2020 00:00:00 GMT", 412)]
    [InlineData("If-None-Match", "\"old\"", 206)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-Modified-Since", "Wed, 01 Jan 2020 00:00:00 GMT", 206)]
    [InlineData("If-Modified-Since", "Thu, 01 Jan 2099 00:00:00 GMT", 304)]
    [InlineData("If-Range", "\"old\"", 206)]
    public async Task Conditions_hold_or_fail_but_if_range_is_not_looked_at(string name, string value, int status)
    {
        var (told, error) = await AskAsync(Sign("V4"), ("Range", "bytes=500-"), (name, value));

        Assert.Equal((status, status == 412), (told, error?.StartsWith("PreconditionFailed", StringComparison.Ordinal) is true));
    }

    [Fact]
    public async Task What_is_not_there_or_archived_says_so_in_xml()
    {
        _store.Put("old.bin", Content, static item => item with { IsArchived = true });

        Assert.Equal((404, "NoSuchKey"), await CodeAsync(_store.V4("none.bin")));
        Assert.Equal((403, "InvalidObjectState"), await CodeAsync(_store.V4("old.bin")));
    }

    [Fact]
    public async Task Faults_come_in_their_order_and_are_counted()
    {
        _store.Then(StoreFault.Throttle(503, "TotalQpsLimitExceeded", 1));
        _store.Then(StoreFault.Cut(100), new StoreFault { FlipAt = 5 });

        Assert.Equal((503, "TotalQpsLimitExceeded"), await CodeAsync(Sign("V1")));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Client.GetByteArrayAsync(Sign("V1")));
        Assert.Equal(100, _store.Requests[1].BytesSent);
        Assert.Equal(Content[5] ^ 1, (await Client.GetByteArrayAsync(Sign("V1")))[5]);
        Assert.Equal(Content, await Client.GetByteArrayAsync(Sign("V1")));
    }

    private Uri Sign(string version) => version == "V1" ? _store.V1("file.bin") : _store.V4("file.bin");

    private static async Task<HttpResponseMessage> SendAsync(Uri address, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in fields)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Client.SendAsync(request);
    }

    private static async Task<(int Status, string? Error)> AskAsync(Uri address, params (string Name, string Value)[] fields)
    {
        using var answer = await SendAsync(address, fields);
        var error = answer.Content.Headers.ContentType?.MediaType == "application/xml" ? XElement.Parse(await answer.Content.ReadAsStringAsync()) : null;
        return ((int)answer.StatusCode, error is null ? null : $"{error.Element("Code")?.Value}: {error.Element("Message")?.Value}");
    }

    private static async Task<(int Status, string? Code)> CodeAsync(Uri address)
    {
        var (status, error) = await AskAsync(address);
        return (status, error?.Split(':')[0]);
    }
}
