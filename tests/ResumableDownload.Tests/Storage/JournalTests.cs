using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Appending to a journal, and what an append that fails leaves.</summary>
public sealed class JournalTests
{
    private static readonly SidecarPaths Paths = new("/volume/file.bin");

    private readonly SimulatedDisk _disk = new(new FakeTimeProvider());

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(1000)]
    public async Task A_line_that_could_not_be_appended_leaves_no_trace(int torn)
    {
        using var journal = await NewAsync();
        await journal.AppendAsync(Run(0));
        var before = _disk.Bytes(Paths.Journal);
        FailAppends(torn);

        await Assert.ThrowsAsync<DiskError>(() => journal.AppendAsync(Run(1)).AsTask());

        Assert.Equal(before, _disk.Bytes(Paths.Journal));
        _disk.Before = null;
        await journal.AppendAsync(Run(1));
        Assert.Equal(2, Image().Runs.Count);
    }

    [Fact]
    public async Task A_torn_line_of_an_earlier_run_is_cut_off_before_the_next()
    {
        using (var journal = await NewAsync())
        {
            await journal.AppendAsync(Run(0));
        }

        var whole = _disk.Bytes(Paths.Journal)!;
        _disk.Put(Paths.Journal, [.. whole, .. "{\"at\":100,\"len\":1"u8]);
        var reading = Assert.IsType<JournalReading.Held>(JournalFold.Read(_disk.Bytes(Paths.Journal)));
        Assert.True(reading.IsCutOff);

        using (var journal = Journal.Reopen(_disk, Paths.Journal, reading.Image))
        {
            Assert.Equal(whole, _disk.Bytes(Paths.Journal));
            await journal.AppendAsync(Run(1));
        }

        Assert.Equal([Run(0), Run(1)], Image().Runs.Select(static run => run.Run));
    }

    [Fact]
    public async Task A_line_whose_removal_fails_too_ends_the_journal()
    {
        using var journal = await NewAsync();
        _disk.Before = static call => throw (call.Operation == DiskOperation.Write ? DiskError.Full(torn: 5) : DiskError.Broken());
        await Assert.ThrowsAsync<DiskError>(() => journal.AppendAsync(Run(0)).AsTask());
        _disk.Before = null;

        // Anything after the torn line would be hidden by it.
        await Assert.ThrowsAnyAsync<Exception>(() => journal.AppendAsync(Run(0)).AsTask());
        Assert.Empty(Image().Runs);
    }

    [Fact]
    public async Task Appends_from_many_threads_are_whole_lines_in_a_row()
    {
        using var journal = await NewAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var line = 0; line < 50; line++)
            {
                await journal.AppendAsync(Run((50 * thread) + line));
            }
        })));

        Assert.Equal(400, Image().Runs.Count);
        Assert.Equal(_disk.Bytes(Paths.Journal)!.Length, Image().End.Offset);
    }

    /// <summary>Several connections write at once: whichever of them is heard, it tells what is wrong with the disk.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_closed_a_journal_is_told_to_all_who_come_after(bool wasMark)
    {
        using var journal = await NewAsync();
        _disk.Before = static _ => throw new UnauthorizedAccessException("Access to the path is denied.");
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => wasMark ? journal.AppendFlushedAsync(journal.End).AsTask() : journal.AppendAsync(Run(0)).AsTask());
        _disk.Before = null;

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => journal.AppendAsync(Run(1)).AsTask());
    }

    [Fact]
    public async Task It_is_told_each_time_and_a_fault_that_closed_nothing_is_not()
    {
        var journal = await NewAsync();
        FailAppends(torn: 5);
        await Assert.ThrowsAsync<DiskError>(() => journal.AppendAsync(Run(0)).AsTask());
        _disk.Before = null;
        journal.Dispose();
        Assert.Equal("The journal is closed.", (await Assert.ThrowsAsync<IOException>(() => journal.AppendAsync(Run(1)).AsTask())).Message);

        using var next = await NewAsync();
        await next.VoidUnflushedAsync(new UnauthorizedAccessException());
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => next.AppendAsync(Run(0)).AsTask());
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => next.AppendAsync(Run(1)).AsTask());
    }

    [Fact]
    public async Task A_closed_journal_takes_no_late_mark()
    {
        var journal = await NewAsync();
        await journal.AppendAsync(Run(0));
        var end = journal.End;
        journal.Dispose();
        var before = _disk.Bytes(Paths.Journal);

        await journal.AppendFlushedAsync(end);
        await journal.VoidUnflushedAsync(DiskError.Broken());

        Assert.Equal(before, _disk.Bytes(Paths.Journal));
    }

    [Fact]
    public async Task Giving_up_what_is_not_flushed_keeps_what_is()
    {
        using var journal = await NewAsync();
        await journal.AppendAsync(Run(0));
        await journal.AppendFlushedAsync(journal.End);
        await journal.AppendAsync(Run(1));

        await journal.VoidUnflushedAsync(DiskError.Broken());

        Assert.Equal([Run(0)], Image().Runs.Select(static run => run.Run));
        Assert.Equal(Image().Runs[0].LineEnd, Image().Flushed.Offset);
        Assert.Equal(_disk.Bytes(Paths.Journal)!.Length, Image().End.Offset);
    }

    [Fact]
    public async Task A_journal_whose_last_mark_fails_too_stays_closed()
    {
        using var journal = await NewAsync();
        await journal.AppendAsync(Run(0));
        FailAppends(torn: 5);
        await Assert.ThrowsAsync<DiskError>(() => journal.VoidUnflushedAsync(DiskError.Broken()).AsTask());
        _disk.Before = null;

        await Assert.ThrowsAsync<DiskError>(() => journal.AppendAsync(Run(1)).AsTask());
        Assert.Empty(Image().Runs);
    }

    [Fact]
    public async Task A_mark_that_points_between_lines_or_forward_or_back_is_not_believed()
    {
        using var journal = await NewAsync();
        var header = journal.End;
        await journal.AppendAsync(Run(0));
        await journal.AppendFlushedAsync(journal.End);
        var good = Image().Flushed;

        foreach (var offset in new[] { header.Offset, good.Offset - 1, good.Offset + 1, journal.End.Offset + 500, 0 })
        {
            using var copy = Journal.Reopen(_disk, Paths.Journal, Image());
            var before = Image();
            await copy.AppendAsync(new JournalEntry.Flushed(offset));
            JournalAssert.Same(before, Image());
        }
    }

    [Fact]
    public async Task A_run_that_overlaps_another_or_passes_the_end_is_not_believed()
    {
        foreach (var odd in new JournalEntry[]
        {
            new JournalEntry.Received(new SummedRun(new ByteRange(150, 250), 1)),
            new JournalEntry.Received(new SummedRun(new ByteRange(100, 200), 1)),
            new JournalEntry.Received(new SummedRun(new ByteRange(900, 1001), 1)),
            new JournalEntry.Received(new SummedRun(new ByteRange(500, 500), 1)),
            new JournalEntry.Length(999),
        })
        {
            using var journal = await NewAsync();
            await journal.AppendAsync(new JournalEntry.Length(1000));
            await journal.AppendAsync(Run(1));
            var before = Image();
            await journal.AppendAsync(odd);
            JournalAssert.Same(before, Image());
        }
    }

    [Fact]
    public async Task A_journal_is_replaced_in_one_step_that_no_power_cut_can_halve()
    {
        using var former = await NewAsync();
        await former.AppendAsync(Run(0));
        await former.FlushAsync();
        var old = _disk.Bytes(Paths.Journal);
        List<SimulatedDisk> moments = [];
        _disk.Before = _ => moments.Add(_disk.AfterKill());

        using var next = await NewAsync();
        _disk.Before = null;
        var made = _disk.Bytes(Paths.Journal);

        // Every rule of POSIX used against us: the content without its fsync, the rename without that of the folder.
        foreach (var image in moments.SelectMany(static moment => Images(moment)))
        {
            Assert.True(old!.AsSpan().SequenceEqual(image.Bytes(Paths.Journal)) || made!.AsSpan().SequenceEqual(image.Bytes(Paths.Journal)));
        }

        Assert.All(Images(_disk), image => Assert.Equal(made, image.Bytes(Paths.Journal)));
    }

    private static IEnumerable<SimulatedDisk> Images(SimulatedDisk disk) =>
        [disk.AfterPowerCut(Unsynced.Dropped), disk.AfterPowerCut(Unsynced.Kept), .. Enumerable.Range(0, 8).Select(seed => disk.AfterPowerCut(Unsynced.Torn, seed))];

    private static SummedRun Run(int number) => new(new ByteRange(100L * number, (100L * number) + 100), (uint)number);

    private ValueTask<Journal> NewAsync()
    {
        var representation = new Representation(new Validator { EntityTag = "\"v\"" }, default, null, null);
        return Journal.ReplaceAsync(_disk, Paths, JournalHeader.Of(representation, SumKind.Crc32C, "r", "https://host/"), [], areFlushed: false, CancellationToken.None);
    }

    private void FailAppends(int torn) => _disk.Before = call =>
    {
        if (call.Operation == DiskOperation.Write)
        {
            throw DiskError.Full(torn);
        }
    };

    private JournalImage Image() => Assert.IsType<JournalReading.Held>(JournalFold.Read(_disk.Bytes(Paths.Journal))).Image;
}
