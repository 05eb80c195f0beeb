using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>The destination is the old file or the new one, and a commit that was cut off is finished by the next run.</summary>
public sealed class CommitTests
{
    private const int Length = 5000;

    private static readonly byte[] Old = [1, 2, 3];

    private readonly StorageBench _bench = new();

    private byte[] Whole => _bench.Content[..Length];

    [Fact]
    public async Task A_commit_flushes_the_file_and_the_journal_then_renames_then_flushes_the_folder_then_deletes_the_journal()
    {
        using var file = await WholeAsync();
        var before = _bench.Disk.Calls.Length;

        await file.CommitAsync(Length, null, CancellationToken.None);

        DiskCall[] order =
        [
            new(DiskOperation.Flush, _bench.Paths.Partial),
            new(DiskOperation.Flush, _bench.Paths.Journal),
            new(DiskOperation.Rename, _bench.Target),
            new(DiskOperation.FlushFolder, "/volume"),
            new(DiskOperation.Delete, _bench.Paths.Journal),
        ];
        Assert.Equal(order, _bench.Disk.Calls[before..].Where(static call => call.Operation is not (DiskOperation.Write or DiskOperation.SetLength)));
        Assert.Equal(Whole, _bench.Disk.Bytes(_bench.Target));
        Assert.Equal([_bench.Target], _bench.Disk.Names);
    }

    // While the journal is there nobody else begins under these names. What is deleted after it may be another download's.
    [Fact]
    public async Task The_journal_is_the_last_that_a_commit_deletes()
    {
        using var file = await WholeAsync();
        _bench.Disk.Put(_bench.Paths.JournalSuccessor, [1]);

        await file.CommitAsync(Length, null, CancellationToken.None);

        var deleted = _bench.Disk.Calls.Where(static call => call.Operation == DiskOperation.Delete).Select(static call => call.Path);
        Assert.Equal([_bench.Paths.JournalSuccessor, _bench.Paths.Journal], deleted);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Wherever_a_commit_is_cut_off_the_next_run_needs_no_byte_again(bool hasOld, bool mayReplace)
    {
        _bench.Existing = mayReplace ? ExistingDestination.Replace : ExistingDestination.Fail;
        if (hasOld)
        {
            _bench.Disk.Put(_bench.Target, Old);
        }

        List<SimulatedDisk> moments = [];
        using (var file = await WholeAsync())
        {
            var isSealed = false;
            _bench.Disk.Before = call =>
            {
                // Before the journal's own fsync a power cut may still cost lines; a kill never does.
                moments.AddRange(isSealed ? PowerCuts.Of(_bench.Disk) : []);
                moments.Add(_bench.Disk.AfterKill());
                isSealed |= call.Operation == DiskOperation.Rename;
            };
            await file.CommitAsync(Length, null, CancellationToken.None);
        }

        moments.AddRange(PowerCuts.Of(_bench.Disk));
        foreach (var moment in moments)
        {
            await AssertFinishesAsync(moment);
        }
    }

    [Fact]
    public async Task A_destination_that_is_there_from_the_beginning_may_be_forbidden()
    {
        _bench.Existing = ExistingDestination.Fail;
        _bench.Disk.Put(_bench.Target, Old);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.OpenAsync());

        Assert.Equal(DownloadFailure.DestinationExists, failure.Failure);
        Assert.Equal([_bench.Target], _bench.Disk.Names);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_destination_that_appears_at_the_last_moment_is_not_overwritten(bool isVeryLast)
    {
        var moment = isVeryLast ? DiskOperation.Rename : DiskOperation.Flush;
        _bench.Existing = ExistingDestination.Fail;
        using var file = await WholeAsync();
        _bench.Disk.Before = call =>
        {
            if (call.Operation == moment)
            {
                _bench.Disk.Before = null;
                _bench.Disk.Put(_bench.Target, Old);
            }
        };

        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());

        Assert.Equal(DownloadFailure.DestinationExists, failure.Failure);
        Assert.Equal(Old, _bench.Disk.Bytes(_bench.Target));
        Assert.Equal(Length, _bench.Claims().Received.Length);
        Assert.Equal(Whole, _bench.Disk.Bytes(_bench.Paths.Partial));
    }

