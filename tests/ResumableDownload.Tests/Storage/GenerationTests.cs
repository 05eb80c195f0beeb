using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A generation begins with nothing, and one that could not begin leaves nothing open.</summary>
public sealed class GenerationTests
{
    private readonly StorageBench _bench = new();

    [Fact]
    public async Task A_new_generation_has_no_byte_of_the_former_one()
    {
        (await WrittenAsync()).Dispose();

        using var next = await _bench.BeginAsync("\"v2\"");

        Assert.Equal(0, _bench.Disk.LengthOf(_bench.Paths.Partial));
    }

    [Fact]
    public async Task A_fresh_file_is_not_emptied_first()
    {
        using var file = await _bench.BeginAsync();
        Assert.DoesNotContain(_bench.Disk.Calls, call => call.Is(DiskOperation.SetLength, _bench.Paths.Partial));
    }

    [Fact]
    public async Task A_file_that_cannot_be_emptied_is_told_of_and_leaves_nothing_open()
    {
        var file = await WrittenAsync();
        Fail(DiskOperation.SetLength);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.BeginAsync(StorageBench.Representation("\"v2\"", null), "https://host/", OriginTraits.None, CancellationToken.None).AsTask());
        file.Dispose();

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.Equal(0, _bench.Disk.OpenFiles);
    }

    /// <summary>A bad run has the journal written anew, and what its successor claims is flushed before.</summary>
    [Fact]
    public async Task A_file_that_cannot_be_taken_up_is_told_of_and_leaves_nothing_open()
    {
        (await WrittenAsync()).Dispose();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(50));
        Fail(DiskOperation.Flush);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.OpenAsync());

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.Equal(0, _bench.Disk.OpenFiles);
    }

    private async Task<PartialFile> WrittenAsync()
    {
        var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 100);
        return file;
    }

    private void Fail(DiskOperation operation) =>
        _bench.Disk.Before = call => _ = call.Is(operation, _bench.Paths.Partial) ? throw DiskError.Broken() : 0;
}
