namespace ResumableDownload.Management;

/// <summary>What a desk works with.</summary>
/// <param name="Downloader">What downloads.</param>
/// <param name="Network">What there is of a network.</param>
internal sealed record DeskSettings(ResumableDownloader Downloader, NetworkWatch Network)
{
    /// <summary>The limit that all share.</summary>
    public BandwidthLimit? Bandwidth { get; init; }

    /// <summary>Whether what waits for a network goes on by itself.</summary>
    public bool ResumesAutomatically { get; init; } = true;
}
