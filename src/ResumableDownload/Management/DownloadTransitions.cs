namespace ResumableDownload.Management;

/// <summary>Which state follows which.</summary>
internal static class DownloadTransitions
{
    /// <summary>The next state; <see langword="null"/> when the signal means nothing there.</summary>
    public static DownloadState? Next(DownloadState from, DownloadSignal signal) => (from, signal) switch
    {
        (DownloadState.Queued, DownloadSignal.Begins) => DownloadState.Running,
        (DownloadState.Running, DownloadSignal.Waits) => DownloadState.WaitingToRetry,
        (DownloadState.WaitingToRetry, DownloadSignal.Tries) => DownloadState.Running,
        (DownloadState.WaitingForNetwork, DownloadSignal.FindsNetwork) => DownloadState.Queued,
        (DownloadState.Queued or DownloadState.Running or DownloadState.WaitingToRetry, DownloadSignal.LosesNetwork) => DownloadState.WaitingForNetwork,

        // The last byte may come, or the file appear, while it is stopped for whatever reason.
        (DownloadState.Running or DownloadState.WaitingToRetry, DownloadSignal.Finishes) => DownloadState.Completed,
        (DownloadState.Running or DownloadState.WaitingToRetry, DownloadSignal.Fails) => DownloadState.Failed,
        (DownloadState.Running or DownloadState.WaitingToRetry, DownloadSignal.Yields) => DownloadState.Queued,

        // The monitor may be wrong, or the server near: the caller knows better.
        (DownloadState.Paused or DownloadState.Failed or DownloadState.WaitingForNetwork, DownloadSignal.Resumes) => DownloadState.Queued,
        (not (DownloadState.Paused or DownloadState.Completed or DownloadState.Failed or DownloadState.Cancelled), DownloadSignal.Pauses) => DownloadState.Paused,
        (not (DownloadState.Completed or DownloadState.Cancelled), DownloadSignal.Cancels) => DownloadState.Cancelled,
        _ => null,
    };

    /// <summary>Whether nothing more happens to it.</summary>
    public static bool IsFinal(DownloadState state) => state is DownloadState.Completed or DownloadState.Cancelled;

    /// <summary>Whether it holds its destination. A failed one does not: whoever wants may try something else there.</summary>
    public static bool HoldsDestination(DownloadState state) => !IsFinal(state) && state != DownloadState.Failed;
}
