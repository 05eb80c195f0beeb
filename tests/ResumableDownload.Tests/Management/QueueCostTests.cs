using ResumableDownload.Tests.TestKit;
using Xunit.Abstractions;

namespace ResumableDownload.Tests.Management;

/// <summary>What a long queue costs.</summary>
[Collection(nameof(Alone))]
public sealed class QueueCostTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 10_000;
    private const int Times = 5;

    /// <summary>What the manager may keep for each download that is added, in bytes, beside the caller's request; it was 267.</summary>
    private const int MostForAdded = 350;

    /// <summary>The same for one that waits for its turn; it was 545.</summary>
    private const int MostForWaiting = 700;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ten_thousand_downloads_that_wait_cost_little_memory_and_no_threads()
    {
        // What earlier tests left behind may go at any moment: the middle one of several times is right.
        List<(long Added, long Waiting)> costs = [];
        for (var time = 0; time < Times; time++)
        {
            costs.Add(await MeasureAsync());
        }

        var (added, waiting) = (costs.Select(static cost => cost.Added).Order().ElementAt(Times / 2), costs.Select(static cost => cost.Waiting).Order().ElementAt(Times / 2));
        output.WriteLine($"{Count} downloads: {added} bytes for each that is added, {waiting} for each that waits for its turn");
        Assert.InRange(added, 1, MostForAdded);
        Assert.InRange(waiting, added, MostForWaiting);
    }

    private async Task<(long Added, long Waiting)> MeasureAsync()
    {
        using var client = new HttpClient(new Silent());
        using var downloader = new ResumableDownloader(client);
        await using var manager = new DownloadManager(downloader: downloader);
        Warm(manager);
        var requests = Requests();
        var threads = ThreadPool.ThreadCount;
        var before = Memory();
        Array.ForEach(requests, request => manager.Add(request));
        var added = Memory();
        Array.ForEach([.. manager.Downloads], static download => download.Start());
        var waiting = Memory();
        Assert.InRange(ThreadPool.ThreadCount - threads, -Count, 8);
        Assert.Equal(Count - manager.MaxConcurrentDownloads, manager.Downloads.Count(static download => download.State == DownloadState.Queued));
        GC.KeepAlive(requests);
        return ((added - before) / Count, (waiting - before) / Count);
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

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

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
