using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A body that repeats what is kept is compared while it comes, and not only at its end.</summary>
public sealed class ComparedBodyTests : IDisposable
{
    private readonly Bench _bench = new(ResourceVersion.Random(100_000, 1, "\"v1\""));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task One_that_comes_slowly_and_differs_is_read_no_further()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = Differing(at: 5_000);
        _bench.Server.Then(new Conduct { IgnoresRange = true, Piece = 10_000, Pause = TimeSpan.FromMilliseconds(300) });

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal(10_000, _bench.Server.Requests[2].BodySent);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task One_that_differs_is_read_no_further_also_while_the_speed_limit_makes_wait()
    {
        _bench.Server.Version = ResourceVersion.Random(100, 1, "\"v1\"");
        await _bench.KeepAsync(40);
        _bench.Server.Version = Differing(at: 5);
        _bench.Settings = _bench.Settings with { Bandwidths = [new BandwidthLimit(3, _bench.Time)] };
        _bench.Server.Then(new Conduct { IgnoresRange = true });

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal(6, _bench.Server.Requests[2].BodySent);
        _bench.AssertWhole(_bench.Server.Version);
    }

    /// <summary>Neither the kept bytes nor the body tell a length: only its marked end shows that both cannot be of one version.</summary>
    [Theory]
    [InlineData(39_999, true)]
    [InlineData(40_000, false)]
    public async Task One_that_ends_before_what_is_kept_does_is_of_another_version(int length, bool isOther)
    {
        var first = _bench.Server.Version;
        var chunked = new Conduct { IsChunked = true, IgnoresRange = true };
        _bench.Server.Then(chunked with { CutAfter = 40_000 }).Then(5, new Conduct { Fails = new HttpRequestException("down") });
        await _bench.FailAsync();
        _bench.Server.Version = first with { Content = first.Content[..length] };
        _bench.Server.Otherwise = chunked;

        var result = await _bench.RunAsync();

        Assert.Equal(isOther ? [StartOverReason.Changed] : [], result.StartedOver);
        Assert.Equal((isOther ? 0 : 40_000, isOther ? 2 : 1), (result.ResumedFrom, result.Requests));
        _bench.AssertWhole(_bench.Server.Version);
    }

    private ResourceVersion Differing(int at)
    {
        var content = _bench.Server.Version.Content.ToArray();
        content[at] ^= 1;
        return _bench.Server.Version with { Content = content };
    }
}
