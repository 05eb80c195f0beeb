using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>A queue file, as tests speak of it that need no numbers.</summary>
internal static class QueueExtensions
{
    /// <summary>Adds a download behind all others.</summary>
    public static void Add(this QueueFile queue, SavedDownload download) => queue.Add(download, queue.Saved.LastOrDefault().Order + 1);

    /// <summary>Notes how far a download is that was started.</summary>
    public static void SetState(this QueueFile queue, Guid id, DownloadState state) => queue.SetState(id, state, isStarted: true);

    public static IReadOnlyList<SavedDownload> Downloads(this QueueFile queue) => [.. queue.Saved.Select(static one => one.Saved)];
}
