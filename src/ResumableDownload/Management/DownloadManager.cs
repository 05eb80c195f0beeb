using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ResumableDownload.Management;
using ResumableDownload.Storage;

namespace ResumableDownload;

/// <summary>Many downloads: their queue, their order, their pauses, the switch of network, and their return after a restart.</summary>
/// <remarks>
/// Thread-safe; one for an app is usual, any number is fine. A download is added, and started, paused, resumed and cancelled by its handle. Its bytes are kept beside its
/// destination as <see cref="ResumableDownloader"/> keeps them; with <see cref="Open"/> the queue is kept as well.
/// </remarks>
public sealed class DownloadManager : IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ResumableDownloader _downloader;
    private readonly bool _ownsDownloader;
    private readonly NetworkWatch _network;
    private readonly QueueFile? _file;
    private readonly DownloadBooks _books;
    private readonly RunDesk _desk;
    private readonly DownloadDispatcher _dispatcher;
    private readonly Lazy<Task> _end;

    /// <summary>Initializes a new instance of the <see cref="DownloadManager"/> class whose queue is forgotten when the process ends. What came of each download is kept all the same.</summary>
    /// <param name="options">How it goes about its downloads; the defaults when <see langword="null"/>.</param>
    /// <param name="downloader">What downloads, and is not disposed; one with default options when <see langword="null"/>.</param>
    /// <param name="logger">Where to log; nowhere when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range; all of them are named.</exception>
    public DownloadManager(DownloadManagerOptions? options = null, ResumableDownloader? downloader = null, ILogger<DownloadManager>? logger = null, TimeProvider? timeProvider = null)
        : this(options ?? new(), downloader, logger ?? (ILogger)NullLogger.Instance, timeProvider ?? TimeProvider.System, null)
    {
    }

    private DownloadManager(DownloadManagerOptions options, ResumableDownloader? downloader, ILogger logger, TimeProvider time, QueueFile? file)
    {
        var limits = ManagerOptionsCheck.Limits(options);
        _file = file;
        _ownsDownloader = downloader is null;
        _downloader = downloader ?? new ResumableDownloader(timeProvider: time);
        _network = new(options.NetworkMonitor ?? new SystemNetworkMonitor(time), time, logger);
        _books = new(file, logger) { KeepsUris = options.RememberUris };
        _desk = new(_gate, _books, new(_downloader, _network) { Bandwidth = options.BandwidthLimit, ResumesAutomatically = options.ResumeAutomatically }, limits);
        _dispatcher = new(_gate, _books, _desk, logger);
        _end = new(EndAsync);
        _network.Start(new(_gate, _desk, _network));
    }

    /// <summary>Gets all downloads, in the order in which they were added, until they are removed.</summary>
    public IReadOnlyList<Download> Downloads => _dispatcher.Snapshot();

    /// <summary>Gets or sets how many downloads run at the same time. When it becomes less, the last ones wait for their turn again, and what they have is kept.</summary>
    /// <value>The default is that of the options; from 1 to 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int MaxConcurrentDownloads
    {
        get => Limits.Most;
        set => Limit(limits => limits with { Most = ManagerOptionsCheck.Checked(value, nameof(MaxConcurrentDownloads)) });
    }

    /// <summary>Gets or sets how many downloads of one host and port run at the same time.</summary>
    /// <value>The default is that of the options; from 1 to 10,000.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public int MaxConcurrentPerHost
    {
        get => Limits.MostPerHost;
        set => Limit(limits => limits with { MostPerHost = ManagerOptionsCheck.Checked(value, nameof(MaxConcurrentPerHost)) });
    }

    private TurnLimits Limits
    {
        get
        {
            lock (_gate)
            {
                return _desk.Limits;
            }
        }
    }

    /// <summary>Opens a manager whose queue is kept in a file, and brings back everything that was not finished: what ran or waited goes on, what was paused or failed or never started is as it was.</summary>
    /// <param name="path">
    /// The state file; it is made if there is none, and only its owner may read it: it holds the addresses, with their signatures, unless
    /// <see cref="DownloadManagerOptions.RememberUris"/> is off. Header fields and functions are not in it.
    /// </param>
    /// <param name="revive">
    /// Makes a request of what was saved, with header fields, credentials and <see cref="DownloadRequest.RefreshUri"/>; <see langword="null"/> from it forgets the download (what came stays on
    /// the disk). Without it the saved address is used as it is. The destination must stay the same.
    /// </param>
    /// <param name="options">How it goes about its downloads; the defaults when <see langword="null"/>.</param>
    /// <param name="downloader">What downloads, and is not disposed; one with default options when <see langword="null"/>.</param>
    /// <param name="logger">Where to log; nowhere when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <returns>The manager. Listeners are attached by adding the same request again.</returns>
    /// <exception cref="ArgumentException">Options are out of range, or addresses are not remembered and <paramref name="revive"/> is missing.</exception>
    /// <exception cref="DownloadException">Another manager, here or in another process, has the file open; a newer version wrote it; or it cannot be read or written.</exception>
    public static DownloadManager Open(
        string path,
        Func<SavedDownload, DownloadRequest?>? revive = null,
        DownloadManagerOptions? options = null,
        ResumableDownloader? downloader = null,
        ILogger<DownloadManager>? logger = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _ = ManagerOptionsCheck.Limits(options ?? new());
        var file = QueueFile.Open(Disk.Physical, Path.GetFullPath(path));
        DownloadManager? manager = null;
        try
        {
            var log = logger ?? (ILogger)NullLogger.Instance;
            var revived = QueueRevival.Of(file, revive, log);
            manager = new(options ?? new(), downloader, log, timeProvider ?? TimeProvider.System, file);
            revived.ForEach(one => manager._dispatcher.Restore(one.Saved, one.Request, one.Order));
            manager._desk.Schedule();
            return manager;
        }
        catch when (manager is null)
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a download, which begins when it is started and its turn comes.</summary>
    /// <param name="request">What to download, and where to.</param>
    /// <param name="listener">Who hears of it, on the <see cref="SynchronizationContext"/> of this call if there is one.</param>
    /// <param name="priority">How soon its turn comes: the greater one first, then whoever was added before.</param>
    /// <returns>
    /// The handle. When the same is wanted at the same destination and not yet done (a fresh signature and other header fields are the same): the handle that there is, to
    /// which the listener is added, and which uses the newer request from its next attempt on.
    /// </returns>
    /// <exception cref="DownloadException">The destination is no place for a file, or the state file cannot be written. Nothing was added.</exception>
    /// <exception cref="InvalidOperationException">Something else is being downloaded to the destination.</exception>
    /// <exception cref="ObjectDisposedException">The manager is disposed.</exception>
    public Download Add(DownloadRequest request, IDownloadListener? listener = null, int priority = 0)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _dispatcher.Add(request, listener, priority);
    }

    /// <summary>Removes a download that is completed, failed or cancelled. Its file, and what is kept of it, stay.</summary>
    /// <param name="download">The download.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">It is not ended.</exception>
    public bool Remove(Download download)
    {
        ArgumentNullException.ThrowIfNull(download);
        return _dispatcher.Remove(download);
    }

    /// <summary>Pauses all downloads that were started.</summary>
    /// <returns>A task that ends when all have stopped, and everything that came is on the disk.</returns>
    public Task PauseAllAsync() => _dispatcher.PauseAll();

    /// <summary>Resumes all downloads that are paused.</summary>
    public void ResumeAll() => _dispatcher.ResumeAll();

    /// <summary>Waits until nothing runs, or waits for its turn or for a network.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends then.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task WhenIdle(CancellationToken cancellationToken = default) => _dispatcher.WhenIdle().WaitAsync(cancellationToken);

    /// <summary>Watches all downloads: first those that are there, then whatever happens, each in order. Of progress a slow watcher gets only the newest.</summary>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <returns>The events, until the manager is disposed.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async IAsyncEnumerable<DownloadEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var watcher = _dispatcher.Watch();
        await foreach (var notice in watcher.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return notice;
        }
    }

    /// <summary>Stops all downloads, which keep what came; with a state file they go on when it is opened again.</summary>
    /// <returns>A task that ends when everything is on the disk.</returns>
    public ValueTask DisposeAsync() => new(_end.Value);

    /// <summary>Does the same, and blocks until it is done. For containers that dispose of services in this way; <see cref="DisposeAsync"/> is better.</summary>
    public void Dispose() => _end.Value.GetAwaiter().GetResult();

    private async Task EndAsync()
    {
        await _network.DisposeAsync().ConfigureAwait(false);
        Task ended;
        lock (_gate)
        {
            ended = _desk.CloseAsync();
        }

        await ended.ConfigureAwait(false);
        lock (_gate)
        {
            _books.Abandon();
        }

        if (_ownsDownloader)
        {
            _downloader.Dispose();
        }

        if (_file is not null)
        {
            await _file.FlushAsync().ConfigureAwait(false);
            _file.Dispose();
        }
    }

    private void Limit(Func<TurnLimits, TurnLimits> change)
    {
        lock (_gate)
        {
            _desk.Limit(change(_desk.Limits));
        }

        _desk.Schedule();
    }
}
