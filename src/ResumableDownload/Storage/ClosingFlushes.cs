using System.Collections.Concurrent;

namespace ResumableDownload.Storage;

/// <summary>Flushes that outlive the download that began them, for a cancelled one does not wait. Until they end, the lock on their file stays.</summary>
internal static class ClosingFlushes
{
    private static readonly ConcurrentDictionary<string, Task> Running = new(StringComparer.OrdinalIgnoreCase);

    public static void Add(string path, Task flush)
    {
        if (!flush.IsCompleted)
        {
            Running[path] = flush;
            _ = flush.ContinueWith(
                (ended, _) => Running.TryRemove(new(path, ended)),
                null,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    /// <summary>Waits until a path is free of them, whether they succeeded or not.</summary>
    public static Task WaitAsync(string path) =>
        Running.TryGetValue(path, out var flush) ? flush.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default) : Task.CompletedTask;
}
