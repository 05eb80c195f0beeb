using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>What the bodies of one run share.</summary>
internal sealed record BodyContext(PartialFile Partial, TransferSettings Settings, Tally Tally, ProgressMeter Progress, TimeProvider Time)
{
    /// <summary>The run counts as one among those that share its limits, however many bodies it reads at once.</summary>
    public DownloadPace Pace { get; } = new(Settings.Bandwidths);
}
