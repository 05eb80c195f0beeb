using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Received bytes are held against their sums again, and what does not hold is fetched again: that, and nothing else.</summary>
public sealed class ReproveTests
{
    private const int Length = 6000;

    private static readonly ByteRange All = new(0, Length);

    private static readonly ByteRange[] Gapped = [new(0, 1000), new(2000, 3000), new(4000, 5000)];

    private readonly StorageBench _bench = new();

    [Fact]
    public async Task What_holds_costs_nothing()
    {
        using var file = await GappedAsync();
        var before = _bench.Disk.Calls.Length;
        Assert.Equal(0, await file.ReproveAsync(All, CancellationToken.None));
        Assert.Equal(before, _bench.Disk.Calls.Length);
        Assert.Equal(Gapped, file.Kept!.Received.Ranges.ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(999, 0)]
    [InlineData(2000, 1)]
    [InlineData(4999, 2)]
    public async Task A_wrong_byte_costs_its_run_also_for_later_runs(int at, int bad)
    {
        using (var file = await GappedAsync())
        {
            _bench.Disk.Tamper(_bench.Paths.Partial, node => node.Corrupt(at));
            Assert.Equal(1000, await file.ReproveAsync(All, CancellationToken.None));
            Assert.Equal(Gapped.Where((_, number) => number != bad), file.Kept!.Received.Ranges.ToArray());
        }

        var claims = _bench.Claims();
        Assert.Equal(Gapped.Where((_, number) => number != bad), claims.Runs.Select(static run => run.Run.Range));
        Assert.Equal((Length, 2), ((int)claims.Length!, StorageBench.Marked(claims).Count()));
        using var next = await _bench.OpenAsync();
        Assert.Equal(2000, next.Kept!.Received.Length);
    }

    [Fact]
    public async Task The_missing_run_is_written_again_and_the_file_is_whole()
    {
        using var file = await GappedAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(2500));
        await file.ReproveAsync(All, CancellationToken.None);
        foreach (var start in new[] { 1000, 2000, 3000, 5000 })
        {
            await _bench.WriteAsync(file, start, start + 1000);
        }

        Assert.Equal(0, await file.ReproveAsync(All, CancellationToken.None));
        Assert.Equal(SumKind.Crc32C.Append(0, _bench.Content.AsSpan(0, Length)), file.SumOfAll(SumKind.Crc32C));
        await file.CommitAsync(Length, null, CancellationToken.None);
        Assert.Equal(_bench.Content[..Length], _bench.Disk.Bytes(_bench.Target));
    }

