using System.Collections.Concurrent;
using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>What somebody hears of downloads: each change begins where the last one ended, is a legal one, and nothing follows a final one.</summary>
internal sealed class StateChain(ConcurrentQueue<string> violations, string who)
{
    private readonly ConcurrentDictionary<Download, DownloadState> _last = new();

    /// <summary>What it heard last of a download.</summary>
    public DownloadState? LastOf(Download download) => _last.TryGetValue(download, out var state) ? state : null;

    /// <summary>Takes in what a watcher is told.</summary>
    public void Hear(DownloadEvent notice)
    {
        switch (notice.Kind)
        {
            case DownloadEventKind.Added when !_last.TryAdd(notice.Download, notice.To):
                violations.Enqueue($"{who}: {notice.Download} was added twice");
                break;
            case DownloadEventKind.StateChanged:
                Hear(notice.Download, notice.From, notice.To, isFirstKnown: true);
                break;
            case DownloadEventKind.Progress:
                HearProgress(notice.Download);
                break;
        }
    }

    /// <summary>Takes in a change.</summary>
    /// <param name="download">Of which download.</param>
    /// <param name="from">The state before.</param>
    /// <param name="to">The state after.</param>
    /// <param name="isFirstKnown">Whether it must have heard of the state before.</param>
    public void Hear(Download download, DownloadState from, DownloadState to, bool isFirstKnown = false)
    {
        if (LastOf(download) is var last && last != from && (last is not null || isFirstKnown))
        {
            violations.Enqueue($"{who}: {from} -> {to} after {last}");
        }

        if (!Enum.GetValues<DownloadSignal>().Any(signal => DownloadTransitions.Next(from, signal) == to))
        {
            violations.Enqueue($"{who}: {from} -> {to} is not legal");
        }

        _last[download] = to;
    }

    public void HearProgress(Download download)
    {
        if (LastOf(download) is DownloadState.Completed or DownloadState.Cancelled or DownloadState.Failed)
        {
            violations.Enqueue($"{who}: progress after {LastOf(download)}");
        }
    }
}

/// <summary>A listener that checks what it hears, and behaves badly now and then.</summary>
internal sealed class ChainListener(ConcurrentQueue<string> violations, int number) : IDownloadListener
{
    private int _isTold;

    public StateChain Chain { get; } = new(violations, $"listener {number}");

    public void OnProgress(Download download, DownloadProgress progress) => Behave(() => Chain.HearProgress(download));

    public void OnStateChanged(Download download, DownloadState before, DownloadState after) => Behave(() => Chain.Hear(download, before, after));

    private void Behave(Action hear)
    {
        if (Interlocked.Increment(ref _isTold) != 1)
        {
            violations.Enqueue($"listener {number} is told two things at once");
        }

        hear();
        Thread.Yield();
        Interlocked.Decrement(ref _isTold);
        if (number % 3 == 0)
        {
            throw new InvalidOperationException("A listener that fails.");
        }
    }
}
