namespace ResumableDownload.Management;

/// <summary>How a run ended.</summary>
/// <param name="Result">The whole file, if it is.</param>
/// <param name="Failure">Why it could not be finished, if so. With neither it was stopped.</param>
internal readonly record struct RunEnding(DownloadResult? Result, Exception? Failure = null)
{
    /// <summary>The failure of a run of an earlier process, of which nothing else is known.</summary>
    public static RunEnding FailedBefore { get; } = new(null, new DownloadException("The download failed before the restart; what came is kept."));

    /// <summary>What it means for the download.</summary>
    /// <param name="stopping">Why the manager stopped it, if it did.</param>
    /// <param name="isOffline">Whether there is no network.</param>
    public DownloadSignal Signal(StopReason? stopping, bool isOffline) => (this, stopping) switch
    {
        // Once the file appears nothing can take it back.
        ({ Result: not null }, _) => DownloadSignal.Finishes,
        (_, StopReason.Cancel) => DownloadSignal.Cancels,
        (_, StopReason.Pause) => DownloadSignal.Pauses,

        // A connection that breaks while it is to leave its network breaks for the same reason.
        ({ Failure: { } failure }, _) => (isOffline || stopping == StopReason.Network) && NetworkFault.Is(failure) ? DownloadSignal.LosesNetwork : DownloadSignal.Fails,
        (_, StopReason.Network) => DownloadSignal.LosesNetwork,
        _ => DownloadSignal.Yields,
    };
}
