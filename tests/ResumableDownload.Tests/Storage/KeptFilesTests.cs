using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Looking at what is kept, and throwing it away, without a download.</summary>
public sealed class KeptFilesTests : IDisposable
{
    private readonly Bench _bench = new(ResourceVersion.Random(5000, 1, "\"v1\""));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_is_kept_is_told_and_not_touched()
    {
        await _bench.KeepAsync(2000);
        var before = _bench.Disk.Calls.Length;

        var kept = await KeptFiles.InspectAsync(_bench.Disk, _bench.Paths);

        Assert.Equal((2000L, 5000L), (kept!.Value.Checkpoint.Received.Length, kept.Value.Checkpoint.Representation.Length));
        Assert.Equal("https://origin.test/file.bin", kept.Value.Uri);
        Assert.Equal(before, _bench.Disk.Calls.Length);
    }

    [Fact]
    public async Task It_can_be_looked_at_while_a_download_runs()
    {
        _bench.Server.Then(new Conduct { StallAfter = 1500 });
        var run = _bench.Start();
        _bench.Time.Advance(TimeSpan.FromMilliseconds(300));
        var kept = await KeptFiles.InspectAsync(_bench.Disk, _bench.Paths);
        Assert.Equal(1500, kept?.Checkpoint.Received.Length);
        await _bench.Time.DriveAsync(run);
    }

    [Fact]
    public async Task Nothing_is_kept_when_there_is_nothing_or_no_partial_file_or_a_damaged_journal()
    {
        Assert.Null(await KeptFiles.InspectAsync(_bench.Disk, _bench.Paths));
        await _bench.KeepAsync(2000);
        _bench.Disk.Tamper(_bench.Paths.Journal, static node => node.Corrupt(20));
        Assert.Null(await KeptFiles.InspectAsync(_bench.Disk, _bench.Paths));
        _bench.Disk.Tamper(_bench.Paths.Journal, static node => node.Corrupt(20));
        Assert.NotNull(await KeptFiles.InspectAsync(_bench.Disk, _bench.Paths));
        _bench.Disk.Delete(_bench.Paths.Partial);
        Assert.Null(await KeptFiles.InspectAsync(_bench.Disk, _bench.Paths));
    }

    [Fact]
    public async Task A_newer_journal_is_told_of()
    {
        _bench.Disk.Put(_bench.Paths.Journal, "{\"format\":2}"u8);
        var failure = await Assert.ThrowsAsync<DownloadException>(() => KeptFiles.InspectAsync(_bench.Disk, _bench.Paths).AsTask());
        Assert.Equal(DownloadFailure.NewerCheckpoint, failure.Failure);
        Assert.StartsWith($"'{_bench.Paths.Journal}' was written by a newer version (format 2)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_thrown_away_is_gone_and_the_destination_stays()
    {
        await _bench.KeepAsync(2000);
        _bench.Disk.Put(_bench.Target, [1, 2]);
        Assert.True(await KeptFiles.DiscardAsync(_bench.Disk, _bench.Paths));
        Assert.Equal([_bench.Target], _bench.Disk.Names);
        Assert.False(await KeptFiles.DiscardAsync(_bench.Disk, _bench.Paths));
        Assert.Equal([_bench.Target], _bench.Disk.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".checkpoint")]
    [InlineData(".checkpoint.new")]
    public async Task A_single_file_that_is_left_is_thrown_away_too(string suffix)
    {
        _bench.Disk.Put(_bench.Paths.Partial + suffix, [1]);
        Assert.True(await KeptFiles.DiscardAsync(_bench.Disk, _bench.Paths));
        Assert.Empty(_bench.Disk.Names);
    }

    [Fact]
    public async Task A_download_that_has_no_byte_yet_keeps_nothing()
    {
        var bench = new StorageBench();
        using var file = await bench.BeginAsync(length: 3000);
        Assert.Null(await KeptFiles.InspectAsync(bench.Disk, bench.Paths));
    }

    [Fact]
    public async Task What_a_download_is_writing_is_not_thrown_away()
    {
        _bench.Server.Then(new Conduct { StallAfter = 1500 });
        var run = _bench.Start();
        var failure = await Assert.ThrowsAnyAsync<IOException>(() => KeptFiles.DiscardAsync(_bench.Disk, _bench.Paths).AsTask());
        Assert.Equal(DownloadFailure.InUse, (failure as DownloadException ?? StorageFault.Of(failure, "a")).Failure);
        await _bench.Time.DriveAsync(run);
        _bench.AssertWhole(_bench.Server.Version);
    }

    /// <summary>Thrown away journal first: a kill in between must not leave a journal that speaks of a new partial file.</summary>
    [Fact]
    public async Task A_kill_while_it_is_thrown_away_leaves_nothing_that_misleads()
    {
        await _bench.KeepAsync(2000);
        List<SimulatedDisk> moments = [];
        _bench.Disk.Before = _ => moments.Add(_bench.Disk.AfterKill());
        await KeptFiles.DiscardAsync(_bench.Disk, _bench.Paths);
        foreach (var image in moments.SelectMany(static moment => PowerCuts.Of(moment)))
        {
            using var next = new Bench(_bench.Server.Version, _bench.Time, _bench.Target) { Disk = image };
            await next.RunAsync();
            next.AssertWhole(_bench.Server.Version);
        }
    }
}
