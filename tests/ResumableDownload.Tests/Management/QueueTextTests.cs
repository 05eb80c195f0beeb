using System.Text;
using FsCheck.Fluent;
using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>What was saved is read as it was saved, whatever it is made of.</summary>
public sealed class QueueTextTests
{
    private static readonly SavedDownload Plain = QueueScene.Download(1);

    private static readonly string[] Odd =
    [
        "plain", " ", "\u00e9\u65e5\u672c\U0001F600", "e\u0301", "\u202e\u2028\u2029\ufeff\uffff", "\0\u0001\t\r\n\u007f\u0085", "\"\\/'<>&+`", "\\u0041\\n",
        "{\"format\":2}", "\",\"c\":\"00000000\"}", new string('x', 3000), @"C:\Users\J\u00fcrgen\a ""b"".bin", @"\\?\UNC\server\share\f", "/home/me/a\nb",
    ];

    private static readonly string[] Addresses =
    [
        "https://host.example/",
        "http://user:pa%20ss@host.example:8443/p%C3%A4th/%2F/a%20b?sig=a%2Bb%3D&x=1#fragment",
        "https://b\u00fccher.example/\u65e5\u672c \"x\"?q=\u00fc \U0001F600",
        "http://[::1]:80/a;b=c/./d/../e?%zz",
        "HTTPS://HOST.example:443//double//slash?a=b?c",
    ];

    public static TheoryData<string> Texts => [.. Odd];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_comes_back_as_it_was(string text) => AssertComesBack(Plain with
    {
        Destination = text,
        ResourceKey = text,
        IfChangedSince = new Validator { EntityTag = text, LastModified = text },
    });

    [Fact]
    public void An_address_comes_back_to_the_letter()
    {
        Assert.All(Addresses, static address => AssertComesBack(Plain with { Source = new Uri(address) }));
        AssertComesBack(Plain with { Source = new Uri(new Uri("https://host.example/a/b?c"), "../d e?f#g") });
        AssertComesBack(Plain with { Source = new Uri("https://host.example/?" + new string('s', 64 << 10)) });
        AssertComesBack(Plain with { Source = new Uri("https://host.example/" + string.Concat(Enumerable.Repeat("\u65e5\"", 10_000))) });
    }

    [Fact]
    public void An_address_that_must_not_be_made_tidy_is_not()
    {
        var raw = new Uri("https://host.example/a/../b%2E%2e/%41?x=%41/../y", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        Assert.NotEqual(new Uri(raw.OriginalString).AbsoluteUri, raw.AbsoluteUri);
        AssertComesBack(Plain with { Source = raw });
    }

    [Fact]
    public void What_is_not_there_comes_back_as_nothing() => AssertComesBack(new() { Id = Guid.NewGuid(), Destination = "/a" });

    [Fact]
    public void Every_member_comes_back_whatever_the_others_are() => Law.Holds(Law.Seed, static seed => AssertComesBack(Random(new Random(seed))), count: 1000);

    [Fact]
    public void Every_public_member_is_drawn_at_random()
    {
        var drawn = Enumerable.Range(0, 200).Select(static seed => Random(new Random(seed))).ToArray();
        Assert.All(typeof(SavedDownload).GetProperties(), property =>
            Assert.True(drawn.Select(download => property.GetValue(download)).Distinct().Count() > 1, $"{property.Name} is always the same"));
    }

    /// <summary>Such a name is possible on Windows; a file of UTF-8 cannot hold it.</summary>
    [Fact]
    public void Half_a_surrogate_pair_is_replaced_and_harms_no_other_line()
    {
        var scene = new QueueScene();
        using var queue = scene.Open();
        queue.Add(Plain with { Destination = "a\ud800b" });
        queue.Add(QueueScene.Download(2));
        Assert.Equal(["a\ufffdb", QueueScene.Download(2).Destination], scene.Left().Select(static download => download.Destination));
    }

    /// <summary>Who may write the file may write anything: it must not be believed, and never be an error.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"queued\"")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"destination\":\"/a\"")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"state\":\"queued\",\"destination\":\"/a\"")]
    [InlineData("{\"added\":\"1\",\"order\":1,\"state\":\"queued\",\"destination\":\"/a\"")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"running\",\"destination\":\"/a\"")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"queued\",\"destination\":\"/a\",\"uri\":\"file:///etc/passwd\"")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"queued\",\"destination\":\"/a\",\"uri\":\"relative\"")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"queued\",\"destination\":\"/a\",\"start\":5")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"queued\",\"destination\":\"/a\",\"start\":5,\"end\":4")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"queued\",\"destination\":\"/a\",\"digest\":\"sha-3:00\"")]
    [InlineData("{\"added\":\"00000001-0000-0000-0000-000000000000\",\"order\":1,\"state\":\"queued\",\"destination\":\"/a\",\"network\":\"none\"")]
    [InlineData("{\"changed\":\"00000001-0000-0000-0000-000000000000\"")]
    [InlineData("{\"changed\":\"00000001-0000-0000-0000-000000000000\",\"state\":\"completed\"")]
    [InlineData("{\"changed\":\"00000001-0000-0000-0000-000000000000\",\"state\":\"added\"")]
    [InlineData("{\"changed\":\"00000001-0000-0000-0000-000000000000\",\"priority\":99999999999")]
    [InlineData("{\"ended\":null")]
    public void A_line_that_says_what_ours_never_say_is_none(string content) => Assert.Null(QueueText.Read(Encoding.UTF8.GetBytes(content)));

    private static void AssertComesBack(SavedDownload download)
    {
        var scene = new QueueScene();
        using (var queue = scene.Open())
        {
            queue.Add(download);
        }

        // Once as it was appended, once as it was written anew.
        for (var opening = 0; opening < 2; opening++)
        {
            var left = Assert.Single(QueueScene.Left(scene.Disk));
            Assert.Equal(download, left);
            Assert.Equal(download.Source?.OriginalString, left.Source?.OriginalString);
            Assert.Equal(download.Source?.AbsoluteUri, left.Source?.AbsoluteUri);
        }
    }

    private static SavedDownload Random(Random random)
    {
        var start = random.NextInt64(0, long.MaxValue - 1);
        var value = new byte[32];
        random.NextBytes(value);
        return new()
        {
            Id = new Guid(value.AsSpan(16)),
            Source = Maybe(new Uri(random.GetItems(Addresses, 1)[0])),
            Destination = Text(),
            ResourceKey = Maybe(Text()),
            ExpectedLength = random.Next(2) == 0 ? null : random.NextInt64(),
            Range = random.Next(2) == 0 ? null : new ByteRange(start, random.NextInt64(start + 1, long.MaxValue)),
            ExpectedDigest = Maybe(new Digest(DigestAlgorithm.Sha256, value)),
            IfChangedSince = Maybe(random.Next(3) switch
            {
                0 => new Validator { EntityTag = Text() },
                1 => new Validator { LastModified = Text() },
                _ => new Validator { EntityTag = Text(), LastModified = Text() },
            }),
            Network = random.GetItems(Enum.GetValues<NetworkRequirement>(), 1)[0],
            Priority = random.Next(int.MinValue, int.MaxValue),
            State = random.GetItems([DownloadState.Queued, DownloadState.Paused, DownloadState.Failed], 1)[0],
            IsStarted = random.Next(2) == 0,
            HadHeaders = random.Next(2) == 0,
            HadRefreshUri = random.Next(2) == 0,
        };

        string Text() => random.GetItems(Odd, 1)[0];

        T? Maybe<T>(T thing)
            where T : class => random.Next(2) == 0 ? null : thing;
    }
}