    [Fact]
    public async Task A_rename_that_fails_keeps_everything()
    {
        _bench.Disk.Put(_bench.Target, Old);
        var file = await WholeAsync();
        _bench.Disk.Before = static call => _ = call.Operation == DiskOperation.Rename ? throw new UnauthorizedAccessException("no") : 0;

        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());
        file.Dispose();

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Equal(Old, _bench.Disk.Bytes(_bench.Target));
        _bench.Disk.Before = null;
        await AssertFinishesAsync(_bench.Disk.AfterKill());
    }

    [Fact]
    public async Task A_journal_that_a_commit_left_says_nothing_of_a_destination_that_was_edited_since()
    {
        var moment = await AfterRenameAsync();
        moment.Tamper(_bench.Target, static node => node.Corrupt(4000));
        _bench.Disk = moment;

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Null(opened.Recovered);
        Assert.Null(file.Kept);
        Assert.NotEqual(Whole, _bench.Disk.Bytes(_bench.Target));
    }

    /// <summary>An earlier run noted a number and got no further; then the plain name became free, and its commit is killed after the rename.</summary>
    [Fact]
    public async Task A_number_that_was_noted_and_never_got_does_not_hide_the_plain_name()
    {
        _bench.Existing = ExistingDestination.Number;
        _bench.Disk.Put(_bench.Target, Old);
        using (var file = await WholeAsync())
        {
            _bench.Disk.Before = static call => _ = call.Operation == DiskOperation.Rename ? throw DiskError.Broken() : 0;
            await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());
            _bench.Disk.Before = null;
        }

        Assert.EndsWith(" (1).bin", _bench.Claims().Target, StringComparison.Ordinal);
        _bench.Disk.Delete(_bench.Target);
        _bench.Disk = await AfterRenameAsync(await _bench.OpenAsync());
        var opened = await _bench.OpenedAsync();
        opened.File.Dispose();

        Assert.Equal(_bench.Target, opened.RecoveredPath);
        Assert.Equal([_bench.Target], _bench.Disk.Names);
    }

    [Fact]
    public async Task A_commit_cancelled_before_the_rename_keeps_everything_and_changes_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var file = await WholeAsync();
        _bench.Disk.Before = call =>
        {
            if (call.Operation == DiskOperation.Flush)
            {
                cancellation.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.CommitAsync(Length, null, cancellation.Token).AsTask());
        file.Dispose();

        Assert.False(_bench.Disk.FileExists(_bench.Target));
        _bench.Disk.Before = null;
        await AssertFinishesAsync(_bench.Disk.AfterKill());
    }

    private async Task<SimulatedDisk> AfterRenameAsync() => await AfterRenameAsync(await WholeAsync());

    private async Task<SimulatedDisk> AfterRenameAsync(PartialFile file)
    {
        SimulatedDisk? moment = null;
        using var whole = file;
        _bench.Disk.Before = call => moment = call.Is(DiskOperation.Delete, _bench.Paths.Journal) ? _bench.Disk.AfterKill() : moment;
        await file.CommitAsync(Length, null, CancellationToken.None);
        return moment!;
    }

    private async Task<PartialFile> WholeAsync()
    {
        var file = await _bench.BeginAsync(length: Length);
        for (var at = 0; at < Length; at += 1000)
        {
            await _bench.WriteAsync(file, at, at + 1000);
        }

        return file;
    }

    private async Task AssertFinishesAsync(SimulatedDisk disk)
    {
        var destination = disk.Bytes(_bench.Target);
        Assert.True(destination is null || destination.AsSpan().SequenceEqual(Old) || destination.AsSpan().SequenceEqual(Whole));
        if (!disk.FileExists(_bench.Paths.Journal))
        {
            // Nothing is left to do.
            Assert.Equal(Whole, destination);
            return;
        }

        var next = new StorageBench(_bench.Target) { Disk = disk, Existing = _bench.Existing };
        var opened = await next.OpenedAsync();
        if (opened.Recovered is null)
        {
            await opened.File.CommitAsync(Length, null, CancellationToken.None);
        }

        opened.File.Dispose();
        Assert.Equal(Whole, disk.Bytes(_bench.Target));
        Assert.Equal([_bench.Target], disk.Names);
    }
}
