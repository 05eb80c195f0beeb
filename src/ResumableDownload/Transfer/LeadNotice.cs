using System.Runtime.ExceptionServices;
using ResumableDownload.Protocol;

namespace ResumableDownload.Transfer;

/// <summary>What the further connections tell the first one: that something is free or whole, that the resource changed, or that the disk failed.</summary>
internal sealed class LeadNotice(CancellationToken cancellationToken) : IDisposable
{
    /// <summary>A connection that stalls tells nothing.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private CancellationTokenSource _recall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private TaskCompletionSource _woken = NewWaking();
    private ResponseDecision? _change;
    private ExceptionDispatchInfo? _fault;

    /// <summary>Ends whatever the first connection does or waits for.</summary>
    public CancellationToken Token => _recall.Token;

    /// <summary>Whether it was recalled by one of the others, not by the caller.</summary>
    public bool IsRecalled => _recall.IsCancellationRequested && !cancellationToken.IsCancellationRequested;

    /// <summary>Ends when something is new. To be taken before looking, so that nothing new is missed.</summary>
    public Task Woken
    {
        get
        {
            lock (_gate)
            {
                return _woken.Task;
            }
        }
    }

    public void Wake(bool isWhole = false)
    {
        TaskCompletionSource woken;
        lock (_gate)
        {
            (woken, _woken) = (_woken, NewWaking());
        }

        woken.SetResult();
        if (isWhole)
        {
            _recall.Cancel();
        }
    }

    /// <summary>Stops the first connection: the resource changed.</summary>
    public void Recall(ResponseDecision change)
    {
        _change ??= change;
        _recall.Cancel();
    }

    /// <summary>Ends the download.</summary>
    public void Fail(Exception fault)
    {
        _fault ??= ExceptionDispatchInfo.Capture(fault);
        _recall.Cancel();
    }

    /// <summary>Waits until something is new, but not for long.</summary>
    public static async ValueTask WaitAsync(Task woken, TimeProvider time, CancellationToken stop)
    {
        await Task.WhenAny(woken, Task.Delay(Longest, time, stop)).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }

    /// <summary>Tells of a failure that came with the last byte, when nothing was left to be recalled from.</summary>
    public void ThrowIfFailed() => _fault?.Throw();

    /// <summary>Takes what was told. Nobody may be left to tell more.</summary>
    /// <returns>What speaks of a change.</returns>
    public ResponseDecision? Take()
    {
        ThrowIfFailed();
        var change = _change;
        _change = null;
        if (_recall.IsCancellationRequested)
        {
            _recall.Dispose();
            _recall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        }

        return change;
    }

    public void Dispose() => _recall.Dispose();

    private static TaskCompletionSource NewWaking() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
