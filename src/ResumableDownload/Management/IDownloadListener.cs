namespace ResumableDownload;

/// <summary>Hears of one download. Implement what is of interest.</summary>
/// <remarks>
/// For one download the calls come one after the other, in order, and progress never comes after the notice of an end. They run on the
/// <see cref="SynchronizationContext"/> on which the listener was handed over, else on a thread of the pool. Progress comes at most ten times a second; what a slow
/// listener has not heard yet is replaced by what is newer. A listener that blocks or throws harms no download: what it throws is logged.
/// </remarks>
public interface IDownloadListener
{
    /// <summary>It has come further.</summary>
    /// <param name="download">The download.</param>
    /// <param name="progress">How far.</param>
    void OnProgress(Download download, DownloadProgress progress)
    {
    }

    /// <summary>Its state changed. Comes before the more special notices of the same change.</summary>
    /// <param name="download">The download.</param>
    /// <param name="before">The state before.</param>
    /// <param name="after">The state since; <see cref="Download.State"/> may be a later one by now.</param>
    void OnStateChanged(Download download, DownloadState before, DownloadState after)
    {
    }

    /// <summary>It is paused, and everything that came is on the disk.</summary>
    /// <param name="download">The download.</param>
    void OnPaused(Download download)
    {
    }

    /// <summary>It is no longer paused, and waits for its turn.</summary>
    /// <param name="download">The download.</param>
    void OnResumed(Download download)
    {
    }

    /// <summary>The file is whole.</summary>
    /// <param name="download">The download.</param>
    /// <param name="result">What was downloaded.</param>
    void OnCompleted(Download download, DownloadResult result)
    {
    }

    /// <summary>It could not be finished. What came is kept.</summary>
    /// <param name="download">The download.</param>
    /// <param name="failure">Why; mostly a <see cref="DownloadException"/>.</param>
    void OnFailed(Download download, Exception failure)
    {
    }

    /// <summary>The caller has given it up.</summary>
    /// <param name="download">The download.</param>
    void OnCancelled(Download download)
    {
    }
}
