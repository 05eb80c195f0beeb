using ResumableDownload.Management;

namespace ResumableDownload;

/// <summary>One download of a <see cref="DownloadManager"/>: its handle, to look at and to steer.</summary>
/// <remarks>
/// Thread-safe. Calls that mean nothing in the present state do nothing, unless it is said otherwise. After its manager was disposed, all of them do nothing.
/// </remarks>
public sealed class Download
{
    private readonly DownloadDispatcher _dispatcher;
    private volatile int _state;
    private volatile DownloadProgress? _progress;
    private volatile DownloadRequest _request;

    internal Download(DownloadDispatcher dispatcher, Guid id, DownloadRequest request, DownloadPlace place)
    {
        (_dispatcher, Id, _request, Place) = (dispatcher, id, request, place);
        DestinationKey = Management.DestinationKey.Of(request);
    }

    /// <summary>Gets the name that stays the same as long as the manager, and its state file, know the download.</summary>
    public Guid Id { get; }

    /// <summary>Gets what is downloaded, and where to.</summary>
    public DownloadRequest Request
    {
        get => _request;
        internal set => _request = value;
    }

    /// <summary>Gets where it stands.</summary>
    public DownloadState State
    {
        get => (DownloadState)_state;
        internal set => _state = (int)value;
    }

    /// <summary>Gets how far it had come when it last told; <see langword="null"/> before it ran.</summary>
    public DownloadProgress? Progress
    {
        get => _progress;
        internal set => _progress = value;
    }

    /// <summary>
    /// Gets the end: the result, the failure, or the cancellation by <see cref="CancelAsync"/>. A pause is no end. Once a failed download is resumed this is another task.
    /// When the manager is disposed before, it fails with <see cref="ObjectDisposedException"/>.
    /// </summary>
    public Task<DownloadResult> Completion => _dispatcher.CompletionOf(this);

    /// <summary>Gets or sets how soon its turn comes: the greater one first, then whoever was added before.</summary>
    /// <value>The default is what it was added with. A change counts for downloads that wait; none that runs is stopped for it.</value>
    public int Priority
    {
        get => Place.Priority;
        set => _dispatcher.Prioritize(this, value);
    }

    /// <summary>Gets its place among those that wait. Changed under the gate.</summary>
    internal DownloadPlace Place { get; set; }

    /// <summary>What it holds against others.</summary>
    internal string DestinationKey { get; }

    /// <summary>Whether the caller has started it.</summary>
    internal bool IsStarted { get; set; }

    /// <summary>What is going on; also the winding up after it was stopped. Changed under the gate.</summary>
    internal ManagedRun? Run { get; set; }

    /// <summary>Those who listen.</summary>
    internal List<ListenerPump> Listeners { get; } = [];

    /// <summary>How its last run ended.</summary>
    internal RunEnding Ending { get; set; }

    /// <summary>The end, as it is given out. Changed under the gate.</summary>
    internal TaskCompletionSource<DownloadResult>? End { get; set; }

    /// <summary>Starts it: it begins as soon as its turn comes. One that is paused or failed is resumed.</summary>
    /// <exception cref="InvalidOperationException">It was cancelled, or it failed and another download has its destination since.</exception>
    public void Start() => _dispatcher.Resume(this);

    /// <summary>Pauses it. It stops soon, and is <see cref="DownloadState.Paused"/> once everything that came is on the disk; unless it finished before.</summary>
    public void Pause() => _dispatcher.Pause(this);

    /// <summary>Pauses it, and waits until everything that came is on the disk.</summary>
    /// <returns>A task that ends when it has stopped; its <see cref="State"/> tells whether it is paused or had finished before.</returns>
    public Task PauseAsync() => _dispatcher.Pause(this);

    /// <summary>Lets it go on: after a pause, after a failure, and, without waiting for a network, where it waits for one.</summary>
    /// <exception cref="InvalidOperationException">It was cancelled, or it failed and another download has its destination since.</exception>
    public void Resume() => _dispatcher.Resume(this);

    /// <summary>Gives it up. A file that was whole before stays.</summary>
    /// <param name="keepPartial">Whether what came is kept, for a later download to the same destination.</param>
    /// <returns>A task that ends when it has stopped, and what came is deleted.</returns>
    /// <exception cref="DownloadException">What came could not be deleted. The download is cancelled all the same.</exception>
    public Task CancelAsync(bool keepPartial = false) => _dispatcher.Cancel(this, keepPartial);

    /// <summary>Shows what, where to and how it stands, without query and user info.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Request} ({State})";
}
