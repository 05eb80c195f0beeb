using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What a run says of what it found and of what it leaves.</summary>
public sealed class RunTests : IDisposable, IRunWatch
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(100_000, 1, "\"v1\"");

    private readonly Bench _bench = new(Version);
    private readonly List<string> _heard = [];

    public void Dispose() => _bench.Dispose();

    void IRunWatch.Waits(DownloadFailure why) => _heard.Add($"waits, {why}");

    void IRunWatch.Tries() => _heard.Add("tries");

    [Fact]
    public async Task Who_watches_hears_of_each_attempt_and_why_the_next_one_is_waited_for()
    {
        _bench.Watch = this;
        _bench.Server.Then(new Conduct { Status = 503 });
        await _bench.RunAsync();
        Assert.Equal(["tries", "waits, ServerUnavailable", "tries"], _heard);
    }

    [Theory]
    [InlineData(0, "; nothing is kept.")]
    [InlineData(40_000, "; 40000 bytes are kept for next time.")]
    public async Task A_failure_says_what_is_kept(int kept, string said)
    {
        if (kept > 0)
        {
            await _bench.KeepAsync(kept);
        }

        _bench.Server.Otherwise = new Conduct { Status = 404 };
        var failure = await _bench.FailAsync();
        Assert.EndsWith(said, failure.Message, StringComparison.Ordinal);
        Assert.Equal(kept, failure.Kept);
    }

    [Fact]
    public async Task A_run_that_could_not_even_begin_says_that_it_changed_nothing()
    {
        _bench.Existing = ExistingDestination.Fail;
        _bench.Disk.Put(_bench.Target, [1, 2, 3]);
        Assert.EndsWith("; nothing was changed.", (await _bench.FailAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_whole_already_is_told_of_and_reported_whole()
    {
        await LeaveCommittedAsync();
        var reports = new Reports(_bench.Time);

        var result = await _bench.RunAsync(reports);

        Assert.Equal((100_000L, 0L, 0, _bench.Target), (result.ResumedFrom, result.Fetched, result.Requests, result.Path));
        Assert.Equal((100_000L, 100_000L, 100_000L), (reports.Last.Received, reports.Last.Total, reports.Last.ResumedFrom));
        Assert.Contains($"{_bench.Target} was whole already; an earlier run was cut off after its commit.", _bench.Logger.Lines);
    }

    [Fact]
    public async Task A_file_that_was_whole_already_is_held_to_the_length_that_is_wanted_now()
    {
        await LeaveCommittedAsync();
        _bench.Settings = _bench.Settings with { Limits = _bench.Settings.Limits with { MaxLength = 99_999 } };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.TooLong, failure.Failure);
        Assert.EndsWith("; nothing is kept.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_kept_of_another_resource_is_told_of()
    {
        await _bench.KeepAsync(40_000);
        _bench.Address = new Uri("https://origin.test/another.bin");
        await _bench.RunAsync();
        Assert.Contains($"What is kept at {_bench.Target} belongs to another resource; it is replaced when the first bytes arrive.", _bench.Logger.Lines);
        Assert.Equal(0, _bench.Logger.Count(2));
    }

    [Fact]
    public async Task What_is_kept_and_what_of_it_is_worth_nothing_is_told()
    {
        await _bench.KeepAsync(40_000);
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(39_999));
        await _bench.RunAsync();
        Assert.Contains($"bytes of the partial file of {_bench.Target} are not what the checkpoint says; they are fetched again.", _bench.Logger.Lines.Single(static line => line.Contains("partial file", StringComparison.Ordinal)), StringComparison.Ordinal);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_run_that_goes_on_says_from_where_and_has_nothing_else_to_tell()
    {
        await _bench.KeepAsync(40_000);
        await _bench.RunAsync();
        Assert.Contains("Download of https://origin.test/file.bin goes on from 40000 kept bytes.", _bench.Logger.Lines);
        Assert.Equal((0, 0, 0), (_bench.Logger.Count(5), _bench.Logger.Count(6), _bench.Logger.Count(7)));
    }

    [Fact]
    public async Task A_damaged_checkpoint_is_told_of()
    {
        await _bench.KeepAsync(40_000);
        _bench.Disk.Tamper(_bench.Paths.Journal, static node => node.Corrupt(5));
        await _bench.RunAsync();
        Assert.Contains($"The checkpoint of {_bench.Target} is damaged; what it still proves is used.", _bench.Logger.Lines);
        _bench.AssertWhole(Version);
    }

    /// <summary>The commit was done but for the removal of the journal.</summary>
    private async Task LeaveCommittedAsync()
    {
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Delete, _bench.Paths.Journal) ? throw DiskError.Broken() : 0;
        await _bench.FailAsync();
        _bench.Disk.Before = null;
    }
}
