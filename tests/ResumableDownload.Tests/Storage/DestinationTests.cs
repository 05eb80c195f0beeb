using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What is in the way of the destination is told as what it is, from the first moment to the last.</summary>
public sealed class DestinationTests : IDisposable
{
    private const int Length = 3000;

    private readonly StorageBench _bench = new();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_folder_of_a_destination_is_made()
    {
        var setup = new StorageBench(_folder.File(Path.Combine("one", "two", "a.bin"))).Setup;
        (await PartialFile.OpenAsync(setup with { Disk = Disk.Physical }, CancellationToken.None)).File.Dispose();
        Assert.True(Directory.Exists(_folder.File(Path.Combine("one", "two"))));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_of()
    {
        await File.WriteAllTextAsync(_folder.File("one"), "a file");
        var setup = new StorageBench(_folder.File(Path.Combine("one", "a.bin"))).Setup;

        var failure = await Assert.ThrowsAsync<DownloadException>(() => PartialFile.OpenAsync(setup with { Disk = Disk.Physical }, CancellationToken.None).AsTask());

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.StartsWith($"The folder '{_folder.File("one")}' cannot be made", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_must_stay_is_told_of()
    {
        _bench.Existing = ExistingDestination.Fail;
        _bench.Disk.Put(_bench.Target, [1]);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.OpenAsync());

        Assert.StartsWith($"There is a file at '{_bench.Target}' already", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_takes_the_name_at_the_last_moment_is_told_of_and_everything_is_kept()
    {
        AtTheRename(_bench, _bench.Disk.CreateFolder);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => CommitAsync(_bench));

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.StartsWith($"The destination '{_bench.Target}' is a folder", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Length, _bench.Claims().Received.Length);
    }

    [Fact]
    public async Task A_folder_that_takes_the_name_at_the_last_moment_is_passed_by_where_names_are_numbered()
    {
        var bench = InFolder(ExistingDestination.Number);
        AtTheRename(bench, bench.Disk.CreateFolder);
        Assert.Equal("/volume/named (1).bin", await CommitAsync(bench));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_only_file_that_takes_the_name_meanwhile_is_not_replaced(bool isTold)
    {
        var bench = isTold ? _bench : InFolder(ExistingDestination.Replace);
        var target = isTold ? bench.Target : "/volume/named.bin";
        bench.Disk.Before = call =>
        {
            if (call.Is(DiskOperation.Flush, bench.Paths.Partial))
            {
                bench.Disk.Put(target, [1], isReadOnly: true);
            }
        };

        var failure = await Assert.ThrowsAsync<DownloadException>(() => CommitAsync(bench));

        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Equal([1], bench.Disk.Bytes(target));
        Assert.Equal(Length, bench.Claims().Received.Length);
    }

    /// <summary>A commit that was cut off before its folder was flushed: until that is done, only the journal tells of the file.</summary>
    [Fact]
    public async Task A_commit_is_finished_later_in_the_order_in_which_no_power_cut_undoes_it()
    {
        _bench.Disk.Before = call => _ = call.Operation == DiskOperation.FlushFolder && _bench.Disk.FileExists(_bench.Target) ? throw DiskError.Broken() : 0;
        await Assert.ThrowsAsync<DownloadException>(() => CommitAsync(_bench));
        _bench.Disk.Before = null;
        var before = _bench.Disk.Calls.Length;

        var opened = await _bench.OpenedAsync();
        opened.File.Dispose();

        DiskCall[] order =
        [
            new(DiskOperation.Create, _bench.Paths.Partial),
            new(DiskOperation.FlushFolder, "/volume"),
            new(DiskOperation.Delete, _bench.Paths.Partial),
            new(DiskOperation.Delete, _bench.Paths.Journal),
        ];
        Assert.Equal(_bench.Target, opened.RecoveredPath);
        Assert.Equal(order, _bench.Disk.Calls[before..]);
    }

    private static StorageBench InFolder(ExistingDestination existing) => new() { Paths = SidecarPaths.InFolder("/volume", "url.bin", Bench.NewTarget()), Existing = existing };

    private static void AtTheRename(StorageBench bench, Action<string> happens) => bench.Disk.Before = call =>
    {
        if (call.Operation == DiskOperation.Rename && call.Path != bench.Paths.Journal)
        {
            bench.Disk.Before = null;
            happens(call.Path);
        }
    };

    private static async Task<string> CommitAsync(StorageBench bench)
    {
        using var file = await bench.BeginNamedAsync("named.bin", Length);
        await bench.WriteAsync(file, 0, Length);
        return await file.CommitAsync(Length, null, CancellationToken.None);
    }
}
