namespace ResumableDownload.WebDemo.Downloading;

/// <summary>How fast all downloads together may be.</summary>
internal sealed class SpeedLimit
{
    // A manager's limit is set for good, its rate is not: this one no network comes near.
    private const long NoLimit = 1L << 40;

    public BandwidthLimit Shared { get; } = new(NoLimit);

    /// <summary>Gets or sets the bytes per second; <see langword="null"/> when there is no limit.</summary>
    public long? BytesPerSecond
    {
        get => Shared.BytesPerSecond is var rate && rate < NoLimit ? rate : null;
        set => Shared.BytesPerSecond = Math.Min(value ?? NoLimit, NoLimit);
    }
}
