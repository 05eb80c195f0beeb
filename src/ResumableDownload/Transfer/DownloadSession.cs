using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>One run of one download: asks, judges, writes, until the file is whole.</summary>
internal sealed class DownloadSession
{
    private readonly SessionContext _context;
    private readonly SessionState _state;
    private readonly Attempt _attempt;
    private readonly BodyWriter _writer;
    private readonly RetryPipeline _retry;
    private readonly PartialFile _partial;
    private bool _hasTriedWithoutRange;

    public DownloadSession(SessionContext context, SessionState state, Attempt attempt, BodyWriter writer)
    {
        (_context, _state, _attempt, _writer) = (context, state, attempt, writer);
        _partial = context.Body.Partial;
        _retry = new(Settings.Retry, context.Body.Time, OnRetry);
    }

    private TransferSettings Settings => _context.Body.Settings;

    /// <summary>Brings everything that is missing.</summary>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        while (!IsDone())
        {
            var outcome = await _retry.ExecuteAsync(AttemptAsync, cancellationToken).ConfigureAwait(false);
            if (outcome.IsSilentRefusal && !_hasTriedWithoutRange)
            {
                outcome = await AttemptWithoutRangeAsync(cancellationToken).ConfigureAwait(false);
            }

            if (!outcome.IsFruitful)
            {
                throw outcome.Failed(Settings.Retry.MostFruitless);
            }
        }
    }

    // A whole of a length that is not accepted is of another time: the resource may have another length by now.
    private bool IsDone()
    {
        var isWhole = _partial.Checkpoint is { IsWhole: true } && !_state.Intention.KeptDiffers;
        if (isWhole && AcceptableLength.FaultOf(_partial.Checkpoint!.Representation.Length, Settings.Limits) is not null)
        {
            _state.Disprove();
            return false;
        }

        return isWhole || _state.IsNotModified;
    }

    // Seen from nginx' slice cache: a range of a changed file gets no answer at all, a plain request does.
    private ValueTask<AttemptOutcome> AttemptWithoutRangeAsync(CancellationToken cancellationToken)
    {
        _hasTriedWithoutRange = true;
        _state.Intention = Intention.None with { StartOver = StartOverReason.RangeUnusable, NoCache = true };
        return AttemptAsync(cancellationToken);
    }

    /// <summary>Asks until there is a body, or nothing to hope for now. A decision to start over asks again at once.</summary>
    private async ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken)
    {
        _context.Body.Tally.CountAttempt();
        while (true)
        {
            await RefreshAheadAsync(cancellationToken).ConfigureAwait(false);
            var address = _context.Address.Current;
            var asked = await NextAsync(cancellationToken).ConfigureAwait(false);
            var (answer, fault) = await _attempt.AskAsync(address, asked.Request, cancellationToken).ConfigureAwait(false);
            using (answer)
            {
                if ((fault ?? await ActAsync(address, asked, answer!, cancellationToken).ConfigureAwait(false)) is { } outcome)
                {
                    return outcome;
                }
            }
        }
    }

    /// <summary>What is asked next. Bytes that are to be evidence are held against the journal first.</summary>
    private async ValueTask<Question> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var gap = NextRange.Of(_partial.Kept?.Received ?? ByteRangeSet.Empty);
            var next = NextQuestion.Choose(_partial.Kept, gap, _state.Traits, _state.Intention, Settings.Condition, Settings.Limits);
            if (NextQuestion.RefusalOf(next) is { } refusal)
            {
                throw new DownloadException(refusal.Failure, refusal.Why);
            }

            if (!next.SeeksEvidence || await _partial.ReproveAsync(new(next.Request.Start, gap.Start), cancellationToken).ConfigureAwait(false) == 0)
            {
                return next with { Signature = _context.Address.Signature };
            }
        }
    }

    private async ValueTask RefreshAheadAsync(CancellationToken cancellationToken)
    {
        if (_context.Address.ExpiresSoon)
        {
            try
            {
                await RefreshAsync(_context.Address.Current, new(UriRefreshReason.ExpiresSoon, DownloadFailure.Expired, ""), null, cancellationToken).ConfigureAwait(false);
            }
            catch (DownloadException exception) when (exception.Failure == DownloadFailure.RefreshFailed)
            {
                // The address still works; if it is refused in the end, there is another chance.
                Log.RefreshFailedAhead(_context.Logger, _context.Source);
            }
        }
    }

    private async ValueTask<AttemptOutcome?> ActAsync(OriginAddress address, Question asked, OriginAnswer answer, CancellationToken cancellationToken)
    {
        Note(answer);
        var decision = ResponseClassifier.Classify(asked, Believed(answer.Facts));
        await LearnAsync(decision.Learned).ConfigureAwait(false);
        _state.Intention = _state.Intention.After(decision);
        switch (decision)
        {
            case ResponseDecision.WriteAt plan:
                return await _writer.WriteAsync(plan, answer, cancellationToken).ConfigureAwait(false);
            case ResponseDecision.AlreadyComplete complete:
                await _partial.NoteLengthAsync(complete.Total).ConfigureAwait(false);
                return AttemptOutcome.Advanced;
            case ResponseDecision.NotModified:
                _state.IsNotModified = true;
                return AttemptOutcome.Advanced;
            case ResponseDecision.StartOver:
                return null;
            case ResponseDecision.RefreshUri refresh:
                return await RefreshedAsync(address, refresh, answer, cancellationToken).ConfigureAwait(false);
            case ResponseDecision.AskAgain again:
                return AttemptOutcome.Fruitless(again.Failure, again.Why, answer.Facts);
            case ResponseDecision.RetryLater later:
                return AttemptOutcome.Fruitless(later.Failure, later.Why, answer.Facts, later.After);
            case ResponseDecision.GiveUp up:
                throw AttemptOutcome.Fruitless(up.Failure, up.Why, answer.Facts).Failed(retryAt: up.RetryAt);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    // A digest that is known to be wrong does not tell one version from another either.
    private ResponseFacts Believed(ResponseFacts facts) => Settings.UsesServerDigests ? facts : facts with { Digests = [] };

    private void Note(OriginAnswer answer)
    {
        if (answer.RedirectRefusal is { } refusal)
        {
            throw new DownloadException(DownloadFailure.RedirectRefused, refusal) { StatusCode = answer.Facts.Status };
        }

        _context.Address.NoteDate(answer.Facts.Date);
        if (answer.WentTo is { } went)
        {
            Log.WentElsewhere(_context.Logger, _context.Source, PublicAddress.Of(went));
        }
    }

    /// <summary>Gets a fresh address. The first since the last new byte is used at once; each further one is an attempt that brought nothing.</summary>
    private async ValueTask<AttemptOutcome?> RefreshedAsync(OriginAddress address, ResponseDecision.RefreshUri refresh, OriginAnswer answer, CancellationToken cancellationToken)
    {
        var failed = AttemptOutcome.Fruitless(refresh.Failure, refresh.Why, answer.Facts);
        if (!_context.Address.CanRefresh || !await RefreshAsync(address, refresh, answer, cancellationToken).ConfigureAwait(false))
        {
            throw failed.Failed();
        }

        var isFirst = !_state.HasRefreshed;
        _state.HasRefreshed = true;
        return isFirst ? null : failed;
    }

    private async ValueTask<bool> RefreshAsync(OriginAddress address, ResponseDecision.RefreshUri refresh, OriginAnswer? answer, CancellationToken cancellationToken)
    {
        var why = new UriRefresh
        {
            Reason = refresh.Reason,
            Source = address.Source,
            StatusCode = answer?.Facts.Status,
            ErrorCode = answer?.Facts.Error?.Code,
            ErrorMessage = answer?.Facts.Error?.Message,
            ErrorBody = answer?.ErrorBody ?? default,
        };
        Log.Refreshing(_context.Logger, _context.Source, refresh.Reason);
        return await _context.Address.RefreshAsync(address, why, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask LearnAsync(OriginTraits learned)
    {
        if ((learned & ~_state.Traits) is var added and not OriginTraits.None)
        {
            _state.Traits |= added;
            _context.Memory.Learn(_context.Address.Current.Source, added);
            Log.Learned(_context.Logger, _context.Source, added.ToString());
            await _partial.NoteTraitsAsync(_state.Traits).ConfigureAwait(false);
        }
    }

    private void OnRetry(AttemptOutcome outcome, TimeSpan delay) =>
        Log.Retrying(_context.Logger, _context.Body.Tally.Attempts, _context.Source, outcome.Why, delay);
}
