using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A mark says that lines are on stable storage. It must never say so of a line that is not.</summary>
public sealed class FlushTests
{
    private readonly StorageBench _bench = new();
    private readonly TaskCompletionSource _fsync = new();

    private bool HasPartialFlushBegun => _bench.Disk.Calls.Any(call => call.Is(DiskOperation.Flush, _bench.Paths.Partial));

    [Fact]
    public async Task A_line_that_is_appended_while_an_fsync_is_pending_is_not_covered_by_its_mark()
    {
        using var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        HoldFsync();
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 100, 200);
        Assert.True(HasPartialFlushBegun);
        await _bench.WriteAsync(file, 200, 300);
        Assert.Empty(_bench.MarkedRanges());

        Inline.Run(_fsync.SetResult);

        Assert.Equal([new ByteRange(0, 100), new ByteRange(100, 200)], _bench.MarkedRanges());
        Assert.Equal(300, _bench.Claims().Received.Length);
    }

    [Fact]
    public async Task A_mark_comes_only_after_the_fsync_and_holds_in_every_image_of_a_power_cut()
    {
        using var file = await _bench.BeginAsync();
        for (var at = 0; at < 5000; at += 500)
        {
            await _bench.WriteAsync(file, at, at + 500);
            _bench.Time.Advance(TimeSpan.FromMilliseconds(700));
            PowerCuts.AssertMarksAreTrue(_bench.Disk, _bench.Paths, _bench.Content);
        }

        Assert.NotEmpty(_bench.MarkedRanges());
    }

    [Fact]
    public async Task A_flush_is_begun_every_two_seconds_and_stalls_no_write()
    {
        using var file = await _bench.BeginAsync();
        HoldFsync();
        for (var at = 0; at < 100; at++)
        {
            await _bench.WriteAsync(file, at, at + 1).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(_bench.Disk.Calls, call => call.Is(DiskOperation.Flush, _bench.Paths.Partial));
        Inline.Run(_fsync.SetResult);
    }

    [Fact]
    public async Task A_failed_fsync_voids_what_came_after_the_last_mark_and_fails_the_run()
    {
        using var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 100, 200);
        await _bench.WriteAsync(file, 200, 300);
        FailFsync();
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 300, 400);

        Assert.Equal([new ByteRange(0, 100), new ByteRange(100, 200)], _bench.Claims().Runs.Select(static run => run.Run.Range));
        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.WriteAsync(file, 400, 500).AsTask());
        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.Equal(200, _bench.Claims().Received.Length);
    }

    [Fact]
    public async Task After_a_failed_fsync_no_more_is_said_to_be_kept_than_is()
    {
        using var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        FailFsync();
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 100, 200);
        await Assert.ThrowsAnyAsync<Exception>(() => _bench.WriteAsync(file, 200, 300).AsTask());

        Assert.Equal(0, file.Kept?.Received.Length ?? 0);
    }

    [Fact]
    public async Task A_failed_fsync_at_the_commit_publishes_nothing()
    {
        using var file = await _bench.BeginAsync(length: 100);
        await _bench.WriteAsync(file, 0, 100);
        FailFsync();

        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(100, null, CancellationToken.None).AsTask());

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
        Assert.Empty(_bench.Claims().Runs);
    }

    /// <summary>The cache shows bytes after a failed fsync that will never reach the disk, and the next fsync does not complain of them.</summary>
    [Fact]
    public async Task An_fsync_that_fails_after_the_download_was_closed_leaves_no_claim_that_a_later_mark_could_cover()
    {
        var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        HoldFsync();
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 100, 200);
        file.Dispose();
        Inline.Run(() => _fsync.SetException(DiskError.Broken()));
        _bench.Disk.FlushGate = null;

        using var next = await _bench.OpenAsync();
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(next, 200, 300);

        PowerCuts.AssertMarksAreTrue(_bench.Disk, _bench.Paths, _bench.Content);
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_hanging_fsync_and_the_next_opening_does()
    {
        var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        HoldFsync();
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 100, 200);
        file.Dispose();

        var next = _bench.OpenAsync();
        Assert.False(next.IsCompleted);
        Inline.Run(_fsync.SetResult);

        using var opened = await next;
        Assert.Equal(200, opened.Kept?.Received.Length);
    }

    [Fact]
    public async Task A_new_generation_waits_for_the_fsync_of_the_former_one()
    {
        using var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        HoldFsync();
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 100, 200);

        var begun = file.BeginAsync(StorageBench.Representation("\"v2\"", null), "https://host/", OriginTraits.None, CancellationToken.None).AsTask();
        Assert.False(begun.IsCompleted);
        Assert.Equal("\"v1\"", _bench.Claims().Header.Etag);
        Inline.Run(_fsync.SetResult);
        await begun.WaitAsync(TimeSpan.FromSeconds(20));

        // No late mark, and no late write, of the former one.
        Assert.Equal("\"v2\"", _bench.Claims().Header.Etag);
        Assert.Empty(_bench.Claims().Runs);
        Assert.Equal(0, file.Checkpoint?.Received.Length);
        Assert.Equal(_bench.Claims().End.Offset, _bench.Disk.Bytes(_bench.Paths.Journal)!.Length);
    }

    [Fact]
    public async Task A_flush_is_begun_after_64_MiB_too()
    {
        using var partial = _bench.Disk.OpenLocked(_bench.Paths.Partial);
        using var journal = await Journal.ReplaceAsync(_bench.Disk, _bench.Paths, ForgedJournal.Header, [], areFlushed: false, CancellationToken.None);
        var flush = new BackgroundFlush(partial, journal, _bench.Time);

        flush.Note((64 << 20) - 1);
        Assert.False(HasPartialFlushBegun);
        flush.Note(1);
        Assert.True(HasPartialFlushBegun);
    }

    [Fact]
    public async Task A_mark_that_does_not_reach_the_disk_fails_the_run()
    {
        using var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Flush, _bench.Paths.Journal) ? throw DiskError.Broken() : 0;
        _bench.LetFlushBecomeDue();
        await _bench.WriteAsync(file, 100, 200);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.WriteAsync(file, 200, 300).AsTask());

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
    }

    [Fact]
    public void A_flush_that_outlived_its_download_is_forgotten_when_it_ends()
    {
        ClosingFlushes.Add(_bench.Paths.Partial, _fsync.Task);
        Assert.False(ClosingFlushes.WaitAsync(_bench.Paths.Partial).IsCompleted);

        Inline.Run(_fsync.SetResult);

        Assert.Same(Task.CompletedTask, ClosingFlushes.WaitAsync(_bench.Paths.Partial));
    }

    private void HoldFsync() => _bench.Disk.FlushGate = call => call.Path == _bench.Paths.Partial ? _fsync.Task : Task.CompletedTask;

    private void FailFsync() => _bench.Disk.Before = call =>
    {
        if (call.Is(DiskOperation.Flush, _bench.Paths.Partial))
        {
            throw DiskError.Broken();
        }
    };
}
