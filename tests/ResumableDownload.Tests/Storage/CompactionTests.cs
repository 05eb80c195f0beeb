using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A journal does not grow for ever, and loses no claim when it shrinks.</summary>
public sealed class CompactionTests
{
    private const int LongestJournal = 4 << 20;

    private readonly StorageBench _bench = new();
    private readonly List<SimulatedDisk> _moments = [];
    private JournalImage? _before;

    [Fact]
    public async Task A_journal_above_four_MiB_is_compacted_and_claims_the_same()
    {
        using var file = await _bench.BeginAsync(length: 1_000_000);
        await file.NoteTraitsAsync(OriginTraits.IgnoresIfRange);
        var claimed = await WriteUntilCompactedAsync(file);

        var after = _bench.Claims();
        Assert.InRange(_bench.Disk.Bytes(_bench.Paths.Journal)!.Length, 1, 4096);
        Assert.Equal(claimed.Ranges.ToArray(), after.Received.Ranges.ToArray());
        Assert.Equal(_before!.Header, after.Header);
        Assert.Equal((1_000_000L, OriginTraits.IgnoresIfRange), (after.Length, after.TraitsAt(_bench.Time.GetUtcNow())));

        // Runs merged, and their sums with them: what the merged lines say is what the file holds.
        Assert.Equal(after.Runs.Count, StorageBench.Marked(after).Count());
        PowerCuts.AssertMarksAreTrue(_bench.Disk, _bench.Paths, _bench.Disk.Bytes(_bench.Paths.Partial)!);

        // And it goes on.
        await file.WriteAsync(900_000, new byte[] { 1, 2, 3 }, CancellationToken.None);
        Assert.Equal(claimed.Length + 3, _bench.Claims().Received.Length);
    }

    [Fact]
    public async Task A_kill_or_a_power_cut_while_a_journal_is_compacted_leaves_the_old_or_the_new_one()
    {
        using var file = await _bench.BeginAsync(length: 1_000_000);
        var claimed = await WriteUntilCompactedAsync(file);
        var after = _bench.Claims();

        Assert.True(_moments.Count >= 6);
        var content = _bench.Disk.Bytes(_bench.Paths.Partial)!;
        foreach (var moment in _moments)
        {
            var claims = PowerCuts.ClaimsOf(moment, _bench.Paths)!;
            Assert.Equal(claimed.Ranges.ToArray(), claims.Received.Ranges.ToArray());
            foreach (var image in new[] { Unsynced.Dropped, Unsynced.Torn }.Select(unsynced => moment.AfterPowerCut(unsynced, seed: 1)))
            {
                var left = PowerCuts.ClaimsOf(image, _bench.Paths)!;
                Assert.Equal(after.Header, left.Header);
                Assert.Equal(claimed.Length, left.Received.Ranges.Aggregate(claimed, static (all, range) => all.Add(range)).Length);
            }
        }

        PowerCuts.AssertMarksAreTrue(_moments[^1], _bench.Paths, content);
    }

    [Fact]
    public async Task A_compaction_that_fails_fails_the_run_and_keeps_the_old_journal()
    {
        var file = await _bench.BeginAsync(length: 1_000_000);
        _bench.Disk.Before = call =>
        {
            if (call.Is(DiskOperation.Create, _bench.Paths.JournalSuccessor))
            {
                throw DiskError.Full();
            }
        };

        var failure = await Assert.ThrowsAsync<DownloadException>(() => WriteUntilCompactedAsync(file));
        file.Dispose();

        Assert.Equal(DownloadFailure.DiskFull, failure.Failure);
        _bench.Disk.Before = null;
        using var next = await _bench.OpenAsync();
        Assert.True(next.Kept?.Received.Length > 50_000);
    }

    /// <summary>The first line of a journal may be as long as an address is.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    public async Task A_journal_of_just_four_MiB_is_not_compacted_and_a_compacted_one_not_before_it_has_doubled(int more, int written)
    {
        var shortest = new StorageBench();
        (await BeginAsync(shortest, "")).Dispose();
        using var file = await BeginAsync(_bench, new string('u', LongestJournal + more - shortest.Disk.LengthOf(shortest.Paths.Journal)));
        Assert.Equal(written, Written());

        for (var at = 10; at < 50; at += 10)
        {
            await _bench.WriteAsync(file, at, at + 1);
            Assert.Equal(2, Written());
        }

        int Written() => _bench.Disk.Calls.Count(call => call.Is(DiskOperation.Rename, _bench.Paths.Journal));
    }

    [Fact]
    public async Task A_journal_that_the_file_bears_out_is_not_written_anew()
    {
        await _bench.LeaveAsync();
        var before = _bench.Disk.Bytes(_bench.Paths.Journal);

        using var file = await _bench.OpenAsync();

        Assert.Equal(before, _bench.Disk.Bytes(_bench.Paths.Journal));
    }

    private static async Task<PartialFile> BeginAsync(StorageBench bench, string uri)
    {
        var file = await bench.OpenAsync();
        await file.BeginAsync(StorageBench.Representation("\"v1\"", 1000), uri, OriginTraits.None, CancellationToken.None);
        await bench.WriteAsync(file, 0, 1);
        return file;
    }

    /// <summary>Writes bytes one by one, with a gap now and then; one line for each.</summary>
    private async Task<ByteRangeSet> WriteUntilCompactedAsync(PartialFile file)
    {
        var offset = 0L;
        var byteAt = new byte[1];
        var fault = _bench.Disk.Before;
        for (var length = 0; ; offset += offset % 5000 == 4999 ? 2 : 1)
        {
            if (length > LongestJournal - 200 && _before is null)
            {
                _before = _bench.Claims();
                _bench.Disk.Before = call =>
                {
                    NoteMoment(call);
                    fault?.Invoke(call);
                };
            }

            byteAt[0] = (byte)(offset * 31);
            await file.WriteAsync(offset, byteAt, CancellationToken.None);
            length = _bench.Disk.LengthOf(_bench.Paths.Journal);
            Assert.InRange(length, 1, LongestJournal + 10_000);
            if (_before is not null && length < LongestJournal / 2)
            {
                _bench.Disk.Before = null;
                return file.Checkpoint!.Received;
            }
        }
    }

    private void NoteMoment(DiskCall call)
    {
        if (call.Operation is not DiskOperation.Write || call.Path == _bench.Paths.JournalSuccessor)
        {
            _moments.Add(_bench.Disk.AfterKill());
        }
    }
}
