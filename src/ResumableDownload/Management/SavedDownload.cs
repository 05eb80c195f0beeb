using ResumableDownload.Model;

namespace ResumableDownload;

/// <summary>A download of a queue file, as it was when its manager ended.</summary>
/// <remarks>
/// What may be secret or is code is not saved: the values of header fields, and <see cref="DownloadRequest.RefreshUri"/>. The <see cref="Source"/> is, unless addresses are
/// not to be remembered. How much of the file is there is told by the checkpoint beside it, not by this.
/// </remarks>
public sealed record SavedDownload
{
    /// <summary>Gets the name of the download, by which it was added.</summary>
    public required Guid Id { get; init; }

    /// <summary>Gets the address of the resource, query and user info included.</summary>
    /// <value>The default is <see langword="null"/>: it was not remembered.</value>
    public Uri? Source { get; init; }

    /// <summary>Gets the full path of the file, or of the folder.</summary>
    public required string Destination { get; init; }

    /// <summary>Gets the <see cref="DownloadRequest.ResourceKey"/>.</summary>
    /// <value>The default is <see langword="null"/>: the address.</value>
    public string? ResourceKey { get; init; }

    /// <summary>Gets the <see cref="DownloadRequest.ExpectedLength"/>, in bytes.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public long? ExpectedLength { get; init; }

    /// <summary>Gets the <see cref="DownloadRequest.Range"/>.</summary>
    /// <value>The default is <see langword="null"/>: the whole.</value>
    public ByteRange? Range { get; init; }

    /// <summary>Gets the <see cref="DownloadRequest.ExpectedDigest"/>.</summary>
    /// <value>The default is <see langword="null"/>: any.</value>
    public Digest? ExpectedDigest { get; init; }

    /// <summary>Gets the <see cref="DownloadRequest.IfChangedSince"/>.</summary>
    /// <value>The default is <see langword="null"/>: whatever is there.</value>
    public Validator? IfChangedSince { get; init; }

    /// <summary>Gets the <see cref="DownloadRequest.Network"/>.</summary>
    /// <value>The default is <see cref="NetworkRequirement.Any"/>.</value>
    public NetworkRequirement Network { get; init; }

    /// <summary>Gets the priority: a higher one has its turn earlier.</summary>
    /// <value>The default is 0.</value>
    public int Priority { get; init; }

    /// <summary>Gets how far it was: <see cref="DownloadState.Queued"/>, <see cref="DownloadState.Paused"/> or <see cref="DownloadState.Failed"/>.</summary>
    /// <value>The default is <see cref="DownloadState.Queued"/>, which is also that of a download that was running or waiting.</value>
    public DownloadState State { get; init; }

    /// <summary>Gets a value indicating whether it was started. One that was not waits for that.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsStarted { get; init; }

    /// <summary>Gets a value indicating whether its request had <see cref="DownloadRequest.Headers"/>, which are not saved.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HadHeaders { get; init; }

    /// <summary>Gets a value indicating whether its request had a <see cref="DownloadRequest.RefreshUri"/>, which cannot be saved.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HadRefreshUri { get; init; }

    /// <summary>Makes the request anew, as far as it was saved: without header fields, and without <see cref="DownloadRequest.RefreshUri"/>.</summary>
    /// <returns>The request.</returns>
    /// <exception cref="InvalidOperationException">The <see cref="Source"/> was not remembered.</exception>
    /// <exception cref="ArgumentException">The address or the path cannot be used here.</exception>
    public DownloadRequest ToRequest() => new(Source ?? throw new InvalidOperationException("The address of the download was not remembered; make a request with a new one."), Destination)
    {
        ResourceKey = ResourceKey,
        ExpectedLength = ExpectedLength,
        Range = Range,
        ExpectedDigest = ExpectedDigest,
        IfChangedSince = IfChangedSince,
        Network = Network,
    };

    /// <summary>Shows where from and where to, without query and user info.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{(Source is null ? "(address not remembered)" : PublicAddress.Of(Source))}{(Range is { } range ? $" {range}" : "")} -> {Destination}";

    /// <summary>What is saved of a request, with its address.</summary>
    internal static SavedDownload Of(Guid id, DownloadRequest request, int priority, bool isStarted, DownloadState state) => new()
    {
        Id = id,
        Source = request.Source,
        Destination = request.Destination,
        ResourceKey = request.ResourceKey,
        ExpectedLength = request.ExpectedLength,
        Range = request.Range,
        ExpectedDigest = request.ExpectedDigest,
        IfChangedSince = request.IfChangedSince,
        Network = request.Network,
        Priority = priority,
        IsStarted = isStarted,
        State = state,
        HadHeaders = request.Headers.Count > 0,
        HadRefreshUri = request.RefreshUri is not null,
    };
}
