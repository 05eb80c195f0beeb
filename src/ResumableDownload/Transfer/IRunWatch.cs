namespace ResumableDownload.Transfer;

/// <summary>Hears of a run's attempts. Called on the run's threads; must not throw or take long.</summary>
internal interface IRunWatch
{
    /// <summary>An attempt brought nothing; the next follows later.</summary>
    void Waits(DownloadFailure why);

    /// <summary>An attempt begins.</summary>
    void Tries();
}
