namespace ResumableDownload.ConsoleDemo.Reporting;

/// <summary>Shows a download while it runs.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs the download, which reports to what the display gives it.</summary>
    Task<DownloadResult> ShowAsync(DownloadRequest request, Func<IProgress<DownloadProgress>?, Task<DownloadResult>> download);
}
