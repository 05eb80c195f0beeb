using System.Globalization;
using System.Xml.Linq;

namespace ResumableDownload.IntegrationTests;

/// <summary>The stand-ins for other stores keep the rules they were made for.</summary>
public sealed class TokenStoreTests
{
    private static readonly HttpClient Client = new();

    public static TheoryData<string, int, string> Expired => new()
    {
        { "OSS", 403, "AccessDenied" },
        { "S3", 403, "AccessDenied" },
        { "Azure", 403, "AuthenticationFailed" },
        { "GCS", 400, "ExpiredToken" },
        { "COS", 403, "AccessDenied" },
    };

    public static TheoryData<string, string, int> Ranges => new()
    {
        { "S3", "bytes=500000-", 416 },
        { "S3", "bytes=499999-600000", 206 },
        { "S3", "bytes=-5", 206 },
        { "S3", "nonsense", 200 },
        { "Azure", "bytes=500000-", 416 },
        { "Azure", "bytes=-5", 200 },
        { "GCS", "bytes=500000-", 416 },
        { "COS", "bytes=500000-", 416 },
    };

    [Theory]
    [MemberData(nameof(Expired))]
    public async Task An_address_is_good_for_its_time_and_its_object(string store, int status, string code)
    {
        await using var scene = await StoreScene.Stores[store]();
        var address = scene.Sign();
        var other = new Uri(address.AbsoluteUri.Replace("file.bin", "other.bin", StringComparison.Ordinal));

        Assert.Equal((200, null), await AskAsync(address));
        Assert.Equal(403, (await AskAsync(other)).Status);
        scene.Store.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((status, code), await AskAsync(address));
        Assert.Equal([true, false, true], scene.Requests.Select(static request => request.SignatureHolds is true));
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task A_range_is_taken_as_the_vendor_takes_it(string store, string range, int status)
    {
        await using var scene = await StoreScene.Stores[store]();

        Assert.Equal((status, status == 416 ? "InvalidRange" : null), await AskAsync(scene.Sign(), ("Range", range)));
    }

    [Theory]
    [InlineData("S3", 200)]
    [InlineData("OSS", 206)]
    [InlineData("Azure", 206)]
    [InlineData("GCS", 206)]
    [InlineData("COS", 206)]
    public async Task If_range_means_something_to_s3_only(string store, int status)
    {
        await using var scene = await StoreScene.Stores[store]();

        Assert.Equal((status, null), await AskAsync(scene.Sign(), ("Range", "bytes=9-"), ("If-Range", "\"old\"")));
        Assert.Equal(412, (await AskAsync(scene.Sign(), ("Range", "bytes=9-"), ("If-Match", "\"old\""))).Status);
    }

    [Fact]
    public async Task A_field_of_amazons_own_that_is_not_signed_breaks_the_signature()
    {
        await using var scene = await StoreScene<S3Store>.OpenAsync();

        Assert.Equal((403, "SignatureDoesNotMatch"), await AskAsync(scene.Sign(), ("x-amz-checksum-mode", "ENABLED")));
    }

    [Fact]
    public async Task A_range_of_nothing_is_not_satisfiable()
    {
        await using var scene = await StoreScene<S3Store>.OpenAsync();
        scene.Store.Put("empty.bin", []);

        Assert.Equal((416, "InvalidRange"), await AskAsync(scene.Store.Sign("empty.bin"), ("Range", "bytes=0-9")));
        Assert.Equal((200, null), await AskAsync(scene.Store.Sign("empty.bin")));
    }

    [Theory]
    [InlineData("crc64nvme", 8)]
    [InlineData("crc32c", 4)]
    [InlineData("sha256", 32)]
    public async Task A_checksum_of_parts_says_so(string checksum, int bytes)
    {
        await using var scene = await StoreScene<S3Store>.OpenAsync();
        scene.Store.Checksum = checksum;

        var whole = await FieldAsync(scene.Sign(), $"x-amz-checksum-{checksum}");
        scene.Put(2, static item => item with { Parts = 3 });
        var composite = await FieldAsync(scene.Sign(), $"x-amz-checksum-{checksum}");

        Assert.Equal(bytes, Convert.FromBase64String(whole).Length);
        Assert.EndsWith("-3", composite, StringComparison.Ordinal);
    }

    private static async Task<string> FieldAsync(Uri address, string name)
    {
        using var answer = await Client.GetAsync(address);
        return string.Join(',', answer.Headers.GetValues(name));
    }

    private static async Task<(int Status, string? Code)> AskAsync(Uri address, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in fields)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var answer = await Client.SendAsync(request);
        var isError = answer.Content.Headers.ContentType?.MediaType == "application/xml";
        return (Convert.ToInt32(answer.StatusCode, CultureInfo.InvariantCulture), isError ? XElement.Parse(await answer.Content.ReadAsStringAsync()).Element("Code")?.Value : null);
    }
}
