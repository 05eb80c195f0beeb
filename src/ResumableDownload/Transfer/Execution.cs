using System.Runtime.ExceptionServices;

namespace ResumableDownload.Transfer;

/// <summary>One execution of a resilience pipeline: it brings at least one new byte, or says why not.</summary>
/// <remarks>
/// It is over for the pipeline as soon as a new byte is on the disk: a timeout limits the wait for that, not the hours of the body, and a circuit that is half open is closed by it. The body
/// then goes on outside. A connection makes one attempt at a time. Where a strategy wants several, as hedging does, an attempt that has brought nothing gives way to the next, and shares its outcome.
/// What no attempt can mend is not the strategies' business: it is thrown when they are done.
/// </remarks>
internal sealed class Execution
{
    private readonly Lock _gate = new();
    private readonly List<AttemptTurn> _turns = [];
    private readonly Func<CancellationToken, ValueTask<AttemptOutcome>> _attempt;
    private readonly Action<AttemptOutcome, TimeSpan?> _onFruitless;
    private readonly CancellationToken _stop;
    private ExceptionDispatchInfo? _hopeless;
    private bool _isOver;

    /// <summary>Initializes a new instance of the <see cref="Execution"/> class.</summary>
    /// <param name="origin">Whom it asks, for strategies that want to know: scheme, host and port.</param>
    /// <param name="attempt">Makes an attempt.</param>
    /// <param name="onFruitless">Told of each attempt that brought nothing and is not the last, with the wait if that is known.</param>
    /// <param name="stop">Stops it.</param>
    public Execution(string origin, Func<CancellationToken, ValueTask<AttemptOutcome>> attempt, Action<AttemptOutcome, TimeSpan?> onFruitless, CancellationToken stop) =>
        (Origin, _attempt, _onFruitless, _stop) = (origin, attempt, onFruitless, stop);

    public string Origin { get; }

    /// <summary>Makes an attempt, with nobody else about.</summary>
    public ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken) => _attempt(cancellationToken);

    public void NoteFruitless(AttemptOutcome outcome, TimeSpan? delay) => _onFruitless(outcome, delay);

    /// <summary>A new byte is on the disk.</summary>
    public void NoteGain()
    {
        lock (_gate)
        {
            (_turns is [.., var last] ? last : null)?.Succeed();
        }
    }

    /// <summary>Makes an attempt among others; ends with its first byte, or without any.</summary>
    /// <exception cref="OperationCanceledException">The strategies want it no more.</exception>
    public async ValueTask<AttemptOutcome> ShareAsync(CancellationToken cancellationToken)
    {
        var (turn, former, isOwn) = Enter();
        using var unwanted = cancellationToken.UnsafeRegister(static turn => ((AttemptTurn)turn!).GiveUp(), turn);
        if (isOwn)
        {
            _ = RunAsync(turn, former);
        }

        while (true)
        {
            try
            {
                return await turn.Outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && HeirOf(turn) is not null)
            {
                turn = HeirOf(turn)!;
            }
        }
    }

    /// <summary>Nothing more is executed. Ends what the strategies left running, unless it brings bytes: then waits until they have come.</summary>
    /// <param name="outcome">What the pipeline returned.</param>
    /// <returns>What it comes to.</returns>
    public async ValueTask<AttemptOutcome> EndAsync(AttemptOutcome outcome)
    {
        AttemptTurn[] turns;
        lock (_gate)
        {
            _isOver = true;
            turns = [.. _turns];
        }

        if (turns is not [.., var last])
        {
            return outcome.IsFruitful ? AttemptOutcome.Fruitless(DownloadFailure.Rejected, "A resilience strategy made no attempt, but says that it brought something") : outcome;
        }

        if (!outcome.IsFruitful)
        {
            last.Stop();
        }

        // Each has waited for the one before it.
        var end = await last.End.ConfigureAwait(false);
        Array.ForEach(turns, static turn => turn.Dispose());
        _hopeless?.Throw();
        return outcome.IsFruitful ? end ?? throw new OperationCanceledException(_stop) : outcome;
    }

    private (AttemptTurn Turn, AttemptTurn? Former, bool IsOwn) Enter()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                throw new OperationCanceledException("The execution is over.");
            }

            var former = _turns is [.., { End.IsCompleted: false } latest] ? latest : null;
            if (former is { HasSucceeded: true })
            {
                return (former, null, false);
            }

            var own = new AttemptTurn(_stop);
            _turns.Add(own);
            if (former is not null)
            {
                former.Heir = own;
            }

            return (own, former, true);
        }
    }

    /// <summary>Never throws.</summary>
    private async Task RunAsync(AttemptTurn turn, AttemptTurn? former)
    {
        try
        {
            if (former is not null)
            {
                former.Stop();
                if (await former.End.ConfigureAwait(false) is { IsFruitful: true } enough)
                {
                    turn.Finish(enough);
                    return;
                }
            }

            var outcome = await _attempt(turn.Token).ConfigureAwait(false);
            turn.Finish(outcome.IsFruitful || !turn.Token.IsCancellationRequested ? outcome : null); // What was cut short has not failed.
        }
        catch (OperationCanceledException)
        {
            turn.Finish(null);
        }
        catch (Exception exception)
        {
            _hopeless ??= ExceptionDispatchInfo.Capture(exception);
            turn.Finish(AttemptOutcome.Advanced);
        }
    }

    private AttemptTurn? HeirOf(AttemptTurn turn)
    {
        lock (_gate)
        {
            return turn.Heir;
        }
    }
}
