using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What was learned of an origin is kept with the bytes, and forgotten after a day; what was learned of the bytes is not.</summary>
public sealed class LessonTests
{
    private const OriginTraits OfOrigin = OriginTraits.IgnoresIfRange | OriginTraits.IgnoresIfMatch | OriginTraits.NoRanges;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly StorageBench _bench = new();

    [Theory]
    [InlineData(0, true)]
    [InlineData((24 * 3600) - 1, true)]
    [InlineData(24 * 3600, false)]
    [InlineData(400 * 24 * 3600, false)]
    public async Task A_lesson_counts_for_a_day_and_that_the_bytes_are_wrong_counts_for_ever(int seconds, bool counts)
    {
        await LeaveAsync(OfOrigin | OriginTraits.KeptDiffers);
        _bench.Time.Advance(TimeSpan.FromSeconds(seconds));

        using var file = await _bench.OpenAsync();

        Assert.Equal(OriginTraits.KeptDiffers | (counts ? OfOrigin : OriginTraits.None), file.Checkpoint!.Traits);
    }

    [Fact]
    public async Task Each_lesson_has_its_own_day()
    {
        await LeaveAsync(OriginTraits.IgnoresIfRange);
        _bench.Time.Advance(Day / 2);
        using (var file = await _bench.OpenAsync())
        {
            await file.NoteTraitsAsync(OriginTraits.NoRanges);
        }

        _bench.Time.Advance(Day / 2);
        using var next = await _bench.OpenAsync();
        Assert.Equal(OriginTraits.NoRanges, next.Checkpoint!.Traits);
    }

    [Fact]
    public async Task What_was_forgotten_and_is_learned_again_counts_for_another_day()
    {
        await LeaveAsync(OriginTraits.NoRanges);
        _bench.Time.Advance(Day);
        using (var file = await _bench.OpenAsync())
        {
            await file.NoteTraitsAsync(OriginTraits.NoRanges);
            Assert.Equal(OriginTraits.NoRanges, file.Checkpoint!.Traits);
        }

        _bench.Time.Advance(Day - TimeSpan.FromSeconds(1));
        using (var file = await _bench.OpenAsync())
        {
            Assert.Equal(OriginTraits.NoRanges, file.Checkpoint!.Traits);
        }
    }

    [Fact]
    public async Task What_is_known_already_is_not_noted_again()
    {
        using var file = await _bench.BeginAsync();
        await file.NoteTraitsAsync(OriginTraits.NoRanges);
        var before = _bench.Disk.LengthOf(_bench.Paths.Journal);
        await file.NoteTraitsAsync(OriginTraits.NoRanges);
        Assert.Equal(before, _bench.Disk.LengthOf(_bench.Paths.Journal));
        await file.NoteTraitsAsync(OfOrigin);
        Assert.Equal(3, _bench.Claims().Lessons.Count);
    }

    /// <summary>One bad run has the journal written anew.</summary>
    [Fact]
    public async Task A_compaction_keeps_lessons_and_makes_them_no_younger()
    {
        await LeaveAsync(OriginTraits.NoRanges | OriginTraits.KeptDiffers);
        var learned = _bench.Claims().Lessons;
        _bench.Time.Advance(Day / 2);
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(500));
        using (var file = await _bench.OpenAsync())
        {
            Assert.Null(file.Kept);
        }

        Assert.Equal(2, learned.Count);
        Assert.Equal(learned, _bench.Claims().Lessons);
    }

    [Fact]
    public async Task A_compaction_drops_what_is_forgotten()
    {
        await LeaveAsync(OriginTraits.NoRanges | OriginTraits.KeptDiffers);
        _bench.Time.Advance(Day);
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(500));
        using var file = await _bench.OpenAsync();
        Assert.Equal(OriginTraits.KeptDiffers, Assert.Single(_bench.Claims().Lessons).Traits);
    }

    [Fact]
    public async Task A_new_generation_begins_with_what_is_known()
    {
        using (var file = await _bench.OpenAsync())
        {
            await file.BeginAsync(StorageBench.Representation("\"v1\"", 3000), "https://host/", OriginTraits.IgnoresIfMatch, CancellationToken.None);
            await _bench.WriteAsync(file, 0, 1000);
        }

        using var next = await _bench.OpenAsync();
        Assert.Equal(OriginTraits.IgnoresIfMatch, next.Checkpoint!.Traits);
    }

    [Fact]
    public async Task What_a_generation_began_with_is_kept_when_its_journal_is_written_anew()
    {
        using var file = await _bench.OpenAsync();
        await file.BeginAsync(StorageBench.Representation("\"v1\"", 3000), "https://host/", OriginTraits.IgnoresIfMatch, CancellationToken.None);
        await _bench.WriteAsync(file, 0, 1000);
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(500));

        Assert.Equal(1000, await file.ReproveAsync(new ByteRange(0, 1000), CancellationToken.None));

        Assert.Equal(OriginTraits.IgnoresIfMatch, Assert.Single(_bench.Claims().Lessons).Traits);
    }

    [Fact]
    public async Task Each_lesson_is_noted_with_its_time_but_that_the_bytes_are_wrong_without_one()
    {
        await LeaveAsync(OriginTraits.NoRanges | OriginTraits.KeptDiffers);
        Assert.Equal([new(OriginTraits.NoRanges, _bench.Time.GetUtcNow().ToUnixTimeSeconds()), new(OriginTraits.KeptDiffers, 0)], _bench.Claims().Lessons);
    }

    /// <summary>A power cut must not bring back the belief in bytes that were disproved; what it takes of the rest is learned again.</summary>
    [Fact]
    public async Task Only_that_the_bytes_are_wrong_is_brought_to_stable_storage_at_once()
    {
        using var file = await _bench.BeginAsync(length: 3000);
        Assert.Equal(0, await FlushesOfAsync(OriginTraits.NoRanges));
        Assert.Equal(1, await FlushesOfAsync(OriginTraits.KeptDiffers));
        Assert.Equal(0, await FlushesOfAsync(OriginTraits.KeptDiffers | OriginTraits.IgnoresIfMatch));

        var left = PowerCuts.ClaimsOf(_bench.Disk.AfterPowerCut(Unsynced.Dropped), _bench.Paths);
        Assert.Equal([OriginTraits.NoRanges, OriginTraits.KeptDiffers], left!.Lessons.Select(static lesson => lesson.Traits));

        async Task<int> FlushesOfAsync(OriginTraits traits)
        {
            var before = _bench.Disk.Calls.Length;
            await file.NoteTraitsAsync(traits);
            return _bench.Disk.Calls[before..].Count(static call => call.Operation == DiskOperation.Flush);
        }
    }

    private async Task LeaveAsync(OriginTraits traits)
    {
        using var file = await _bench.BeginAsync(length: 3000);
        await file.NoteTraitsAsync(traits);
        await _bench.WriteAsync(file, 0, 1000);
    }
}
