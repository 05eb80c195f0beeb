using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>A queue file on a simulated volume.</summary>
internal sealed class QueueScene
{
    public const string Path = "/volume/downloads.queue";

    public static QueuePaths Paths { get; } = new(Path);

    public SimulatedDisk Disk { get; set; } = new(new FakeTimeProvider());

    /// <summary>The queue file's bytes.</summary>
    public byte[] Bytes => Disk.Bytes(Path)!;

    /// <summary>Where the lines of the queue file end, the first one included.</summary>
    public int[] LineEnds => [.. Bytes.Index().Where(static at => at.Item == '\n').Select(static at => at.Index + 1)];

    public QueueFile Open() => QueueFile.Open(Disk, Path);

    /// <summary>A download that differs from those with other numbers.</summary>
    public static SavedDownload Download(int number) => new()
    {
        Id = new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]),
        Source = new Uri($"https://host.example/file-{number}.bin?sig=secret{number}"),
        Destination = $"/home/me/file-{number}.bin",
        Priority = number % 3,
        ExpectedLength = number % 2 == 0 ? 1000 + number : null,
    };

    /// <summary>What the volume has for a process that comes next.</summary>
    public static IReadOnlyList<SavedDownload> Left(SimulatedDisk disk)
    {
        using var queue = QueueFile.Open(disk, Path);
        return queue.Downloads();
    }

    public IReadOnlyList<SavedDownload> Left() => Left(Disk.AfterKill());

    /// <summary>Every disk operation of a kind fails from now on.</summary>
    public void Fail(DiskOperation operation, DiskError error, string? path = null) => Disk.Before = call =>
    {
        if (call.Operation == operation && (path ?? call.Path) == call.Path)
        {
            throw error;
        }
    };
}
