namespace ResumableDownload.Management;

/// <summary>A line of a queue file after its header. A closed set.</summary>
internal abstract record QueueEntry
{
    private QueueEntry()
    {
    }

    /// <summary>A download is in the queue.</summary>
    /// <param name="Order">Its number: it comes after those with lower ones.</param>
    /// <param name="Download">All that is saved of it.</param>
    public sealed record Added(long Order, SavedDownload Download) : QueueEntry;

    /// <summary>A download was started, or its state is another one.</summary>
    public sealed record Moved(Guid Id, DownloadState State, bool IsStarted) : QueueEntry;

    /// <summary>A download's priority is another one.</summary>
    public sealed record Ranked(Guid Id, int Priority) : QueueEntry;

    /// <summary>A download was completed, cancelled or removed, and is forgotten.</summary>
    public sealed record Ended(Guid Id) : QueueEntry;
}
