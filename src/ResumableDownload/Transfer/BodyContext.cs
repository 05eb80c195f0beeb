using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>What the bodies of one run share.</summary>
internal sealed record BodyContext(PartialFile Partial, TransferSettings Settings, Tally Tally, ProgressMeter Progress, TimeProvider Time)
{
    /// <summary>How much may be read at once: under a limit less, so that it stays smooth.</summary>
    public long ReadSize => Settings.Bandwidth?.ReadSize ?? int.MaxValue;

    /// <summary>Counts bytes against the speed limit, and tells how long to pause.</summary>
    public TimeSpan Pause(int bytes) => Settings.Bandwidth?.Take(bytes) ?? TimeSpan.Zero;
}
