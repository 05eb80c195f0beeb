using System.Collections.Concurrent;

namespace ResumableDownload.Storage;

/// <summary>Flushes that outlive the download that began them, for a cancelled one does not wait. Until they end, the lock on their file stays.</summary>
internal static class ClosingFlushes
{
    private static readonly ConcurrentDictionary<string, Task> Running = new(StringComparer.OrdinalIgnoreCase);

    public static void Add(string path, Task flush)
    {
        var ending = EndAsync(flush);
        if (!ending.IsCompleted)
        {
            Running[path] = ending;
            _ = RemoveAsync(path, ending);
        }
    }

    /// <summary>Waits until a path is free of them.</summary>
    public static Task WaitAsync(string path) => Running.GetValueOrDefault(path, Task.CompletedTask);

    // Nobody is left to hear of a failure, and nothing rests on it: a mark is written only after a flush that succeeded.
    private static async Task EndAsync(Task flush) => await flush.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task RemoveAsync(string path, Task ending)
    {
        await ending.ConfigureAwait(false);
        Running.TryRemove(new(path, ending));
    }
}
