namespace ResumableDownload;

/// <summary>Downloads files over HTTP, and goes on from where an earlier attempt, run or process stopped.</summary>
/// <remarks>
/// There is one implementation, <see cref="ResumableDownloader"/>. This is for whoever tests code that downloads: it is easy to fake, without a server and without files.
/// What is not about running a download, as <see cref="ResumableDownloader.Inspect(string)"/>, is not here.
/// </remarks>
public interface IResumableDownloader
{
    /// <summary>Downloads a resource to a file. The file appears, or is replaced, only when it is whole.</summary>
    /// <param name="request">What to download, and where to.</param>
    /// <param name="progress">Told of progress at most ten times a second, and once at the end, however it ends, if the kept bytes could be looked at.</param>
    /// <param name="cancellationToken">Pauses the download: what came is kept.</param>
    /// <returns>What was downloaded.</returns>
    /// <exception cref="DownloadException">The download cannot be finished. What came is kept, and the next call goes on from it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. What came is kept.</exception>
    /// <exception cref="ObjectDisposedException">This object is, or was meanwhile, disposed. What came is kept.</exception>
    Task<DownloadResult> DownloadAsync(DownloadRequest request, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Downloads a resource to a file. The file appears, or is replaced, only when it is whole.</summary>
    /// <param name="source">The absolute http or https address.</param>
    /// <param name="destination">
    /// The path of the file; or a folder, which is one that exists or a path that ends with a separator: then the file is named by <c>Content-Disposition</c>, else by
    /// the address, and <see cref="DownloadResult.Path"/> tells how. Missing folders are created.
    /// </param>
    /// <param name="progress">Told of progress at most ten times a second, and once at the end, however it ends, if the kept bytes could be looked at.</param>
    /// <param name="cancellationToken">Pauses the download: what came is kept.</param>
    /// <returns>What was downloaded.</returns>
    /// <exception cref="ArgumentException">The address or the path cannot be used.</exception>
    /// <exception cref="DownloadException">The download cannot be finished. What came is kept, and the next call goes on from it.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. What came is kept.</exception>
    /// <exception cref="ObjectDisposedException">This object is, or was meanwhile, disposed. What came is kept.</exception>
    Task<DownloadResult> DownloadAsync(Uri source, string destination, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        DownloadAsync(new DownloadRequest(source, destination), progress, cancellationToken);
}
