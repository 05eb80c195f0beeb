using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Something else touches the files while a download runs.</summary>
public sealed class TamperingTests
{
    private const int Length = 3000;

    private readonly StorageBench _bench = new();

    [Theory]
    [InlineData(999)]
    [InlineData(0)]
    public async Task A_partial_file_that_is_shortened_gets_no_hole_of_zeros(int length)
    {
        using var file = await _bench.BeginAsync(length: Length);
        await _bench.WriteAsync(file, 0, 1000);
        _bench.Disk.Tamper(_bench.Paths.Partial, node => node.Truncate(length));

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.WriteAsync(file, 1000, 2000).AsTask());

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.Contains("Something else has shortened the partial file", failure.Message, StringComparison.Ordinal);
        Assert.Equal(length, _bench.Disk.LengthOf(_bench.Paths.Partial));
    }

    [Fact]
    public async Task A_whole_partial_file_that_is_shortened_is_not_published()
    {
        using var file = await WholeAsync();
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Truncate(2999));
        await AssertNotPublishedAsync(file);
    }

    [Fact]
    public async Task A_file_that_took_the_place_of_the_partial_file_is_not_published()
    {
        using var file = await WholeAsync();
        _bench.Disk.Rename(_bench.Paths.Partial, "/volume/moved", overwrite: true);
        _bench.Disk.Put(_bench.Paths.Partial, [6, 6, 6]);

        var failure = await AssertNotPublishedAsync(file);

        Assert.Contains("Something else has moved or replaced the partial file", failure.Message, StringComparison.Ordinal);
        Assert.Equal([6, 6, 6], _bench.Disk.Bytes(_bench.Paths.Partial));
    }

    [Fact]
    public async Task A_partial_file_that_was_deleted_is_not_published()
    {
        using var file = await WholeAsync();
        _bench.Disk.Delete(_bench.Paths.Partial);
        await AssertNotPublishedAsync(file);
    }

    [Fact]
    public async Task A_partial_file_that_was_moved_on_the_real_disk_is_not_published()
    {
        using var folder = new TempFolder();
        var bench = new StorageBench(folder.File("a"));
        var setup = bench.Setup with { Disk = Disk.Physical };
        using var file = (await PartialFile.OpenAsync(setup, CancellationToken.None)).File;
        await file.BeginAsync(StorageBench.Representation("\"v1\"", Length), "https://host/", OriginTraits.None, CancellationToken.None);
        await bench.WriteAsync(file, 0, Length);
        File.Move(bench.Paths.Partial, folder.File("moved"));
        await File.WriteAllBytesAsync(bench.Paths.Partial, [6, 6, 6]);

        await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());

        Assert.False(File.Exists(bench.Target));
        Assert.Equal([6, 6, 6], await File.ReadAllBytesAsync(bench.Paths.Partial));
    }

    [Theory]
    [InlineData(true, "is a folder")]
    [InlineData(false, "is read-only")]
    public async Task A_destination_that_cannot_be_replaced_is_refused_before_anything_is_done(bool isFolder, string why)
    {
        if (isFolder)
        {
            _bench.Disk.CreateFolder(_bench.Target);
        }
        else
        {
            _bench.Disk.Put(_bench.Target, [1], isReadOnly: true);
        }

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.OpenAsync());

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Disk.Calls);
    }

    private async Task<PartialFile> WholeAsync()
    {
        var file = await _bench.BeginAsync(length: Length);
        await _bench.WriteAsync(file, 0, Length);
        return file;
    }

    private async Task<DownloadException> AssertNotPublishedAsync(PartialFile file)
    {
        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.CommitAsync(Length, null, CancellationToken.None).AsTask());
        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
        return failure;
    }
}
