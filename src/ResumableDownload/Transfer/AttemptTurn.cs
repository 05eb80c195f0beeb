namespace ResumableDownload.Transfer;

/// <summary>One attempt among those of an execution.</summary>
internal sealed class AttemptTurn : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenRegistration _stopAll;
    private readonly TaskCompletionSource<AttemptOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<AttemptOutcome?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AttemptTurn(CancellationToken stopAll) => _stopAll = stopAll.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);

    public CancellationToken Token => _stop.Token;

    /// <summary>What it came to: known with its first new byte, or at its end. Cancelled when it was stopped before.</summary>
    public Task<AttemptOutcome> Outcome => _outcome.Task;

    /// <summary>Its end, however it ended; <see langword="null"/> when it was stopped.</summary>
    public Task<AttemptOutcome?> End => _end.Task;

    public bool HasSucceeded => _outcome.Task.IsCompletedSuccessfully;

    /// <summary>Who took its place.</summary>
    public AttemptTurn? Heir { get; set; }

    /// <summary>It has brought a byte, and goes on.</summary>
    public void Succeed() => _outcome.TrySetResult(AttemptOutcome.Advanced);

    public void Stop() => _stop.Cancel();

    /// <summary>Stops it, unless it has brought a byte: then its strategy is done with it, and its body goes on.</summary>
    public void GiveUp()
    {
        if (!HasSucceeded)
        {
            Stop();
        }
    }

    public void Finish(AttemptOutcome? outcome)
    {
        _ = outcome is null ? _outcome.TrySetCanceled(_stop.Token) : _outcome.TrySetResult(outcome);
        _end.SetResult(outcome);
    }

    /// <summary>Lets go of what stops all. Its own source needs no disposal, and a strategy that is late may still stop it.</summary>
    public void Dispose() => _stopAll.Dispose();
}
