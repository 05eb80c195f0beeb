namespace ResumableDownload.Management;

/// <summary>Why a run is stopped by its manager. The stronger reason wins.</summary>
internal enum StopReason
{
    /// <summary>So that it begins anew, or another one has its turn.</summary>
    Yield,

    /// <summary>It must not use the network that there is, or there is none.</summary>
    Network,

    /// <summary>The caller pauses it.</summary>
    Pause,

    /// <summary>The caller gives it up.</summary>
    Cancel,
}
