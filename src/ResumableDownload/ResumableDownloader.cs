using Microsoft.Extensions.Logging;

namespace ResumableDownload;

/// <summary>Downloads files over HTTP, and goes on from where an earlier attempt, run or process stopped.</summary>
public sealed class ResumableDownloader : IDisposable
{
    /// <summary>Sketch.</summary>
    public ResumableDownloader(ResumableDownloadOptions? options = null, ILogger<ResumableDownloader>? logger = null, TimeProvider? timeProvider = null) { }

    /// <summary>Sketch.</summary>
    public ResumableDownloader(HttpClient client, ResumableDownloadOptions? options = null, ILogger<ResumableDownloader>? logger = null, TimeProvider? timeProvider = null) { }

    /// <summary>Sketch.</summary>
    public Task<DownloadResult> DownloadAsync(Uri source, string destination, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sketch.</summary>
    public Task<DownloadResult> DownloadAsync(DownloadRequest request, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>What is kept of an unfinished download, without the network; null when nothing is.</summary>
    public static UnfinishedDownload? Inspect(string destination) => throw new NotImplementedException();

    /// <summary>Deletes what is kept; true when there was something.</summary>
    public static bool Discard(string destination) => throw new NotImplementedException();

    /// <summary>Sketch.</summary>
    public void Dispose() { }
}
