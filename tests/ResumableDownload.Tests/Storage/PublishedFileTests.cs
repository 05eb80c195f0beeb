using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What is published is the download: whole, no more than that, and of the time that was asked for.</summary>
public sealed class PublishedFileTests
{
    private const int Length = 3000;

    private static readonly DateTimeOffset Noted = new(2015, 10, 21, 9, 28, 0, TimeSpan.FromHours(2));

    private readonly StorageBench _bench = new();

    [Fact]
    public async Task Only_a_whole_file_is_published()
    {
        using var file = await _bench.BeginAsync(length: Length);
        await _bench.WriteAsync(file, 0, Length - 1);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => CommitAsync(file));
        Assert.Equal("Only a whole file can be committed.", failure.Message);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    [Fact]
    public async Task What_something_else_appended_is_not_published()
    {
        using var file = await WholeAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Change(new(Length, [6, 6, 6]), node.LastWrite));
        await CommitAsync(file);
        AssertPublished();
    }

    [Fact]
    public async Task It_has_the_time_that_was_asked_for_and_otherwise_that_of_its_last_write()
    {
        using (var file = await WholeAsync())
        {
            await CommitAsync(file, Noted);
        }

        Assert.Equal(Noted.UtcDateTime, TimeOfTarget());
        using (var file = await WholeAsync())
        {
            await CommitAsync(file);
        }

        Assert.Equal(_bench.Disk.Now, TimeOfTarget());
    }

    public static TheoryData<Exception> Refusals => new(new IOException("no"), new UnauthorizedAccessException("no"), new ArgumentOutOfRangeException("no"));

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_time_that_the_file_system_cannot_note_keeps_no_file_from_being_published(Exception refusal)
    {
        var file = new PartialFile(_bench.Setup, new TimelessFile(_bench.Disk.OpenLocked(_bench.Paths.Partial), refusal), generation: null);
        await file.BeginAsync(StorageBench.Representation("\"v1\"", Length), "https://host/", OriginTraits.None, CancellationToken.None);
        await _bench.WriteAsync(file, 0, Length);

        Assert.Equal(_bench.Target, await CommitAsync(file, Noted));
        file.Dispose();

        AssertPublished();
        Assert.Equal(_bench.Disk.Now, TimeOfTarget());
    }

    /// <summary>An empty partial file is deleted when it is closed. By then its name may be another one's.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_published_file_that_is_closed_takes_nothing_from_the_next_download(bool wasKilledBefore)
    {
        var file = await _bench.BeginAsync(length: 0);
        if (wasKilledBefore)
        {
            SimulatedDisk? killed = null;
            _bench.Disk.Before = call => killed = call.Is(DiskOperation.Delete, _bench.Paths.Journal) ? _bench.Disk.AfterKill() : killed;
            await file.CommitAsync(0, null, CancellationToken.None);
            file.Dispose();
            _bench.Disk = killed!;
            var opened = await _bench.OpenedAsync();
            Assert.NotNull(opened.Recovered);
            file = opened.File;
        }
        else
        {
            await file.CommitAsync(0, null, CancellationToken.None);
        }

        using var next = await _bench.OpenAsync();
        file.Dispose();

        Assert.True(_bench.Disk.FileExists(_bench.Paths.Partial));
    }

    private static Task<string> CommitAsync(PartialFile file, DateTimeOffset? time = null) => file.CommitAsync(Length, time, CancellationToken.None).AsTask();

    private async Task<PartialFile> WholeAsync()
    {
        var file = await _bench.BeginAsync(length: Length);
        await _bench.WriteAsync(file, 0, Length);
        return file;
    }

    private void AssertPublished()
    {
        Assert.Equal(_bench.Content[..Length], _bench.Disk.Bytes(_bench.Target));
        Assert.Equal([_bench.Target], _bench.Disk.Names);
    }

    private DateTime? TimeOfTarget()
    {
        using var published = _bench.Disk.OpenToRead(_bench.Target);
        return published?.LastWrite;
    }

    /// <summary>A file whose time cannot be set.</summary>
    private sealed class TimelessFile(DiskFile inner, Exception refusal) : WrappedFile(inner)
    {
        public override DateTime LastWrite
        {
            get => base.LastWrite;
            set => throw refusal;
        }
    }
}
