using System.Diagnostics;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>One download, from a request to a report.</summary>
internal sealed class DownloadRun(ResumableDownloadOptions options, IProgressDisplay display)
{
    public Task<Report> RunAsync(DownloadRequest request, CancellationToken cancellationToken)
    {
        var latest = new LatestProgress();
        var clock = Stopwatch.StartNew();
        return Guard.RunAsync(
            async () => Report.Of(await DownloadAsync(request, latest, cancellationToken)),
            () => Report.Unfinished(request.Destination, latest.Value, clock.Elapsed) with { Kept = KeptOf(request, latest.Value) },
            cancellationToken);
    }

    // An interruption can come before the journal was read; then the last report knows of nothing, and the disk is asked.
    private static long KeptOf(DownloadRequest request, DownloadProgress? latest)
    {
        try
        {
            return latest is { Received: > 0 } ? latest.Received : ResumableDownloader.Inspect(request)?.Received ?? 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private async Task<DownloadResult> DownloadAsync(DownloadRequest request, LatestProgress latest, CancellationToken cancellationToken)
    {
        using var downloader = new ResumableDownloader(options);
        return await display.ShowAsync(request, next => downloader.DownloadAsync(request, latest.PassingOnTo(next), cancellationToken));
    }
}
