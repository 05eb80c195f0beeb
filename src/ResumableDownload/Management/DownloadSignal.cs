namespace ResumableDownload.Management;

/// <summary>What can happen to a download.</summary>
internal enum DownloadSignal
{
    /// <summary>It is its turn.</summary>
    Begins,

    /// <summary>An attempt brought nothing; the next follows later.</summary>
    Waits,

    /// <summary>The next attempt begins.</summary>
    Tries,

    /// <summary>The file is whole.</summary>
    Finishes,

    /// <summary>It cannot be finished.</summary>
    Fails,

    /// <summary>It gives its turn back, and waits for the next.</summary>
    Yields,

    /// <summary>There is no network, or none that it may use.</summary>
    LosesNetwork,

    /// <summary>There is one again.</summary>
    FindsNetwork,

    /// <summary>The caller pauses it.</summary>
    Pauses,

    /// <summary>The caller starts or resumes it.</summary>
    Resumes,

    /// <summary>The caller gives it up.</summary>
    Cancels,
}
