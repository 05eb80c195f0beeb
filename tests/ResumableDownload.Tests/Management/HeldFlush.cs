using ResumableDownload.Storage;

namespace ResumableDownload.Tests.Management;

/// <summary>A flush of a partial file that lasts for as long as a test wants: so long a run that was stopped is not over.</summary>
internal sealed class HeldFlush : IDisposable
{
    private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldFlush(string destination) => ClosingFlushes.Add(destination + ".partial", _flushed.Task);

    public void Dispose() => _flushed.TrySetResult();
}
