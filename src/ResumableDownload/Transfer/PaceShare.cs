using System.Threading.Tasks.Sources;
using ResumableDownload.Planning;

namespace ResumableDownload.Transfer;

/// <summary>One reader's share of a speed limit: wait, read no more than the read size, pay for what came.</summary>
/// <remarks>Used by one reader at a time. Nothing is allocated for a wait.</remarks>
internal sealed class PaceShare : IValueTaskSource<bool>, IDisposable
{
    private readonly Pacer _pacer;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;
    private ManualResetValueTaskSourceCore<bool> _wake;

    public PaceShare(PaceParty party, CancellationToken cancellationToken)
    {
        (Party, _pacer, _cancellationToken) = (party, party.Pacer, cancellationToken);
        _pacer.Enter(this);
        _registration = cancellationToken.UnsafeRegister(static self => ((PaceShare)self!).Cancel(), this);
    }

    /// <summary>How many bytes may be read next, at least 1.</summary>
    public int ReadSize => Math.Max(1, Given);

    /// <summary>The download that it is a connection of.</summary>
    internal PaceParty Party { get; }

    /// <summary>What was given and is not paid for; as the two below only touched while the pacer's gate is held, or by the reader while it does not wait.</summary>
    internal int Given { get; set; }

    /// <summary>Its place among the connections of its download.</summary>
    internal PaceTurn Turn { get; set; }

    /// <summary>When the wait ends though nothing is given.</summary>
    internal TimeSpan Until { get; set; }

    /// <summary>Counts bytes that were read.</summary>
    public void Pay(int bytes) => _pacer.Pay(this, bytes);

    /// <summary>Waits until more may be read; <see langword="false"/> when it was cancelled, or when patience ended before.</summary>
    public ValueTask<bool> WaitAsync(TimeSpan? patience = null)
    {
        _wake.Reset();
        if (_pacer.Ask(this, patience))
        {
            return new(true);
        }

        // A cancellation that came before the question found no wait to end.
        return _cancellationToken.IsCancellationRequested && _pacer.Withdraw(this) ? new(false) : new(this, _wake.Version);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _pacer.Leave(this);
    }

    internal void Wake() => _wake.SetResult(Given > 0);

    bool IValueTaskSource<bool>.GetResult(short token) => _wake.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        if (_pacer.Withdraw(this))
        {
            Wake();
        }
    }
}
