using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Progress is reported often enough to be seen, not more, and always at the end.</summary>
public sealed class ProgressTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(10_000, 1, "\"v1\"");

    private readonly Bench _bench = new(Version);
    private readonly Reports _reports;

    public ProgressTests() => _reports = new(_bench.Time);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_comes_at_most_ten_times_a_second_and_speaks_only_of_what_is_journaled()
    {
        _bench.Server.Otherwise = new Conduct { Piece = 10, Pause = TimeSpan.FromMilliseconds(10) };
        _reports.OnReport = progress => Assert.True(progress.Received == 10_000 || progress.Received == (_bench.Claims()?.Received.Length ?? 0));

        await _bench.RunAsync(_reports);

        var all = _reports.All;
        Assert.InRange(all.Length, 50, 105);
        Assert.All(all.Zip(all.Skip(1)).SkipLast(1), static pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromMilliseconds(100)));
        Assert.Equal(all.Select(static report => report.Progress.Received).Order(), all.Select(static report => report.Progress.Received));
        Assert.All(all, static report => Assert.Equal(10_000, report.Progress.Total));
    }

    [Fact]
    public async Task It_comes_while_nothing_arrives_too()
    {
        _bench.Server.Then(new Conduct { StallAfter = 1000 });
        var run = _bench.Start(_reports);
        _bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(_reports.All.Length, 90, 101);
        await _bench.Time.DriveAsync(run);
    }

    [Fact]
    public void It_comes_while_the_speed_limit_makes_wait_too()
    {
        _bench.Settings = _bench.Settings with { Bandwidths = [new BandwidthLimit(3, _bench.Time)] };
        Assert.False(_bench.Start(_reports).IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Equal((1L, 1L), (_bench.Server.Sent, _reports.Last.Received));
    }

    [Fact]
    public async Task The_last_one_of_a_success_is_the_whole()
    {
        await _bench.RunAsync(_reports);
        Assert.Equal((10_000L, 10_000L, TimeSpan.Zero), (_reports.Last.Received, _reports.Last.Total, _reports.Last.TimeLeft));
        Assert.Single(_reports.All, static report => report.Progress.Received == 10_000);
    }

    [Fact]
    public async Task The_last_one_of_a_failure_is_what_is_kept()
    {
        _bench.Server.Then(new Conduct { CutAfter = 4000 });
        _bench.Server.Otherwise = new Conduct { Status = 404 };

        var failure = await _bench.FailAsync(_reports);

        Assert.Equal((4000L, 4000L), (failure.Kept, _reports.Last.Received));
        Assert.Equal((2, 2), (_reports.Last.Requests, _reports.Last.Attempt));
    }

    [Fact]
    public async Task The_last_one_of_a_cancellation_is_what_is_kept()
    {
        using var cancellation = new CancellationTokenSource();
        _bench.Server.Then(new Conduct { StallAfter = 4000 });
        var run = _bench.Start(_reports, cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.Equal(4000, _reports.Last.Received);
        Assert.Equal(4000, _bench.Claims()?.Received.Length);
    }

    [Fact]
    public async Task It_tells_what_was_kept_from_before_and_how_fast_it_goes()
    {
        await _bench.KeepAsync(4000);
        _bench.Server.Otherwise = new Conduct { Piece = 100, Pause = TimeSpan.FromMilliseconds(100) };
        DownloadProgress? middle = null;
        _reports.OnReport = progress => middle = progress.Fetched is > 2000 and < 3000 ? progress : middle;

        var result = await _bench.RunAsync(_reports);

        Assert.Equal((4000L, 6000L), (result.ResumedFrom, result.Received));
        Assert.Equal(4000, middle?.ResumedFrom);
        Assert.InRange(middle!.BytesPerSecond, 800, 1200);
        Assert.InRange(middle.TimeLeft!.Value.TotalSeconds, 2.5, 6);
    }

    [Fact]
    public async Task It_tells_of_a_start_over()
    {
        await _bench.KeepAsync(4000);
        _bench.Server.Version = ResourceVersion.Random(9000, 2, "\"v2\"");
        await _bench.RunAsync(_reports);
        Assert.Equal((1, 0L, 9000L), (_reports.Last.StartedOver, _reports.Last.ResumedFrom, _reports.Last.Received));
    }

    [Fact]
    public async Task A_receiver_that_throws_leaves_everything_for_the_next_run()
    {
        _bench.Server.Then(new Conduct { Piece = 1000, Pause = TimeSpan.FromMilliseconds(300) });
        _reports.OnReport = static progress => _ = progress.Received > 3000 ? throw new InvalidOperationException("of the caller") : 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.RunAsync(_reports));

        var result = await _bench.RunAsync();

        Assert.True(result.ResumedFrom > 3000);
        _bench.AssertWhole(Version);
    }
}
