using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A connection that brings too little for too long is given up; one that brings enough, however slowly, is not.</summary>
public sealed class StallTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(100_000, 1, "\"v1\"");

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_connection_that_stops_is_given_up_after_the_window_and_gone_on_with()
    {
        _bench.Server.Then(new Conduct { StallAfter = 40_000 });
        var run = _bench.Start();

        _bench.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal((1, 40_000L), (_bench.Server.Requests.Length, _bench.Claims()!.Received.Length));
        await _bench.Time.DriveAsync(run);

        Assert.Equal([null, "bytes=40000-"], _bench.Server.Requests.Select(static request => request.Range));
        Assert.InRange(_bench.Server.Requests[1].At.TotalSeconds, 30, 40);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_server_that_dribbles_thirty_bytes_a_second_is_given_up()
    {
        _bench.Server.Then(new Conduct { Piece = 30, Pause = TimeSpan.FromSeconds(1) });
        await _bench.RunAsync();
        Assert.Equal(2, _bench.Server.Requests.Length);
        Assert.InRange(_bench.Server.Requests[0].BodySent, 25 * 30, 35 * 30);

        // What the dribble brought is kept.
        Assert.Equal($"bytes={_bench.Server.Requests[0].BodySent}-", _bench.Server.Requests[1].Range);
    }

    [Fact]
    public async Task A_server_that_brings_two_KiB_in_thirty_seconds_is_borne_with()
    {
        _bench.Server.Version = ResourceVersion.Random(20_000, 1, "\"v1\"");
        _bench.Server.Otherwise = new Conduct { Piece = 2048, Pause = TimeSpan.FromSeconds(29) };
        await _bench.RunAsync();
        Assert.Single(_bench.Server.Requests);
        Assert.True(_bench.Time.Elapsed > TimeSpan.FromSeconds(250));
    }

    [Fact]
    public async Task Silence_that_begins_in_mid_window_is_noticed_one_window_later()
    {
        _bench.Server.Then(new Conduct { Piece = 2000, Pause = TimeSpan.FromSeconds(5), StallAfter = 20_000 });
        await _bench.RunAsync();
        Assert.InRange(_bench.Server.Requests[1].At.TotalSeconds, 50 + 27, 50 + 40);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_after_the_window()
    {
        _bench.Server.Then(new Conduct { NeverAnswers = true });
        await _bench.RunAsync();
        Assert.Equal(2, _bench.Server.Requests.Length);
        Assert.InRange(_bench.Server.Requests[1].At.TotalSeconds, 30, 40);
    }

    /// <summary>Twenty bytes a second are less than the guard wants, but it is we who want no more.</summary>
    [Fact]
    public async Task Time_that_our_own_speed_limit_takes_is_nobodys_stall()
    {
        _bench.Server.Version = ResourceVersion.Random(2000, 1, "\"v1\"");
        _bench.Settings = _bench.Settings with { Bandwidths = [new BandwidthLimit(20, _bench.Time)] };
        await _bench.RunAsync();
        Assert.Single(_bench.Server.Requests);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 95, 101);
    }

    [Fact]
    public async Task A_stall_is_told_when_the_budget_is_spent()
    {
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = 2 } };
        await _bench.KeepAsync(1000);
        _bench.Server.Otherwise = new Conduct { StallAfter = 0 };

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.Connection, 1000L), (failure.Failure, failure.Kept));
        Assert.Contains("stalled for 30 s", failure.Message, StringComparison.Ordinal);
    }
}
