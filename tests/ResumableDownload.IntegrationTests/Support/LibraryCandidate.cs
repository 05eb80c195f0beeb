namespace ResumableDownload.IntegrationTests;

/// <summary>The library in this process, with a new downloader for each run, as a new run of a program would have.</summary>
internal sealed class LibraryCandidate : ICandidate
{
    public string Name => "library";

    public bool HasPartialName => true;

    public async Task<CandidateEnd> RunAsync(Uri url, string folder)
    {
        using var downloader = new ResumableDownloader(new ResumableDownloadOptions
        {
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MaxRetryDelay = TimeSpan.FromMilliseconds(10),
            StallTimeout = TimeSpan.FromSeconds(1),
            MaxAttemptsWithoutProgress = 3,
        });
        using var ending = new CancellationTokenSource(Wait.Limit);
        try
        {
            var result = await downloader.DownloadAsync(url, Path.Combine(folder, Playing.FileName), cancellationToken: ending.Token).WaitAsync(2 * Wait.Limit, CancellationToken.None);
            return new(SaysWhole: true, IsTimedOut: false, $"{result.Length} bytes");
        }
        catch (DownloadException failure)
        {
            return new(SaysWhole: false, IsTimedOut: false, $"{failure.Failure}: {failure.Message}");
        }
        catch (Exception end) when (end is OperationCanceledException or TimeoutException)
        {
            return new(SaysWhole: false, IsTimedOut: true, "");
        }
    }
}
