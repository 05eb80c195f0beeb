using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Cancelling ends a download at once, wherever it is, and keeps what came.</summary>
public sealed class CancellationTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ResourceVersion Version = ResourceVersion.Random(10_000, 1, "\"v1\"");

    private readonly Bench _bench = new(Version);
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose()
    {
        _bench.Dispose();
        _cancellation.Dispose();
    }

    [Fact]
    public async Task Before_it_begins_nothing_is_touched()
    {
        await _cancellation.CancelAsync();
        await AssertCancelledAsync(_bench.Start(cancellationToken: _cancellation.Token));
        Assert.Empty(_bench.Server.Requests);
        Assert.Empty(_bench.Disk.Calls);
    }

    [Fact]
    public async Task While_the_server_has_not_answered_what_was_kept_stays()
    {
        await _bench.KeepAsync(3000);
        _bench.Server.Then(new Conduct { NeverAnswers = true });
        await CancelAsync(_bench.Start(cancellationToken: _cancellation.Token));
        await AssertGoesOnFromAsync(3000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_body_comes_even_the_bytes_that_were_not_written_yet_are_kept(bool breaks)
    {
        _bench.Server.Then(new Conduct { StallAfter = 5000, BreaksWhenCancelled = breaks });
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        Assert.Equal(0, _bench.Claims()?.Received.Length);
        await CancelAsync(run);
        await AssertGoesOnFromAsync(5000);
    }

    [Fact]
    public async Task While_the_disk_is_full_nobody_hears_of_that()
    {
        _bench.Server.Then(new Conduct { StallAfter = 5000 });
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, _bench.Paths.Partial) ? throw DiskError.Full() : 0;
        await CancelAsync(run);
    }

    [Fact]
    public async Task While_it_waits_to_try_again_it_waits_no_longer()
    {
        _bench.Server.Then(new Conduct { CutAfter = 2000 }, new Conduct { Status = 503, Headers = [("Retry-After", "500")] });
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await CancelAsync(run);
        await AssertGoesOnFromAsync(2000);
    }

    [Fact]
    public async Task While_it_waits_for_the_speed_limit_it_waits_no_longer()
    {
        _bench.Settings = _bench.Settings with { Bandwidths = [new BandwidthLimit(2000, _bench.Time)] };
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        _bench.Time.Advance(TimeSpan.FromMilliseconds(1010));
        var came = _bench.Server.Sent;
        await CancelAsync(run);
        Assert.InRange(came, 1900, 2200);
        await AssertGoesOnFromAsync(came);
    }

    [Fact]
    public async Task A_hanging_fsync_holds_up_no_cancellation_and_the_next_run_waits_for_it()
    {
        var fsync = HoldFsyncOf(_bench.Paths.Partial);
        _bench.Server.Then(new Conduct { Piece = 1000, Pause = TimeSpan.FromMilliseconds(500) });
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        _bench.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Contains(_bench.Disk.Calls, call => call.Is(DiskOperation.Flush, _bench.Paths.Partial));
        await CancelAsync(run);
        var kept = _bench.Claims()!.Received.Length;
        Assert.InRange(kept, 7000, 8000);

        var next = _bench.Start();
        Assert.Single(_bench.Server.Requests);
        _bench.Disk.FlushGate = null;
        Inline.Run(fsync.SetResult);
        var result = await _bench.Time.DriveAsync(next);

        Assert.Equal(kept, result.ResumedFrom);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_run_that_waits_for_the_fsync_of_a_former_one_can_be_cancelled_too()
    {
        var fsync = HoldFsyncOf(_bench.Paths.Partial);
        _bench.Server.Then(new Conduct { Piece = 1000, Pause = TimeSpan.FromMilliseconds(500) });
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        _bench.Time.Advance(TimeSpan.FromSeconds(4));
        await CancelAsync(run);

        using var second = new CancellationTokenSource();
        var next = _bench.Start(cancellationToken: second.Token);
        await second.CancelAsync();
        await AssertCancelledAsync(next);
        Inline.Run(fsync.SetResult);
    }

    [Fact]
    public async Task A_hanging_fsync_of_the_commit_holds_up_no_cancellation_and_nothing_is_fetched_again()
    {
        var fsync = HoldFsyncOf(_bench.Paths.Partial);
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        Assert.False(run.IsCompleted);
        await CancelAsync(run);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
        _bench.Disk.FlushGate = null;
        Inline.Run(fsync.SetResult);

        var result = await _bench.RunAsync();

        Assert.Equal((0, 10_000L), (result.Requests, result.ResumedFrom));
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_hanging_fsync_of_a_new_generations_journal_holds_up_no_cancellation_and_the_former_one_lives()
    {
        await _bench.KeepAsync(3000);
        var fsync = HoldFsyncOf(_bench.Paths.JournalSuccessor);
        _bench.Server.Version = ResourceVersion.Random(10_000, 2, "\"v2\"");
        var run = _bench.Start(cancellationToken: _cancellation.Token);
        Assert.False(run.IsCompleted);
        await CancelAsync(run);
        Inline.Run(fsync.SetResult);

        Assert.Equal(("\"v1\"", 3000L), (_bench.Claims()!.Header.Etag, _bench.Claims()!.Received.Length));
        _bench.Server.Version = Version;
        await AssertGoesOnFromAsync(3000);
    }

    [Fact]
    public async Task From_the_rename_on_it_comes_too_late()
    {
        _bench.Disk.Before = call =>
        {
            if (call.Is(DiskOperation.Rename, _bench.Target))
            {
                _cancellation.Cancel();
            }
        };
        var result = await _bench.RunAsync(cancellationToken: _cancellation.Token);
        Assert.Equal(10_000, result.Length);
        _bench.AssertWhole(Version);
    }

    [Theory]
    [InlineData("head")]
    [InlineData("body")]
    [InlineData("wait")]
    public async Task The_callers_own_token_is_named(string phase)
    {
        using var folder = new TempFolder();
        using var client = new HttpClient(_bench.Server, disposeHandler: false);
        using var downloader = new ResumableDownloader(client, timeProvider: _bench.Time);
        var asked = new TaskCompletionSource();
        _bench.Server.OnRequest = _ => asked.TrySetResult();
        _bench.Server.Otherwise = phase switch
        {
            "head" => new Conduct { NeverAnswers = true },
            "body" => new Conduct { StallAfter = 100 },
            _ => new Conduct { Status = 503 },
        };

        var run = downloader.DownloadAsync(Bench.Source, folder.File("a"), cancellationToken: _cancellation.Token);
        await asked.Task.WaitAsync(Patience);
        await _cancellation.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience));
        Assert.Equal(_cancellation.Token, cancelled.CancellationToken);
    }

    private TaskCompletionSource HoldFsyncOf(string path)
    {
        var fsync = new TaskCompletionSource();
        _bench.Disk.FlushGate = call => call.Path == path ? fsync.Task : Task.CompletedTask;
        return fsync;
    }

    private async Task CancelAsync(Task<DownloadResult> run)
    {
        Assert.False(run.IsCompleted);
        var before = _bench.Time.Elapsed;
        await _cancellation.CancelAsync();
        await AssertCancelledAsync(run);
        Assert.Equal(before, _bench.Time.Elapsed);
    }

    private static async Task AssertCancelledAsync(Task run) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience));

    private async Task AssertGoesOnFromAsync(long kept)
    {
        Assert.Equal(kept, _bench.Claims()?.Received.Length);
        _bench.Disk.FlushGate = null;
        _bench.Settings = _bench.Settings with { Bandwidths = [] };
        var result = await _bench.RunAsync();
        Assert.Equal((kept, Version.Content.Length - kept), (result.ResumedFrom, result.Fetched));
        _bench.AssertWhole(Version);
    }
}
