using ResumableDownload.Management;

namespace ResumableDownload.IntegrationTests;

/// <summary>This assembly as a program of its own, for tests that need it somewhere else.</summary>
internal static class Program
{
    /// <summary>Watches the network until its input ends: a line for what there is at the beginning, and one for each switch.</summary>
    public const string WatchNetwork = "watch-network";

    /// <summary>Downloads an address that it is told to the path that follows, by a manager, and says each state.</summary>
    public const string Download = "download";

    private static async Task<int> Main(string[] words) => words switch
    {
        [WatchNetwork] => await WatchNetworkAsync(),
        [Download, var path] => await DownloadAsync(path),
        _ => 2,
    };

    private static async Task<int> DownloadAsync(string path)
    {
        Console.WriteLine("ready");
        var source = new Uri((await Console.In.ReadLineAsync())!);
        using var downloader = new ResumableDownloader(new ResumableDownloadOptions { StallTimeout = TimeSpan.FromSeconds(1), MaxConnections = 1 });
        await using var manager = new DownloadManager(downloader: downloader);
        var download = manager.Add(new DownloadRequest(source, path));
        var saying = Task.Run(async () =>
        {
            await foreach (var notice in manager.WatchAsync())
            {
                Console.WriteLine(notice.Kind == DownloadEventKind.StateChanged ? $"now {notice.To}" : "on");
            }
        });
        download.Start();
        await download.Completion;
        await Console.In.ReadToEndAsync();
        await manager.DisposeAsync();
        await saying;
        return 0;
    }

    private static async Task<int> WatchNetworkAsync()
    {
        using var stop = new CancellationTokenSource();
        var monitor = new SystemNetworkMonitor(TimeProvider.System);
        var watch = WatchAsync(monitor, stop.Token);
        Say(monitor.Current);
        await Console.In.ReadToEndAsync(CancellationToken.None);
        await stop.CancelAsync();
        await watch;
        return 0;
    }

    private static async Task WatchAsync(SystemNetworkMonitor monitor, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var kind in monitor.WatchAsync(cancellationToken))
            {
                Say(kind);
            }
        }
        catch (OperationCanceledException)
        {
            // Its input has ended.
        }
    }

    private static void Say(NetworkKind kind) => Console.WriteLine($"{kind}: {NetworkPicture.Take().Replace('\n', ';')}");
}
