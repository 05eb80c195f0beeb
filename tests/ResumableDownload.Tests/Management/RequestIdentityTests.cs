using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>Whether two requests want the same.</summary>
public sealed class RequestIdentityTests
{
    private const string Plain = "https://host/a";
    private const string Signed = "https://host/a?Expires=1&OSSAccessKeyId=k&Signature=x";
    private const string SignedAnew = "https://host/a?Expires=2&OSSAccessKeyId=k&Signature=y";

    [Fact]
    public void A_request_wants_what_it_wants() => Assert.True(AreSame(Of(), Of()));

    [Fact]
    public void A_folder_is_the_same_with_and_without_a_separator_at_its_end() => Assert.True(AreSame(new(new Uri(Plain), "/folder/"), new(new Uri(Plain), "/folder")));

    [Fact]
    public void A_fresh_signature_is_the_same() => Assert.True(AreSame(Of(Signed), Of(SignedAnew)));

    [Fact]
    public void Other_credentials_and_functions_are_the_same() => Assert.True(AreSame(Of(), new(new Uri(Plain), "/folder/a")
    {
        Headers = [new("Authorization", "Bearer secret")],
        RefreshUri = static (_, _) => ValueTask.FromResult<Uri?>(null),
    }));

    [Fact]
    public void A_key_stands_for_the_address() => Assert.True(AreSame(
        new(new Uri("https://one/a"), "/folder/a") { ResourceKey = "a" },
        new(new Uri("https://two/b"), "/folder/a") { ResourceKey = "a" }));

    public static TheoryData<string, string> Differences => new()
    {
        { "resource", "https://host/b" },
        { "query", "https://host/a?version=2" },
        { "destination", Plain },
        { "key", Plain },
        { "range", Plain },
        { "length", Plain },
        { "digest", Plain },
        { "version", Plain },
        { "network", Plain },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Another_wish_is_another_download(string what, string source) =>
        Assert.False(AreSame(Of(), new(new Uri(source), what == "destination" ? "/folder/b" : "/folder/a")
        {
            ResourceKey = what == "key" ? "a" : null,
            Range = what == "range" ? new ByteRange(0, 10) : null,
            ExpectedLength = what == "length" ? 10 : null,
            ExpectedDigest = what == "digest" ? Digest.Parse("sha-256:" + new string('0', 64)) : null,
            IfChangedSince = what == "version" ? new Validator { EntityTag = "\"1\"" } : null,
            Network = what == "network" ? NetworkRequirement.UnmeteredOnly : NetworkRequirement.Any,
        }));

    [Fact]
    public void The_same_digest_and_the_same_version_are_the_same_whoever_wrote_them() => Assert.True(AreSame(Digested(), Digested()));

    private static DownloadRequest Digested() => new(new Uri(Plain), "/folder/a")
    {
        ExpectedDigest = Digest.Parse("sha-256:" + new string('0', 64)),
        IfChangedSince = new Validator { EntityTag = "\"1\"" },
    };

    private static DownloadRequest Of(string source = Plain) => new(new Uri(source), "/folder/a");

    private static bool AreSame(DownloadRequest one, DownloadRequest other) => RequestIdentity.AreSame(one, other) && RequestIdentity.AreSame(other, one);
}
