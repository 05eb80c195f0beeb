using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What is less than 64 KiB is asked for again with the rest, and compared; unless the server cannot send even so much at once.</summary>
public sealed class LittleKeptTests : IDisposable
{
    private const int Enough = 64 * 1024;
    private static readonly ResourceVersion First = ResourceVersion.Random(300_000, 1, "\"v1\"");

    private readonly Bench _bench = new(First);

    public LittleKeptTests() => _bench.Settings = _bench.Settings with { Limits = _bench.Settings.Limits with { LeastResumed = Enough } };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1, null)]
    [InlineData(Enough - 1, null)]
    [InlineData(Enough, "bytes=65536-")]
    public async Task Little_is_no_reason_for_a_range_but_is_not_lost(int kept, string? range)
    {
        await _bench.KeepAsync(kept);

        var result = await _bench.RunAsync();

        Assert.Equal(range, _bench.Server.Requests[^1].Range);
        Assert.Equal((kept, First.Content.Length - kept, 1), (result.ResumedFrom, result.Received, result.Requests));
        Assert.Empty(result.StartedOver);
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    [InlineData(50_000)]
    public async Task A_server_that_cuts_every_answer_must_still_finish(int after)
    {
        _bench.Server.Version = ResourceVersion.Random(40 * after, 1, "\"v1\"");
        _bench.Server.Otherwise = new Conduct { CutAfter = after };

        var result = await _bench.RunAsync();

        Assert.InRange(result.Requests, 40, 42);
        Assert.InRange(result.Fetched, 40 * after, 41 * after);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task A_server_that_cuts_every_answer_finishes_over_many_runs_too()
    {
        _bench.Server.Version = ResourceVersion.Random(100_000, 1, "\"v1\"");
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = 2 } };
        for (var run = 1; run < 5; run++)
        {
            _bench.Server = new(_bench.Time, _bench.Server.Version);
            _bench.Server.Then(2, new Conduct { CutAfter = 20_000 });
            _bench.Server.Otherwise = new Conduct { Fails = new HttpRequestException("down") };
            Assert.True((await _bench.FailAsync()).Kept >= 20_000);
        }

        _bench.Server.Otherwise = new Conduct { CutAfter = 20_000 };
        await _bench.RunAsync();
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task A_first_body_that_brought_nothing_says_nothing_of_what_the_server_can_send_at_once()
    {
        _bench.Server.Then(new Conduct { CutAfter = 0 }, new Conduct { CutAfter = 20_000 });

        await _bench.RunAsync();

        Assert.Equal([null, null, null], _bench.Server.Requests.Select(static request => request.Range));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Little_of_another_version_is_replaced()
    {
        await _bench.KeepAsync(20_000);
        _bench.Server.Version = ResourceVersion.Random(200_000, 2, "\"v2\"");
        var result = await _bench.RunAsync();
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal(1, result.Requests);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task Little_that_differs_under_one_tag_starts_over()
    {
        await _bench.KeepAsync(20_000);
        _bench.Server.Version = ResourceVersion.Random(300_000, 2, "\"v1\"");
        var result = await _bench.RunAsync();
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task Little_without_a_strong_name_is_given_up_not_compared()
    {
        _bench.Server.Version = First with { EntityTag = "W/\"v1\"" };
        await _bench.KeepAsync(20_000);
        Assert.Equal([StartOverReason.NotResumable], (await _bench.RunAsync()).StartedOver);
    }
}
