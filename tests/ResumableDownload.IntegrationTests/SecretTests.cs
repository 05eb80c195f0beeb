namespace ResumableDownload.IntegrationTests;

/// <summary>A signed address is a password: it shows nowhere.</summary>
public sealed class SecretTests
{
    private const int Length = 500_000;
    private const string Secret = "7f3aTOPSECRETc9";

    public static TheoryData<string> Troubles => new(Scripts.Keys);

    private static Dictionary<string, Conduct[]> Scripts => new()
    {
        ["none"] = [],
        ["expired"] = [Conduct.CutAt(200_000), Conduct.Refuse(403)],
        ["gone"] = [Conduct.Refuse(404)],
        ["broken"] = [.. Enumerable.Repeat(Conduct.Refuse(503), 6)],
        ["silent"] = [.. Enumerable.Repeat(Conduct.Silence(Ending.Close), 30)],
        ["redirected"] = [Conduct.RedirectTo($"/store?token={Secret}"), Conduct.CutAt(200_000), Conduct.Refuse(404)],
        ["redirected for ever"] = [.. Enumerable.Repeat(Conduct.RedirectTo($"/store?token={Secret}"), 30)],
        ["redirected to nowhere"] = [Conduct.RedirectTo($"ftp://user:{Secret}@host/path?x={Secret}")],
        ["a lie"] = [Conduct.CutAt(200_000), .. Enumerable.Repeat(Conduct.Say(_ => new Answer(206, default)), 9)],
        ["changed"] = [Conduct.CutAt(200_000), Conduct.Say(answer => answer.With("ETag", "\"v2\"")), Conduct.Refuse(404)],
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_signature_is_in_no_log_message_or_file(string trouble)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Scripts[trouble]);
        var address = new UriBuilder(scene.Origin.UrlOf($"/f.bin?id=7&X-Amz-Signature={Secret}&X-Amz-Expires=5#{Secret}"))
        {
            UserName = "user",
            Password = Secret,
        };
        var request = new DownloadRequest(address.Uri, scene.Destination)
        {
            Headers = [new("Authorization", $"Bearer {Secret}")],
            ResourceKey = $"key-{Secret}",
        };

        var failure = await Record.ExceptionAsync(() => scene.DownloadAsync(request));

        AssertNoSecretIn(request.ToString());
        AssertNoSecretIn($"{failure}");
        AssertNoSecretIn(string.Join('\n', scene.Log.Lines));
        AssertNoSecretIn($"{ResumableDownloader.Inspect(scene.Destination)}");
        AssertNoSecretIn(File.Exists(scene.Journal) ? await File.ReadAllTextAsync(scene.Journal) : "");
        Assert.NotEmpty(scene.Log.Lines);
    }

    [Fact]
    public async Task The_journal_holds_no_query_at_all()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(200_000), Conduct.Refuse(404));

        await scene.FailAsync(new DownloadRequest(scene.Origin.UrlOf("/f.bin?anything=unknown-token"), scene.Destination));

        var journal = await File.ReadAllTextAsync(scene.Journal);
        Assert.DoesNotContain("unknown-token", journal, StringComparison.Ordinal);
        Assert.Contains("/f.bin", journal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Api-Key", "line\r\nInjected: yes")]
    [InlineData("X-Api-Key", "line\nInjected: yes")]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("Bad Name", "x")]
    public void A_header_that_cannot_be_sent_is_refused_without_showing_it(string name, string value)
    {
        var fault = Assert.Throws<ArgumentException>(() => new DownloadRequest(new Uri("http://127.0.0.1/"), "f") { Headers = [new(name, value)] });

        Assert.DoesNotContain("Injected", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertNoSecretIn(string text) => Assert.DoesNotContain(Secret, text, StringComparison.OrdinalIgnoreCase);
}
