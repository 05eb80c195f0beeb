using ResumableDownload.Tests.TestKit;
using Xunit.Abstractions;

namespace ResumableDownload.Tests.Management;

/// <summary>What a long queue costs.</summary>
[Collection(nameof(Alone))]
public sealed class QueueCostTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 10_000;

    /// <summary>What the manager may keep for each download that is added, in bytes, beside the caller's request; it was 267.</summary>
    private const int MostForAdded = 350;

    /// <summary>The same for one that waits for its turn; it was 545.</summary>
    private const int MostForWaiting = 700;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ten_thousand_downloads_that_wait_cost_little_memory_and_no_threads()
    {
        using var client = new HttpClient(new Silent());
        using var downloader = new ResumableDownloader(client);
        await using var manager = new DownloadManager(downloader: downloader);
        Warm(manager);
        var requests = Requests();
        var threads = ThreadPool.ThreadCount;
        var added = Measured(() => Array.ForEach(requests, request => manager.Add(request)));
        var started = Measured(() => Array.ForEach([.. manager.Downloads], static download => download.Start()));
        output.WriteLine($"{Count} downloads: {added} bytes for each that is added, {started} more for each that waits for its turn, {ThreadPool.ThreadCount - threads} threads more");
        Assert.InRange(added, 0, MostForAdded);
        Assert.InRange(added + started, 0, MostForWaiting);
        Assert.InRange(ThreadPool.ThreadCount - threads, -Count, 8);
        Assert.Equal(Count - manager.MaxConcurrentDownloads, manager.Downloads.Count(static download => download.State == DownloadState.Queued));
        GC.KeepAlive(requests);
    }

    // What is made once, whatever the number of downloads.
    private void Warm(DownloadManager manager)
    {
        var first = manager.Add(new DownloadRequest(new Uri("https://warm.test/file"), _folder.File("warm")));
        first.CancelAsync().GetAwaiter().GetResult();
        manager.Remove(first);
    }

    private DownloadRequest[] Requests() =>
        [.. Enumerable.Range(0, Count).Select(number => new DownloadRequest(new Uri($"https://host{number % 10}.test/file{number}"), _folder.File($"file{number}")))];

    /// <summary>What is there afterwards and was not before, in bytes for each download.</summary>
    private static long Measured(Action act)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        act();
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
    }

    /// <summary>A server that never answers.</summary>
    private sealed class Silent : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("It was not stopped.");
        }
    }
}
