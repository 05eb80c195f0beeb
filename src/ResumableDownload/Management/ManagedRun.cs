using ResumableDownload.Transfer;

namespace ResumableDownload.Management;

/// <summary>A download while it has its turn: one call of the downloader, from its beginning until everything is put away.</summary>
internal sealed class ManagedRun(RunDesk desk, Download download, string? host) : IRunWatch, IProgress<DownloadProgress>, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _stopped = Task.CompletedTask;
    private DownloadException? _fault;
    private long _fetched;

    public Download Download => download;

    /// <summary>Whose turn it takes; <see langword="null"/> when it only winds up.</summary>
    public string? Host => host;

    /// <summary>Ends when the download has its next state.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why it is stopped, if it is. Changed under the gate.</summary>
    public StopReason? Stopping { get; private set; }

    /// <summary>Whether what came is kept when the download is given up.</summary>
    public bool KeepsPartial { get; private set; }

    /// <summary>How many bytes it has taken from the network so far.</summary>
    public long Fetched => Interlocked.Read(ref _fetched);

    /// <summary>Asks it to stop; a stronger reason takes the place of a weaker one.</summary>
    public void Stop(StopReason reason, bool keepPartial = false)
    {
        if (reason == StopReason.Cancel)
        {
            // Of several who give it up one may want what came to be deleted, and waits until it is.
            KeepsPartial = keepPartial && (KeepsPartial || Stopping != StopReason.Cancel);
        }

        if (Stopping is null)
        {
            // On other threads: whoever stops it, mostly a window's thread, must not write to the disk.
            _stopped = _stop.CancelAsync();
        }

        Stopping = Stopping > reason ? Stopping : reason;
    }

    /// <summary>The reason to stop is none any more: it stops, and goes on.</summary>
    public void TakeBack(StopReason reason) => Stopping = Stopping == reason ? StopReason.Yield : Stopping;

    public async Task RunAsync(ResumableDownloader downloader, BandwidthLimit? limit)
    {
        var ending = await BringAsync(downloader, limit).ConfigureAwait(false);
        await ResumableDownloader.WhenClosed(download.Request).ConfigureAwait(false);
        await desk.EndAsync(this, ending).ConfigureAwait(false);

        // What a function of the caller's threw when it was stopped is nobody's.
        await _stopped.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    /// <summary>Waits for the end.</summary>
    /// <exception cref="DownloadException">What came was to be deleted, and could not.</exception>
    public async Task CleanAsync()
    {
        await Ended.ConfigureAwait(false);
        if (_fault is not null)
        {
            throw _fault;
        }
    }

    /// <summary>The download has its next state.</summary>
    public void SetEnded(DownloadException? fault)
    {
        _fault = fault;
        _ended.SetResult();
    }

    public void Dispose() => _stop.Dispose();

    public void Report(DownloadProgress value)
    {
        Interlocked.Exchange(ref _fetched, value.Fetched);
        desk.Report(this, value);
    }

    public void Waits(DownloadFailure why) => desk.NoteWaiting(this, why);

    public void Tries() => desk.NoteTrying(this);

    private async Task<RunEnding> BringAsync(ResumableDownloader downloader, BandwidthLimit? limit)
    {
        try
        {
            _stop.Token.ThrowIfCancellationRequested();
            return new(await downloader.WatchAsync(download.Request, new RunHooks(this, this, limit), _stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return default;
        }
        catch (Exception exception)
        {
            return new(null, exception);
        }
    }
}
