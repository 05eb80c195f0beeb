namespace ResumableDownload.Transfer;

/// <summary>One execution of a resilience pipeline, which makes attempts until one brings at least one new byte, or there is no hope.</summary>
/// <remarks>
/// A connection makes one attempt at a time. A strategy may want several at once, as hedging does when the first is slow. Then whoever comes while one
/// runs shares its outcome if it has brought bytes already; an attempt that has brought none gives way to the new one, and shares its outcome.
/// </remarks>
/// <param name="attempt">Makes an attempt.</param>
/// <param name="fetched">How many bytes the download has taken from the network.</param>
/// <param name="onFruitless">Told of each attempt that brought nothing and is not the last, with the wait if there is one.</param>
internal sealed class Execution(Func<CancellationToken, ValueTask<AttemptOutcome>> attempt, Func<long> fetched, Action<AttemptOutcome, TimeSpan?> onFruitless)
{
    private readonly Lock _gate = new();
    private readonly List<Turn> _turns = [];

    /// <summary>Makes an attempt, with nobody else about.</summary>
    public ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken) => attempt(cancellationToken);

    public void NoteFruitless(AttemptOutcome outcome, TimeSpan? delay) => onFruitless(outcome, delay);

    /// <summary>Makes an attempt, or shares in one that runs.</summary>
    public async ValueTask<AttemptOutcome> ShareAsync(CancellationToken cancellationToken)
    {
        var (turn, former) = Enter();
        if (turn is null)
        {
            return await former!.Outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        await RunAsync(turn, former, cancellationToken).ConfigureAwait(false);
        return await Heir(turn).Outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends what a strategy has left running.</summary>
    public async ValueTask EndAsync()
    {
        Turn[] turns;
        lock (_gate)
        {
            turns = [.. _turns];
        }

        if (turns is [.., var last])
        {
            // Each has waited for the one before it.
            last.Stop();
            await last.Over.ConfigureAwait(false);
        }

        Array.ForEach(turns, static turn => turn.Dispose());
    }

    private (Turn? Own, Turn? Former) Enter()
    {
        lock (_gate)
        {
            var former = _turns is [.., { Over.IsCompleted: false } latest] ? latest : null;
            if (former is not null && fetched() > former.Fetched)
            {
                return (null, former);
            }

            var own = new Turn(fetched());
            _turns.Add(own);
            if (former is not null)
            {
                former.Heir = own;
            }

            return (own, former);
        }
    }

    private async ValueTask RunAsync(Turn turn, Turn? former, CancellationToken cancellationToken)
    {
        try
        {
            if (former is not null)
            {
                former.Stop();
                await former.Over.ConfigureAwait(false);
                if (former.IsFruitful)
                {
                    turn.End(await former.Outcome.ConfigureAwait(false));
                    return;
                }
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, turn.Token);
            var outcome = await attempt(either.Token).ConfigureAwait(false);
            if (!outcome.IsFruitful)
            {
                // What was cut short has not failed.
                either.Token.ThrowIfCancellationRequested();
            }

            turn.End(outcome);
        }
        catch (Exception exception)
        {
            turn.Fail(exception);
        }
    }

    private Turn Heir(Turn turn)
    {
        lock (_gate)
        {
            while (turn.Heir is { } heir)
            {
                turn = heir;
            }

            return turn;
        }
    }

    /// <summary>One attempt among those of an execution.</summary>
    private sealed class Turn(long before) : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource<AttemptOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>How much had been fetched when it began.</summary>
        public long Fetched => before;

        public CancellationToken Token => _stop.Token;

        public Task<AttemptOutcome> Outcome => _outcome.Task;

        /// <summary>Ends with it, however it ends.</summary>
        public Task Over => _over.Task;

        public bool IsFruitful => _outcome.Task is { IsCompletedSuccessfully: true, Result.IsFruitful: true };

        /// <summary>Who took its place.</summary>
        public Turn? Heir { get; set; }

        public void Stop() => _stop.Cancel();

        public void End(AttemptOutcome outcome)
        {
            _outcome.SetResult(outcome);
            _over.SetResult();
        }

        public void Fail(Exception exception)
        {
            _outcome.SetException(exception);
            _ = _outcome.Task.Exception; // Seen: perhaps nobody else looks.
            _over.SetResult();
        }

        public void Dispose() => _stop.Dispose();
    }
}
