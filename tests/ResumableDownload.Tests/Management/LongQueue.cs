using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>A queue file with three downloads of which each is in another state, and the means to make it long.</summary>
internal sealed class LongQueue : IDisposable
{
    /// <summary>As long as a file becomes of which nothing counts.</summary>
    public const int Most = 64 << 10;

    private int _added = 100;

    public LongQueue()
    {
        Queue = Scene.Open();
        for (var number = 1; number <= 3; number++)
        {
            Queue.Add(QueueScene.Download(number));
        }

        Queue.SetState(Id(2), DownloadState.Paused);
        Queue.SetState(Id(3), DownloadState.Failed);
        Queue.SetPriority(Id(1), 17);
    }

    /// <summary>What is in it.</summary>
    public static SavedDownload[] Kept =>
    [
        QueueScene.Download(1) with { Priority = 17 },
        QueueScene.Download(2) with { State = DownloadState.Paused, IsStarted = true },
        QueueScene.Download(3) with { State = DownloadState.Failed, IsStarted = true },
    ];

    public QueueScene Scene { get; } = new();

    public QueueFile Queue { get; }

    public int Length => Scene.Disk.LengthOf(QueueScene.Path);

    public bool IsCompacting => Scene.Disk.Names.Contains(QueueScene.Paths.Successor);

    /// <summary>How often a test let something fail.</summary>
    public int Failures { get; set; }

    public static Guid Id(int number) => QueueScene.Download(number).Id;

    public void Dispose() => Queue.Dispose();

    /// <summary>Changes that leave nothing, until the file is written anew, or that is tried in vain.</summary>
    public void FillUp()
    {
        var compactions = Compactions();
        for (var change = 0; change < 1000 && Compactions() == compactions; change++)
        {
            ComeAndGo();
        }
    }

    /// <summary>Two changes that leave nothing.</summary>
    public void ComeAndGo()
    {
        Queue.Add(QueueScene.Download(++_added));
        Queue.End(Id(_added));
    }

    /// <summary>Lets no flush end before a test says so.</summary>
    public TaskCompletionSource HoldFlushes()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Scene.Disk.FlushGate = _ => gate.Task;
        return gate;
    }

    private int Compactions() => Failures + Scene.Disk.Calls.Count(static call => call.Is(DiskOperation.Create, QueueScene.Paths.Successor));
}
