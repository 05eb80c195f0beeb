using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ResumableDownload.Model;
using ResumableDownload.Naming;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;
using ResumableDownload.Transfer;
using ResumableDownload.Transport;

namespace ResumableDownload;

/// <summary>Downloads files over HTTP, and goes on from where an earlier attempt, run or process stopped.</summary>
/// <remarks>
/// A finished file is byte for byte one version of the resource, or the call fails. While a download is not finished, its bytes are in
/// <c>NAME.partial</c> and their journal in <c>NAME.partial.checkpoint</c> beside the destination, and the destination stays as it is.
/// To pause is to cancel; to resume is to call again. One instance may run any number of downloads at once.
/// </remarks>
public sealed class ResumableDownloader : IResumableDownloader, IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ResumableDownloadOptions _options;
    private readonly HttpClient _client;
    private readonly bool _ownsClient;
    private readonly OriginClient _origin;
    private readonly TimeProvider _time;
    private readonly OriginMemory _memory;
    private readonly RetryPipeline _pipeline;
    private readonly ILogger _logger;

    /// <summary>Initializes a new instance of the <see cref="ResumableDownloader"/> class with an HTTP client of its own, set as downloads need it.</summary>
    /// <param name="options">How downloads behave; the defaults when <see langword="null"/>. Copied: later changes have no effect.</param>
    /// <param name="logger">Where to log; nowhere when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range; all of them are named.</exception>
    public ResumableDownloader(ResumableDownloadOptions? options = null, ILogger<ResumableDownloader>? logger = null, TimeProvider? timeProvider = null)
        : this(OwnClient(), options, logger, timeProvider) => _ownsClient = true;

    /// <summary>Initializes a new instance of the <see cref="ResumableDownloader"/> class with a given HTTP client, which is not disposed.</summary>
    /// <param name="client">
    /// The client. Its handler must not decompress. It should not follow redirects: this library does, and sends the caller's header fields to
    /// the source's own origin only. Its <see cref="HttpClient.Timeout"/>, and <see cref="ResumableDownloadOptions.StallTimeout"/>, limit the wait for
    /// the head of an answer; time spent waiting for a free connection of a limited pool counts.
    /// </param>
    /// <param name="options">How downloads behave; the defaults when <see langword="null"/>. Copied: later changes have no effect.</param>
    /// <param name="logger">Where to log; nowhere when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">Options are out of range; all of them are named.</exception>
    public ResumableDownloader(HttpClient client, ResumableDownloadOptions? options = null, ILogger<ResumableDownloader>? logger = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _options = options?.Copy() ?? new();
        OptionsCheck.ThrowIfInvalid(_options);
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? (ILogger)NullLogger.Instance;
        _client = client;
        _origin = new(client, _time);
        _memory = new(_time);
        _pipeline = RunSettings.Pipeline(_options, _time);
    }

    /// <inheritdoc/>
    public Task<DownloadResult> DownloadAsync(Uri source, string destination, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        DownloadAsync(new DownloadRequest(source, destination), progress, cancellationToken);

    /// <inheritdoc/>
    public Task<DownloadResult> DownloadAsync(DownloadRequest request, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WatchAsync(request, new RunHooks(progress), cancellationToken);

    /// <summary>Downloads as the public method does, for somebody who wants to hear more.</summary>
    internal async Task<DownloadResult> WatchAsync(DownloadRequest request, RunHooks hooks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(_lifetime.IsCancellationRequested, this);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lifetime.Token);
        try
        {
            return await RunAsync(request, hooks, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The download was cancelled; what came is kept.", exception, cancellationToken);
        }
        catch (Exception) when (_lifetime.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(ResumableDownloader), "The downloader was disposed while it ran; what came is kept.");
        }
    }

    /// <summary>Waits until a download that was stopped has let go of its file: a flush may go on for a while, as cancelling does not wait for it.</summary>
    internal static Task WhenClosed(DownloadRequest request) => ClosingFlushes.WaitAsync(PathsOf(request).Partial);

    /// <summary>Tells what is kept of an unfinished download, without the network.</summary>
    /// <param name="destination">The path of the file that was to be downloaded. For a download into a folder, use the request.</param>
    /// <returns>What is kept, or <see langword="null"/> when nothing is.</returns>
    /// <exception cref="DownloadException">The checkpoint was written by a newer version, or cannot be read.</exception>
    public static UnfinishedDownload? Inspect(string destination) => Inspect(PathsOf(destination));

    /// <summary>Tells what is kept of an unfinished download, without the network.</summary>
    /// <param name="request">The request that was not finished.</param>
    /// <returns>What is kept, or <see langword="null"/> when nothing is.</returns>
    /// <exception cref="DownloadException">The checkpoint was written by a newer version, or cannot be read.</exception>
    public static UnfinishedDownload? Inspect(DownloadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Inspect(PathsOf(request));
    }

    /// <summary>Deletes what is kept of an unfinished download. A file at the destination itself stays.</summary>
    /// <param name="destination">The path of the file that was to be downloaded. For a download into a folder, use the request.</param>
    /// <returns>Whether there was something.</returns>
    /// <exception cref="DownloadException">The download is running, or the files cannot be deleted.</exception>
    public static bool Discard(string destination) => Discard(PathsOf(destination));

    /// <summary>Deletes what is kept of an unfinished download. A file at the destination itself stays.</summary>
    /// <param name="request">The request that was not finished.</param>
    /// <returns>Whether there was something.</returns>
    /// <exception cref="DownloadException">The download is running, or the files cannot be deleted.</exception>
    public static bool Discard(DownloadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Discard(PathsOf(request));
    }

    /// <summary>Ends running downloads, which keep what came, and the HTTP client if it is this object's own.</summary>
    public void Dispose()
    {
        if (!_lifetime.IsCancellationRequested)
        {
            _lifetime.Cancel();
            if (_ownsClient)
            {
                _client.Dispose();
            }
        }
    }

    private static UnfinishedDownload? Inspect(SidecarPaths paths) =>
        Guarded(paths, () => KeptFiles.InspectAsync(Disk.Physical, paths)) is not var (checkpoint, uri) ? null : new()
        {
            Source = uri,
            Received = checkpoint.Received.Length,
            Total = checkpoint.Representation.Length,
            Validator = checkpoint.Representation.Validator,
            CanResume = !checkpoint.Traits.HasFlag(OriginTraits.KeptDiffers) && Strength.IsStrong(checkpoint.Representation, new ResumableDownloadOptions().StrongDateMargin),
            PartialPath = paths.Partial,
        };

    private static bool Discard(SidecarPaths paths) => Guarded(paths, () => KeptFiles.DiscardAsync(Disk.Physical, paths));

    private static HttpClient OwnClient() => new(OriginHandler.Create()) { Timeout = Timeout.InfiniteTimeSpan };

    private static SidecarPaths PathsOf(string destination)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(destination);
        return new(Path.GetFullPath(destination));
    }

    // A folder that is there, or a path that can only be one.
    private static SidecarPaths PathsOf(DownloadRequest request) => Path.EndsInDirectorySeparator(request.Destination) || Directory.Exists(request.Destination)
        ? SidecarPaths.InFolder(request.Destination, FileNameChoice.OfAddress(request.Source), NameOf(request), isNamedByKey: request.ResourceKey is not null)
        : new(request.Destination);

    private static string NameOf(DownloadRequest request) => ResourceName.Of(request.Source, request.ResourceKey, request.Range);

    private static T Guarded<T>(SidecarPaths paths, Func<ValueTask<T>> look)
    {
        try
        {
            return look().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            throw StorageFault.Of(exception, paths.Partial);
        }
    }

    private async Task<DownloadResult> RunAsync(DownloadRequest request, RunHooks hooks, CancellationToken cancellationToken)
    {
        var source = new OriginAddress(request.Source, request.Headers) { Shared = request.SharedHeaders, Window = request.Range is { } range ? new(range) : null };
        using var address = new LiveAddress(source, request.RefreshUri, _time);
        var setup = new PartialFileSetup(
            Disk.Physical,
            PathsOf(request),
            NameOf(request),
            _options.VerifyPartial,
            _options.ExistingDestination,
            _time)
        {
            ExpectedDigest = request.ExpectedDigest,
        };
        var run = new DownloadRun(_origin, address, _memory, setup, RunSettings.Of(_options, request, _pipeline, hooks.Bandwidth), _logger) { Watch = hooks.Watch };
        return await run.RunAsync(hooks.Progress, cancellationToken).ConfigureAwait(false);
    }
}
