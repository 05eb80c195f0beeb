using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>Parts of a manager, without the manager.</summary>
internal static class Made
{
    private static long lastOrder;

    public static DownloadRequest Request(string name = "a", string host = "one.test") => new(new Uri($"https://{host}/{name}"), $"/folder/{name}");

    /// <summary>A download that belongs to no manager; it was added after all others that were made.</summary>
    public static Download Download(DownloadRequest? request = null, int priority = 0) =>
        new(null!, Guid.NewGuid(), request ?? Request(), new(priority, Interlocked.Increment(ref lastOrder)));

    public static ManagedRun Run(Download download) => new(null!, download, TurnQueue.HostOf(download));

    public static DownloadResult Result(string path) => new()
    {
        Path = path,
        Length = 1,
        Received = 1,
        ResumedFrom = 0,
        Fetched = 1,
        Requests = 1,
        StartedOver = [],
        Validator = new() { EntityTag = "\"1\"" },
        Elapsed = TimeSpan.Zero,
    };

    public static DownloadProgress Progress(long fetched) => new()
    {
        Received = fetched,
        ResumedFrom = 0,
        Fetched = fetched,
        Requests = 1,
        Attempt = 1,
        StartedOver = 0,
        BytesPerSecond = 0,
    };

    public static DownloadEvent Event(Download download, DownloadEventKind kind, long fetched = 0) => new()
    {
        Download = download,
        Kind = kind,
        From = DownloadState.Running,
        To = DownloadState.Running,
        Progress = Progress(fetched),
    };
}
