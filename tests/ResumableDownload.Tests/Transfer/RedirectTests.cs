using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Which header fields follow a redirect to another origin, and what is remembered of origins.</summary>
public sealed class RedirectTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(1000, 1, "\"v1\"");

    private readonly Bench _bench = new(First)
    {
        Headers = [new("X-Api-Key", "secret"), new("Accept", "a/b"), new("X-Trace", "7")],
        SharedHeaders = ["ACCEPT", "x-trace"],
    };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("https://mirror.test/f", null)]
    [InlineData("https://origin.test:8443/f", null)]
    [InlineData("https://origin.test/f", "secret")]
    public async Task Only_shared_header_fields_follow_to_another_origin(string location, string? key)
    {
        _bench.Server.Then(new Conduct { Status = 302, Headers = [("Location", location)] });
        await _bench.RunAsync();
        var last = _bench.Server.Requests[^1];
        Assert.Equal((key, "a/b", "7"), (last["X-Api-Key"], last["Accept"], last["X-Trace"]));
        Assert.Equal("secret", _bench.Server.Requests[0]["X-Api-Key"]);
    }

    [Theory]
    [InlineData("http://origin.test/f", "The server redirected from https to http")]
    [InlineData("ftp://origin.test/f", "The server redirected to an address of the scheme 'ftp'")]
    [InlineData("", "The server redirected without a usable Location")]
    public async Task A_redirect_that_is_not_followed_is_told_with_its_status(string location, string sentence)
    {
        _bench.Server.Otherwise = new Conduct { Status = 307, Headers = [("Location", location)] };
        var failure = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.RedirectRefused, 307), (failure.Failure, failure.StatusCode));
        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_back_to_the_origin_carries_all_of_them_again()
    {
        _bench.Server.Then(
            new Conduct { Status = 302, Headers = [("Location", "https://mirror.test/f")] },
            new Conduct { Status = 307, Headers = [("Location", "https://origin.test/g")] });
        await _bench.RunAsync();
        Assert.Equal(["secret", null, "secret"], _bench.Server.Requests.Select(static request => request["X-Api-Key"]));
    }

    [Theory]
    [InlineData("https://mirror.test/f?token=secret", 1)]
    [InlineData("http://origin.test/f", 1)]
    [InlineData("https://origin.test/elsewhere", 0)]
    [InlineData(null, 0)]
    public async Task A_client_that_went_to_another_origin_by_itself_is_told_on(string? went, int lines)
    {
        _bench.Server.Then(new Conduct { WentTo = went is null ? null : new Uri(went) });
        await _bench.RunAsync();
        Assert.Equal(lines, _bench.Logger.Count(12));
        Assert.All(_bench.Logger.Lines, static line => Assert.DoesNotContain("secret", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_one_download_learned_of_an_origin_the_next_one_knows()
    {
        _bench.Memory = new OriginMemory(_bench.Time);
        await _bench.KeepAsync(400);
        _bench.Server.Version = ResourceVersion.Random(1000, 2, "\"v2\"");
        _bench.Server.Otherwise = new Conduct { IgnoresConditions = true };
        await _bench.RunAsync();

        using var second = new Bench(First, _bench.Time) { Memory = _bench.Memory };
        await second.KeepAsync(400);
        await second.RunAsync();

        Assert.Equal(("\"v1\"", null), (second.Server.Requests[^1]["If-Match"], second.Server.Requests[^1]["If-Range"]));
        second.AssertWhole(First);
    }

    [Fact]
    public async Task What_was_learned_is_forgotten_after_a_day()
    {
        _bench.Memory = new OriginMemory(_bench.Time);
        _bench.Memory.Learn(Bench.Source, ResumableDownload.Model.OriginTraits.IgnoresIfRange);
        _bench.Time.Advance(TimeSpan.FromHours(24));
        await _bench.KeepAsync(400);
        await _bench.RunAsync();
        Assert.Equal("\"v1\"", _bench.Server.Requests[^1]["If-Range"]);
    }
}
