using System.Threading.Channels;
using ResumableDownload.Tests.Facade;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>A manager over a held origin, a folder, a clock and a monitor that the test moves.</summary>
internal sealed class ManagerBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client;
    private readonly ResumableDownloader _downloader;

    public ManagerBench(Action<DownloadManagerOptions>? configure = null, bool isKept = false, FakeTimeProvider? time = null)
    {
        Time = time ?? new();
        _client = Origin.Client();
        _downloader = new(_client, new() { MaxConnections = 1, FinalCheck = FinalCheck.Never }, timeProvider: Time);
        var options = new DownloadManagerOptions { NetworkMonitor = Network };
        configure?.Invoke(options);
        Manager = isKept
            ? DownloadManager.Open(QueuePath, null, options, _downloader, Logger, Time)
            : new(options, _downloader, Logger, Time);
    }

    public ManagerBench(Func<TimeProvider, BandwidthLimit> limit, Action<DownloadManagerOptions, BandwidthLimit> configure)
        : this(new FakeTimeProvider(), limit, configure)
    {
    }

    private ManagerBench(FakeTimeProvider time, Func<TimeProvider, BandwidthLimit> limit, Action<DownloadManagerOptions, BandwidthLimit> configure)
        : this(options => configure(options, limit(time)), time: time)
    {
    }

    public HeldOrigin Origin { get; } = new();

    public FakeTimeProvider Time { get; }

    public ScriptedMonitor Network { get; } = new();

    public TemporaryFolder Folder { get; } = new();

    public CollectingLogger<DownloadManager> Logger { get; } = new();

    public DownloadManager Manager { get; private set; }

    /// <summary>Where a kept queue is.</summary>
    public string QueuePath => Folder.File("queue");

    /// <summary>Ends the manager, and opens its queue again, as the next process would.</summary>
    public async Task RestartAsync(Func<SavedDownload, DownloadRequest?>? revive = null, Action<DownloadManagerOptions>? configure = null)
    {
        await Soon(Manager.DisposeAsync().AsTask());
        var options = new DownloadManagerOptions { NetworkMonitor = Network };
        configure?.Invoke(options);
        Manager = DownloadManager.Open(QueuePath, revive, options, _downloader, Logger, Time);
    }

    public DownloadRequest Request(string name, string host = "one.test") => new(HeldOrigin.Of(name, host), Folder.File(name));

    /// <summary>Adds a file whose body stops half way, and starts it.</summary>
    public Download Begin(string name, IDownloadListener? listener = null, int priority = 0, string host = "one.test")
    {
        var download = Manager.Add(Request(name, host), listener, priority);
        download.Start();
        return download;
    }

    /// <summary>Waits until a download is in a state.</summary>
    public async Task Reaches(Download download, DownloadState state)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var notice in Manager.WatchAsync(patience.Token))
        {
            if (notice.Download == download && notice.To == state)
            {
                return;
            }
        }
    }

    /// <summary>Waits until a download has received something.</summary>
    public async Task Receives(Download download, long bytes)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!(download.Progress?.Fetched >= bytes || Origin.Requests.Any(request => download.Request.Source.AbsolutePath.EndsWith(request.Path, StringComparison.Ordinal))))
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void AssertWhole(string name, HeldFile file) => Assert.Equal(file.Content, File.ReadAllBytes(Folder.File(name)));

    public static Task Soon(Task task) => task.WaitAsync(Patience);

    public static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await Soon(Manager.DisposeAsync().AsTask());
        _downloader.Dispose();
        _client.Dispose();
        Folder.Dispose();
    }
}

/// <summary>A network that a test switches.</summary>
internal sealed class ScriptedMonitor : INetworkMonitor
{
    private readonly Channel<NetworkKind> _switches = Channel.CreateUnbounded<NetworkKind>();

    public NetworkKind Current { get; set; } = NetworkKind.Unknown;

    public IAsyncEnumerable<NetworkKind> WatchAsync(CancellationToken cancellationToken) => _switches.Reader.ReadAllAsync(cancellationToken);

    public void Switch(NetworkKind kind)
    {
        Current = kind;
        _switches.Writer.TryWrite(kind);
    }
}
