namespace ResumableDownload.Tests.Facade;

public sealed class RequestTests
{
    private static readonly Uri Source = new("https://user:secret@origin.example/file.bin?sig=secret#secret");

    [Theory]
    [InlineData("files/file.bin")]
    [InlineData("ftp://origin.example/file.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:,x")]
    [InlineData("https://xn--\u00fc/file.bin")]
    public void An_address_that_is_not_http_is_refused(string address)
    {
        var refused = Assert.Throws<ArgumentException>(() => new DownloadRequest(new Uri(address, UriKind.RelativeOrAbsolute), "file.bin"));
        Assert.Equal("source", refused.ParamName);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void A_destination_is_needed(string destination) => Assert.Throws<ArgumentException>(() => new DownloadRequest(Source, destination));

    [Fact]
    public void Nothing_may_be_null()
    {
        Assert.Throws<ArgumentNullException>(() => new DownloadRequest(null!, "file.bin"));
        Assert.Throws<ArgumentNullException>(() => new DownloadRequest(Source, null!));
        Assert.Throws<ArgumentNullException>(() => new DownloadRequest(Source, "file.bin") { Headers = null! });
    }

    [Fact]
    public void A_network_requirement_is_one_of_those_that_there_are()
    {
        Assert.Equal(NetworkRequirement.Any, new DownloadRequest(Source, "file.bin").Network);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DownloadRequest(Source, "file.bin") { Network = (NetworkRequirement)7 });
    }

    [Theory]
    [InlineData("X-Key", "secret\r\nX-Other: b")]
    [InlineData("X-Key", "secret\0")]
    [InlineData("If-Range", "secret")]
    [InlineData("range", "secret")]
    [InlineData("Accept-Encoding", "secret")]
    [InlineData("Not a name", "secret")]
    public void A_header_that_would_break_the_protocol_is_refused(string name, string value)
    {
        var refused = Assert.Throws<ArgumentException>(() => new DownloadRequest(Source, "file.bin") { Headers = [new(name, value)] });
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_are_copied()
    {
        var given = new Dictionary<string, string> { ["X-Key"] = "a" };
        var request = new DownloadRequest(Source, "file.bin") { Headers = given };
        given["Range"] = "bytes=0-";
        Assert.Equal(KeyValuePair.Create("X-Key", "a"), Assert.Single(request.Headers));
    }

    [Fact]
    public void A_length_is_not_negative_and_a_key_not_empty()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DownloadRequest(Source, "file.bin") { ExpectedLength = -1 });
        Assert.Throws<ArgumentException>(() => new DownloadRequest(Source, "file.bin") { ResourceKey = "" });
        var request = new DownloadRequest(Source, "file.bin") { ExpectedLength = 0, ResourceKey = "k" };
        Assert.Equal((0L, "k"), (request.ExpectedLength, request.ResourceKey));
    }

    [Fact]
    public void A_relative_path_starts_at_the_current_folder() =>
        Assert.Equal(Path.Combine(Environment.CurrentDirectory, "a", "file.bin"), new DownloadRequest(Source, Path.Combine("a", ".", "b", "..", "file.bin")).Destination);

    [Fact]
    public void A_request_is_shown_without_its_secrets()
    {
        var shown = new DownloadRequest(Source, "file.bin") { Headers = [new("X-Key", "secret")], ResourceKey = "secret" }.ToString();
        Assert.DoesNotContain("secret", shown, StringComparison.Ordinal);
        Assert.Contains("https://origin.example/file.bin -> ", shown, StringComparison.Ordinal);
    }
}
