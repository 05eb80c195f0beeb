using ResumableDownload.Management;

namespace ResumableDownload.IntegrationTests;

/// <summary>This assembly as a program of its own, for tests that need it somewhere else.</summary>
internal static class Program
{
    /// <summary>Watches the network until its input ends: a line for what there is at the beginning, and one for each switch.</summary>
    public const string WatchNetwork = "watch-network";

    private static async Task<int> Main(string[] words) => words is [WatchNetwork] ? await WatchNetworkAsync() : 2;

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
