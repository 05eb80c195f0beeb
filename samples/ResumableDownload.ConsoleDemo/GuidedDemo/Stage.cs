using ResumableDownload.ConsoleDemo.Downloading;
using ResumableDownload.ConsoleDemo.Reporting;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>What a chapter plays with: an origin, a downloader, a destination, and somebody who listens.</summary>
internal sealed class Stage(Origin origin, string destination, TextWriter story)
{
    private static readonly ResumableDownloadOptions Options = new() { RetryDelay = TimeSpan.FromMilliseconds(200) };

    public Origin Origin { get; } = origin;

    /// <summary>What is downloaded; a chapter may ask for it in another way.</summary>
    public DownloadRequest Request { get; set; } = new(origin.Address, destination);

    public string Destination => Request.Destination;

    public void Tell(string sentence) => story.WriteLine("  " + sentence);

    public async Task<DownloadResult> DownloadAsync(CancellationToken cancellationToken)
    {
        using var downloader = new ResumableDownloader(Options);
        return await downloader.DownloadAsync(Request, progress: null, cancellationToken);
    }

    /// <summary>Downloads until so many bytes are kept, and then does what Ctrl+C does.</summary>
    /// <returns>What is kept, as the checkpoint tells without the network.</returns>
    public async Task<UnfinishedDownload> DownloadAndInterruptAsync(long enough, CancellationToken cancellationToken)
    {
        using var user = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var downloader = new ResumableDownloader(Options);
        try
        {
            await downloader.DownloadAsync(Request, new Impatience(user, enough), user.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Kept();
        }

        throw new InvalidOperationException("The download was whole before it could be interrupted.");
    }

    private UnfinishedDownload Kept()
    {
        var kept = ResumableDownloader.Inspect(Request) ?? throw new InvalidOperationException("Nothing is kept of the interrupted download.");
        Tell($"The user interrupts. Kept: {Figures.Bytes(kept.Received)} of {Figures.Bytes(kept.Total ?? 0)}, tag {kept.Validator.EntityTag}.");
        return kept;
    }

    private sealed class Impatience(CancellationTokenSource user, long enough) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.Received >= enough)
            {
                user.Cancel();
            }
        }
    }
}
