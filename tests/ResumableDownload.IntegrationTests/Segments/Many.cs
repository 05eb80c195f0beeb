using System.Collections.Concurrent;

namespace ResumableDownload.IntegrationTests;

/// <summary>Downloads that are worth several connections: each is slow, and together they are faster.</summary>
internal static class Many
{
    public const int MiB = 1 << 20;

    /// <summary>What the downloader takes for a second is an eighth of one.</summary>
    public const int Haste = 8;

    private static readonly ConcurrentDictionary<(int Number, int Length), Resource> Versions = new();

    // What the first download of a process takes to be compiled would pass for seconds of a slow origin, which is worth no second connection.
    private static readonly Lazy<Task> Warm = new(static async () =>
    {
        await using var scene = Scene();
        using var downloader = scene.NewDownloader();
        await downloader.DownloadAsync(scene.Origin.Url, scene.Destination).WaitAsync(Wait.Limit);
    });

    /// <summary>About 3 MB/s for each connection, in the downloader's time.</summary>
    public static Conduct Paced { get; } = new() { Pieces = (64 * 1024, TimeSpan.FromMilliseconds(2)) };

    public static Resource Version(int number, int length = 12 * MiB) =>
        Versions.GetOrAdd((number, length), static of => Resource.Version(of.Number, of.Length));

    /// <summary>A scene whose origin is slow on each connection.</summary>
    public static Scene Scene(int length = 12 * MiB) => new(Version(1, length)) { Origin = { Otherwise = Paced } };

    public static ResumableDownloader NewDownloader(this Scene scene) => new(scene.Options, scene.Log, new QuickTime(Haste));

    /// <summary>Downloads with a new downloader, as a new run of a program would.</summary>
    public static Task<DownloadResult> HurryAsync(this Scene scene, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        scene.HurryAsync(new DownloadRequest(scene.Origin.Url, scene.Destination), progress, cancellationToken);

    public static async Task<DownloadResult> HurryAsync(
        this Scene scene, DownloadRequest request, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        await Warm.Value;
        using var downloader = scene.NewDownloader();
        return await downloader.DownloadAsync(request, progress, cancellationToken).WaitAsync(Wait.Limit, CancellationToken.None);
    }

    /// <summary>A run that is cancelled when so many bytes have come.</summary>
    public static async Task PauseAsync(this Scene scene, long received)
    {
        using var stop = new CancellationTokenSource();
        var progress = new Trigger(report => report.Received >= received, stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.HurryAsync(progress, stop.Token));
    }

    /// <summary>Requests for a range, beside the first one.</summary>
    public static IReadOnlyList<SeenRequest> Ranges(this Scene scene) => [.. scene.Requests.Where(static request => request.Range is not null)];

    /// <summary>Does something once, when a report says that it is time.</summary>
    internal sealed class Trigger(Func<DownloadProgress, bool> isTime, Action happens) : IProgress<DownloadProgress>
    {
        private int _done;

        public void Report(DownloadProgress value)
        {
            if (isTime(value) && Interlocked.Exchange(ref _done, 1) == 0)
            {
                happens();
            }
        }
    }
}