    [Theory]
    [InlineData(0, 1000, 1000)]
    [InlineData(2999, 4000, 1000)]
    [InlineData(2999, 4001, 2000)]
    [InlineData(1000, 2000, 0)]
    [InlineData(5000, 6000, 0)]
    public async Task Only_runs_that_touch_the_range_are_read(int start, int end, int read)
    {
        using var file = await GappedAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => Array.ForEach([500, 2500, 4500], node.Corrupt));
        Assert.Equal(read, await file.ReproveAsync(new(start, end), CancellationToken.None));
        Assert.Equal(read, _bench.Disk.BytesRead(_bench.Paths.Partial));
        Assert.Equal(3000 - read, file.Kept?.Received.Length ?? 0);
    }

    [Fact]
    public async Task Bytes_that_are_gone_do_not_hold_either_and_can_be_written_again()
    {
        using var file = await GappedAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Truncate(2500));
        Assert.Equal(2000, await file.ReproveAsync(All, CancellationToken.None));
        Assert.Equal([Gapped[0]], file.Kept!.Received.Ranges.ToArray());
        await _bench.WriteAsync(file, 1000, 2000);
        Assert.Equal(2000, file.Kept.Received.Length);
    }

    [Fact]
    public async Task When_nothing_holds_nothing_is_kept_and_the_download_goes_on()
    {
        using var file = await GappedAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Truncate(0));
        Assert.Equal(3000, await file.ReproveAsync(All, CancellationToken.None));
        Assert.Null(file.Kept);
        await _bench.WriteAsync(file, 0, Length);
        Assert.Equal(Length, _bench.Claims().Received.Length);
    }

    [Fact]
    public async Task What_was_learned_stays()
    {
        using var file = await GappedAsync();
        await file.NoteTraitsAsync(OriginTraits.NoRanges);
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(1));
        await file.ReproveAsync(All, CancellationToken.None);
        Assert.Equal((OriginTraits.NoRanges, OriginTraits.NoRanges), (file.Checkpoint!.Traits, _bench.Claims().TraitsAt(_bench.Time.GetUtcNow())));
    }

    /// <summary>The bad run rests on a mark: only the new journal tells that it is void.</summary>
    [Fact]
    public async Task A_power_cut_at_any_moment_leaves_the_old_journal_or_the_new_one()
    {
        using var file = await GappedAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node =>
        {
            node.Corrupt(2500);
            node.Sync(node.Pending);
        });
        List<SimulatedDisk> moments = [];
        _bench.Disk.Before = _ => moments.Add(_bench.Disk.AfterKill());
        await file.ReproveAsync(All, CancellationToken.None);
        _bench.Disk.Before = null;

        Assert.True(moments.Count >= 7);
        foreach (var image in moments.SelectMany(static moment => PowerCuts.Of(moment)))
        {
            var claims = PowerCuts.ClaimsOf(image, _bench.Paths)!;
            Assert.Contains(claims.Received.Length, new long[] { 2000, 3000 });
            Assert.Equal(claims.Received.Length == 3000, claims.Received.Overlaps(Gapped[1]));
            await AssertProvesAsync(image);
        }

        Assert.All(PowerCuts.Of(_bench.Disk), image => Assert.Equal(2000, PowerCuts.ClaimsOf(image, _bench.Paths)!.Received.Length));
        Assert.Equal([_bench.Paths.Partial, _bench.Paths.Journal], _bench.Disk.Names);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_anew_fails_the_run_and_the_old_one_stays()
    {
        var file = await GappedAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(2500));
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, _bench.Paths.JournalSuccessor) ? throw DiskError.Full(torn: 30) : 0;
        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.ReproveAsync(All, CancellationToken.None).AsTask());
        file.Dispose();

        Assert.Equal(DownloadFailure.DiskFull, failure.Failure);
        Assert.Equal((3000, 0), (_bench.Claims().Received.Length, _bench.Disk.OpenFiles));
        Assert.Equal([_bench.Paths.Partial, _bench.Paths.Journal], _bench.Disk.Names);
        _bench.Disk.Before = null;
        await AssertProvesAsync(_bench.Disk);
    }

    [Fact]
    public async Task It_can_be_cancelled_and_changes_nothing_then()
    {
        using var file = await GappedAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(2500));
        using var cancellation = new CancellationTokenSource();
        _bench.Disk.BeforeRead = _ => cancellation.Cancel();
        var before = _bench.Disk.Calls.Length;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.ReproveAsync(All, cancellation.Token).AsTask());
        Assert.Equal(before, _bench.Disk.Calls.Length);
        Assert.Equal(3000, file.Kept?.Received.Length);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_fails_the_run_and_not_its_bytes()
    {
        using var file = await GappedAsync();
        _bench.Disk.BeforeRead = path => _ = path == _bench.Paths.Partial ? throw DiskError.Broken() : 0;
        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.ReproveAsync(All, CancellationToken.None).AsTask());
        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.Equal(3000, _bench.Claims().Received.Length);
    }

    /// <summary>The journal that noted the name of the file is replaced; its successor must note it again.</summary>
    [Fact]
    public async Task A_commit_after_it_is_recognised_when_it_is_killed()
    {
        var bench = new StorageBench { Existing = ExistingDestination.Number };
        bench.Disk.Put(bench.Target, [1]);
        using (var file = await bench.BeginAsync(length: Length))
        {
            await bench.WriteAsync(file, 0, Length);
            bench.Disk.Before = static call => _ = call.Operation == DiskOperation.Rename ? throw DiskError.Broken() : 0;
            await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());
            bench.Disk.Before = null;
            bench.Disk.Tamper(bench.Paths.Partial, static node => node.Corrupt(3));
            Assert.Equal(Length, await file.ReproveAsync(All, CancellationToken.None));
            await bench.WriteAsync(file, 0, Length);
            bench.Disk.Before = call => _ = call.Is(DiskOperation.Delete, bench.Paths.Journal) ? throw DiskError.Broken() : 0;
            await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());
        }

        bench.Disk.Before = null;
        var opened = await bench.OpenedAsync();
        opened.File.Dispose();
        var expected = bench.Target.Replace(".bin", " (1).bin", StringComparison.Ordinal);
        Assert.Equal(expected, opened.RecoveredPath);
        Assert.Equal([expected, bench.Target], bench.Disk.Names);
    }

    private async Task AssertProvesAsync(SimulatedDisk image)
    {
        var next = new StorageBench(_bench.Target) { Disk = image, Verification = PartialVerification.Full };
        using var file = await next.OpenAsync();
        Assert.Equal([Gapped[0], Gapped[2]], file.Kept!.Received.Ranges.ToArray());
    }

    private async Task<PartialFile> GappedAsync()
    {
        var file = await _bench.BeginAsync(length: Length);
        foreach (var range in Gapped)
        {
            _bench.LetFlushBecomeDue();
            await _bench.WriteAsync(file, (int)range.Start, (int)range.End);
        }

        Assert.Equal(3, _bench.MarkedRanges().Length);
        return file;
    }
}
