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
            () => Report.Unfinished(request.Destination, latest.Value, clock.Elapsed) with { Kept = KeptBytes.Of(request, latest.Value) },
            cancellationToken);
    }

    private async Task<DownloadResult> DownloadAsync(DownloadRequest request, LatestProgress latest, CancellationToken cancellationToken)
    {
        using var downloader = new ResumableDownloader(options);
        return await display.ShowAsync(request, next => downloader.DownloadAsync(request, latest.PassingOnTo(next), cancellationToken));
    }
}
