using System.Collections.Concurrent;

namespace ResumableDownload.Tests.Management;

/// <summary>A listener that writes down what it hears.</summary>
internal sealed class Heard : IDownloadListener
{
    private readonly ConcurrentQueue<string> _notices = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it heard, without progress.</summary>
    public string[] Notices => [.. _notices.Where(static notice => notice != "progress")];

    public string[] All => [.. _notices];

    /// <summary>Called with each notice, before it is written down.</summary>
    public Action<string>? OnNotice { get; init; }

    /// <summary>The last notice has come.</summary>
    public Task Ended => _ended.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public void OnProgress(Download download, DownloadProgress progress) => Note("progress");

    public void OnStateChanged(Download download, DownloadState before, DownloadState after) => Note($"{before} -> {after}");

    public void OnPaused(Download download) => Note("paused");

    public void OnResumed(Download download) => Note("resumed");

    public void OnCompleted(Download download, DownloadResult result) => Note($"completed {result.Length}", isLast: true);

    public void OnFailed(Download download, Exception failure) => Note($"failed {(failure as DownloadException)?.Failure}", isLast: true);

    public void OnCancelled(Download download) => Note("cancelled", isLast: true);

    private void Note(string notice, bool isLast = false)
    {
        try
        {
            OnNotice?.Invoke(notice);
        }
        finally
        {
            _notices.Enqueue(notice);
            if (isLast)
            {
                _ended.TrySetResult();
            }
        }
    }
}
