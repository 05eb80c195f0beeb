namespace ResumableDownload.Hosting;

/// <summary>Where a manager keeps its queue, if it does.</summary>
internal sealed class QueueOptions
{
    public string? Path { get; set; }

    public Func<SavedDownload, IServiceProvider, DownloadRequest?>? Revive { get; set; }
}
