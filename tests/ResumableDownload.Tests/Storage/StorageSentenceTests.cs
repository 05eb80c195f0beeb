using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>The sentences that people read when the disk does not do what it should.</summary>
public sealed class StorageSentenceTests
{
    private static readonly bool OnWindows = OperatingSystem.IsWindows();
    private static readonly int Full = OnWindows ? unchecked((int)0x80070070) : 28;
    private static readonly int QuotaReached = OnWindows ? unchecked((int)0x80070027) : 122;
    private static readonly int Held = OnWindows ? unchecked((int)0x80070020) : 11;

    public static TheoryData<Exception, long?, DownloadFailure, string> Faults => new()
    {
        { new UnauthorizedAccessException("Access is denied."), null, DownloadFailure.DestinationUnusable, "'/a/b' cannot be written (Access is denied)" },
        { new DirectoryNotFoundException("No such folder."), 5, DownloadFailure.DestinationUnusable, "'/a/b' cannot be written (No such folder)" },
        { new PathTooLongException("Too long."), 5, DownloadFailure.DestinationUnusable, "'/a/b' cannot be written (Too long)" },
        { new NotSupportedException("No such path."), null, DownloadFailure.DestinationUnusable, "'/a/b' cannot be written (No such path)" },
        { new IOException("No space", Full), null, DownloadFailure.DiskFull, "There is no space left for '/a/b' (No space)" },
        { new IOException("No space", Full), 5, DownloadFailure.DiskFull, "There is no space left for '/a/b': 5 bytes are missing (No space)" },
        { new IOException("Quota", QuotaReached), 5, DownloadFailure.DiskFull, "There is no space left for '/a/b': 5 bytes are missing (Quota)" },
        { new IOException("Busy", Held), 5, DownloadFailure.InUse, "Something else writes to '/a/b' (Busy)" },
        { new IOException("Read-only", 30), null, OnWindows ? DownloadFailure.Storage : DownloadFailure.DestinationUnusable, OnWindows ? "The disk failed at '/a/b' (Read-only)" : "'/a/b' cannot be written (Read-only)" },
        { new IOException("One\r\nline. ", 5), 5, DownloadFailure.Storage, "The disk failed at '/a/b' (One line)" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void People_read(Exception fault, long? missing, DownloadFailure failure, string sentence)
    {
        Assert.True(StorageFault.Is(fault));

        var told = StorageFault.Of(fault, "/a/b", missing);

        Assert.Equal((failure, fault), (told.Failure, told.InnerException));
        Assert.StartsWith(sentence, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_full_disk_people_read_how_much_is_still_to_come()
    {
        var bench = new StorageBench();
        using var file = await bench.BeginAsync(length: 3000);
        await bench.WriteAsync(file, 0, 1000);
        bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, bench.Paths.Partial) ? throw DiskError.Full() : 0;

        var failure = await Assert.ThrowsAsync<DownloadException>(() => bench.WriteAsync(file, 1000, 2000).AsTask());

        Assert.Equal(DownloadFailure.DiskFull, failure.Failure);
        Assert.StartsWith($"There is no space left for '{bench.Target}': 2000 bytes are missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_kept_bytes_that_cannot_be_compared_people_read_that_the_disk_failed_and_they_stay_kept()
    {
        var bench = new StorageBench();
        using var file = await bench.BeginAsync();
        await bench.WriteAsync(file, 0, 1000);
        bench.Disk.BeforeRead = path => _ = path == bench.Paths.Partial ? throw DiskError.Broken() : 0;

        var failure = await Assert.ThrowsAsync<DownloadException>(() => file.HoldsAsync(0, bench.Content.AsMemory(0, 10)).AsTask());

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.StartsWith($"The disk failed at '{bench.Target}'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1000, file.Kept?.Received.Length);
    }

    [Fact]
    public void What_is_no_fault_of_the_disk_is_not_taken_for_one()
    {
        Assert.False(StorageFault.Is(new DownloadException(DownloadFailure.Connection, "The connection broke off")));
        Assert.False(StorageFault.Is(new InvalidOperationException()));
        Assert.False(StorageFault.Is(new OperationCanceledException()));
    }
}
