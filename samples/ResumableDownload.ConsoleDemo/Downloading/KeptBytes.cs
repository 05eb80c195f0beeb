namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>How much is kept of a download that did not become whole.</summary>
internal static class KeptBytes
{
    // An interruption can come before the journal was read; then the last report knows of nothing, and the disk is asked.
    public static long Of(DownloadRequest request, DownloadProgress? latest)
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
}
