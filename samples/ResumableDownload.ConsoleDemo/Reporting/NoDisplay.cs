namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Shows nothing.</summary>
internal sealed class NoDisplay : IProgressDisplay
{
    public Task<DownloadResult> ShowAsync(DownloadRequest request, Func<IProgress<DownloadProgress>?, Task<DownloadResult>> download) => download(null);
}
