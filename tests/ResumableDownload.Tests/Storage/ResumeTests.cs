using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What a run believes of what an earlier one left.</summary>
public sealed class ResumeTests
{
    private readonly StorageBench _bench = new();

    [Fact]
    public async Task Only_what_is_not_marked_and_four_samples_are_read_again()
    {
        await _bench.LeaveAsync(run: 100);

        using var file = await _bench.OpenAsync();

        Assert.Equal(3000, file.Kept?.Received.Length);
        Assert.Equal(1400 + 400, _bench.Disk.BytesRead(_bench.Paths.Partial));
    }

    /// <summary>A restore may bring a journal of one moment beside a file of another, with times that tell nothing.</summary>
    [Fact]
    public async Task A_journal_that_belongs_to_other_bytes_is_found_out_by_its_samples()
    {
        await _bench.LeaveAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Change(new(0, new byte[3000]), node.LastWrite));

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(3000, opened.Void);
        Assert.Null(file.Kept);
    }

    [Fact]
    public async Task After_a_damaged_journal_nothing_is_taken_on_trust()
    {
        await _bench.LeaveAsync(run: 100);
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(250));
        _bench.Disk.Tamper(_bench.Paths.Journal, static node => node.Change(new(node.Length, "{"u8.ToArray()), node.LastWrite));

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(100, opened.Void);
        Assert.Equal([new ByteRange(0, 200), new ByteRange(300, 3000)], file.Kept!.Received.Ranges.ToArray());
    }

    [Fact]
    public async Task A_run_of_the_tail_that_is_not_what_its_line_says_is_given_up_alone()
    {
        await _bench.LeaveAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(2250));

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(500, opened.Void);
        Assert.Equal([new ByteRange(0, 2000), new ByteRange(2500, 3000)], file.Kept!.Received.Ranges.ToArray());
        Assert.Equal(file.Kept.Received.Ranges.ToArray(), _bench.Claims().Received.Ranges.ToArray());
    }

    [Fact]
    public async Task Only_the_run_that_failed_is_fetched_again()
    {
        var version = ResourceVersion.Random(4000, 5, "\"v1\"");
        using var bench = new Bench(version);
        bench.Server.Then(new Conduct { Piece = 500, Pause = TimeSpan.FromMilliseconds(250), CutAfter = 3000 });
        bench.Settings = bench.Settings with { Retry = bench.Settings.Retry with { MostFruitless = 1 } };
        bench.Server.Then(new Conduct { Fails = new HttpRequestException("down") });
        await bench.FailAsync();
        bench.Disk.Tamper(bench.Paths.Partial, static node => node.Corrupt(1200));

        var result = await bench.RunAsync();

        Assert.Equal(["bytes=1000-1499", "bytes=3000-"], bench.Server.Requests[2..].Select(static request => request.Range));
        Assert.Equal(2500, result.ResumedFrom);
        Assert.Equal(1500, result.Fetched);
        Assert.Equal(1, bench.Logger.Count(6));
        bench.AssertWhole(version);
    }

    /// <summary>The journal that speaks of the bad run is still there when its successor is begun.</summary>
    [Fact]
    public async Task A_run_that_was_given_up_never_comes_to_be_marked_wherever_the_resume_is_killed()
    {
        await _bench.LeaveAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(2250));
        List<SimulatedDisk> moments = [];
        _bench.Disk.Before = _ => moments.Add(_bench.Disk.AfterKill());

        using (await _bench.OpenAsync())
        {
            moments.Add(_bench.Disk.AfterKill());
        }

        Assert.True(moments.Count > 4);
        Assert.All(moments, moment => PowerCuts.AssertMarksAreTrue(moment, _bench.Paths, _bench.Content));
    }

    [Fact]
    public async Task Full_verification_finds_what_a_mark_hides()
    {
        await _bench.LeaveAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(100));
        _bench.Verification = PartialVerification.Full;

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(500, opened.Void);
        Assert.Equal(500, file.Kept!.Received.Ranges[0].Start);
        Assert.Equal(3000, _bench.Disk.BytesRead(_bench.Paths.Partial));
    }

    [Fact]
    public async Task A_partial_file_that_was_written_to_after_its_journal_is_verified_wholly()
    {
        await _bench.LeaveAsync(run: 100);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(750), touches: true);

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(100, opened.Void);
        Assert.Equal([new ByteRange(0, 700), new ByteRange(800, 3000)], file.Kept!.Received.Ranges.ToArray());
    }

    /// <summary>The kill of a writer between its two steps shows as bytes behind the last claimed one; it is no edit.</summary>
    [Theory]
    [InlineData(100, 1800)]
    [InlineData(2000, 1800)]
    [InlineData(2001, 3000)]
    [InlineData(10_000, 3000)]
    public async Task A_writer_that_was_killed_before_it_journaled_costs_no_full_verification(int milliseconds, int read)
    {
        await _bench.LeaveAsync(run: 100);
        _bench.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        _bench.Disk.Tamper(_bench.Paths.Partial, node => node.Change(new(3000, new byte[200]), _bench.Disk.Now), touches: true);

        using var file = await _bench.OpenAsync();

        Assert.Equal(3000, file.Kept?.Received.Length);
        Assert.Equal(read, _bench.Disk.BytesRead(_bench.Paths.Partial));
    }

    [Theory]
    [InlineData(2999, 2500)]
    [InlineData(1999, 1500)]
    [InlineData(500, 500)]
    [InlineData(499, 0)]
    [InlineData(0, 0)]
    public async Task A_truncated_partial_file_keeps_the_runs_that_are_whole(int length, int kept)
    {
        await _bench.LeaveAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, node => node.Truncate(length));

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(kept, file.Kept?.Received.Length ?? 0);
        Assert.Equal(3000 - kept, opened.Void);
    }

    [Fact]
    public async Task A_partial_file_that_is_gone_takes_all_claims_with_it()
    {
        await _bench.LeaveAsync();
        _bench.Disk.Delete(_bench.Paths.Partial);

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Null(file.Kept);
        Assert.Equal(3000, opened.Void);
    }

    [Fact]
    public async Task Without_its_journal_a_partial_file_is_worth_nothing()
    {
        await _bench.LeaveAsync();
        _bench.Disk.Delete(_bench.Paths.Journal);

        using var file = await _bench.OpenAsync();

        Assert.Null(file.Checkpoint);
    }

    [Fact]
    public async Task What_is_kept_of_another_resource_is_not_taken_for_ours_and_not_touched_yet()
    {
        await _bench.LeaveAsync();
        var (partial, journal) = (_bench.Disk.Bytes(_bench.Paths.Partial), _bench.Disk.Bytes(_bench.Paths.Journal));
        _bench.Resource = "sha256:other";

        var opened = await _bench.OpenedAsync();
        opened.File.Dispose();

        Assert.True(opened.IsOther);
        Assert.Null(opened.File.Kept);
        Assert.Equal(partial, _bench.Disk.Bytes(_bench.Paths.Partial));
        Assert.Equal(journal, _bench.Disk.Bytes(_bench.Paths.Journal));
    }

    [Fact]
    public async Task A_damaged_end_of_the_journal_costs_only_that_and_is_told()
    {
        await _bench.LeaveAsync();
        _bench.Disk.Tamper(_bench.Paths.Journal, static node => node.Truncate(node.Length - 3));

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.True(opened.IsDamaged);
        Assert.Equal(2500, file.Kept?.Received.Length);
        Assert.Equal(_bench.Claims().End.Offset, _bench.Disk.Bytes(_bench.Paths.Journal)!.Length);
    }
}
