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
    private readonly SegmentBoard _board;
    private readonly LeadQuestion _question;
    private readonly Addressing _addressing;
    private bool _hasTriedWithoutRange;

    public DownloadSession(SessionContext context, SessionState state, Attempt attempt, BodyWriter writer)
    {
        (_context, _state, _attempt, _writer) = (context, state, attempt, writer);
        _partial = context.Body.Partial;
        _retry = Settings.Pipeline ?? new(Settings.Retry, context.Body.Time);
        _board = new(_partial, context.Body.Time);
        _question = new(context, state, _board);
        _addressing = new(context, state);
    }

    private long Received => _partial.Checkpoint?.Received.Length ?? 0;

    private TransferSettings Settings => _context.Body.Settings;

    /// <summary>Brings everything that is missing.</summary>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        var crew = new SegmentCrew(_context, _state, _attempt, _board, cancellationToken);
        await using (crew.ConfigureAwait(false))
        {
            while (!IsDone())
            {
                await AdvanceAsync(crew, cancellationToken).ConfigureAwait(false);
            }
        }

        crew.Lead.ThrowIfFailed();
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

    /// <summary>Brings at least one new byte, by this connection or by others.</summary>
    private async ValueTask AdvanceAsync(SegmentCrew crew, CancellationToken cancellationToken)
    {
        var (before, attempts) = (Received, _context.Body.Tally.Attempts);
        try
        {
            var execution = new Execution(_context.Origin, lead => AttemptAsync(crew, lead, cancellationToken), _context.NoteRetry, crew.Lead.Token);
            _context.Body.Tally.OnGain = execution.NoteGain;
            var outcome = await _retry.ExecuteAsync(execution, crew.Lead.Token).ConfigureAwait(false);
            if (outcome.IsSilentRefusal && !_hasTriedWithoutRange && IsSpent(outcome, crew, before))
            {
                outcome = await AttemptWithoutRangeAsync(crew, cancellationToken).ConfigureAwait(false);
            }

            if (IsSpent(outcome, crew, before))
            {
                throw outcome.Failed(_context.Body.Tally.Attempts - attempts, outcome.RetryAfter is { } wait ? _context.Body.Time.GetUtcNow() + wait : null);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || crew.Lead.IsRecalled)
        {
            // Unless it is the caller who cancels, one of the others has brought the last byte, or has something to tell. What the caller's own code throws is neither.
            cancellationToken.ThrowIfCancellationRequested();
        }

        await HearAsync(crew).ConfigureAwait(false);
    }

    // As long as others bring something, or have brought it meanwhile, this one has time to try again; and what was stopped has not failed.
    private bool IsSpent(AttemptOutcome outcome, SegmentCrew crew, long before) =>
        !outcome.IsFruitful && !crew.IsWorking && !crew.Lead.IsRecalled && Received <= before;

    // What the others told. They all stop before anything is done about it, so it is done once.
    private async ValueTask HearAsync(SegmentCrew crew)
    {
        if (crew.Lead.IsRecalled)
        {
            await crew.DisbandAsync().ConfigureAwait(false);
            if (crew.Lead.Take() is { } change)
            {
                await LearnAsync(change.Learned).ConfigureAwait(false);
                _state.Intention = _state.Intention.After(change is ResponseDecision.StartOver ? change : new ResponseDecision.StartOver(StartOverReason.Changed));
            }
        }
    }

    // Seen from nginx' slice cache: a range of a changed file gets no answer at all, a plain request does.
    private ValueTask<AttemptOutcome> AttemptWithoutRangeAsync(SegmentCrew crew, CancellationToken cancellationToken)
    {
        _hasTriedWithoutRange = true;
        _state.Intention = Intention.None with { StartOver = StartOverReason.RangeUnusable, NoCache = true };
        return AttemptAsync(crew, crew.Lead.Token, cancellationToken);
    }

    /// <summary>Asks until there is a body, or nothing to hope for now. A decision to start over asks again at once.</summary>
    private async ValueTask<AttemptOutcome> AttemptAsync(SegmentCrew crew, CancellationToken lead, CancellationToken cancellationToken)
    {
        _context.NoteAttempt();
        while (true)
        {
            await _addressing.RefreshAheadAsync(lead).ConfigureAwait(false);
            if (await _question.NextAsync(crew, lead).ConfigureAwait(false) is not var (asked, segment))
            {
                return AttemptOutcome.Advanced;
            }

            try
            {
                if (await AskAsync(crew, asked, segment, cancellationToken).ConfigureAwait(false) is { } outcome)
                {
                    return outcome;
                }
            }
            finally
            {
                _question.Past = _board.PastOf(segment);
                _board.Release(segment);
            }
        }
    }

    private async ValueTask<AttemptOutcome?> AskAsync(SegmentCrew crew, Question asked, Segment segment, CancellationToken cancellationToken)
    {
        var address = _addressing.For(asked, isBesideOthers: crew.IsWorking);
        var began = _context.Body.Time.GetTimestamp();
        var (answer, fault) = await _attempt.AskAsync(address, asked.Request, segment.Stop).ConfigureAwait(false);
        using (answer)
        {
            if (fault is null)
            {
                crew.Size.NoteSetup(_context.Body.Time.GetElapsedTime(began), _question.Past.IsWarm);
            }

            var outcome = fault ?? await ActAsync(crew, new(address, asked, answer!, segment), cancellationToken).ConfigureAwait(false);
            if (outcome is { IsFruitful: false } && crew.IsWorking && !crew.Lead.IsRecalled)
            {
                crew.Limit.NoteRefusal(segment);
            }

            return outcome;
        }
    }

    private async ValueTask<AttemptOutcome?> ActAsync(SegmentCrew crew, Asking asking, CancellationToken cancellationToken)
    {
        var (address, asked, answer, segment) = asking;
        Note(answer);
        var decision = ResponseClassifier.Classify(asked, answer.Facts.Believed(Settings.UsesServerDigests));
        await LearnAsync(decision.Learned).ConfigureAwait(false);
        _state.Intention = _state.Intention.After(decision);
        switch (decision)
        {
            case ResponseDecision.WriteAt plan:
                await MakeRoomAsync(crew, asked, plan).ConfigureAwait(false);
                _context.Address.Resolve(address, answer.Target);
                return await _writer.WriteAsync(plan, answer, segment, cancellationToken).ConfigureAwait(false);
            case ResponseDecision.AlreadyComplete complete:
                await _partial.NoteLengthAsync(complete.Total).ConfigureAwait(false);
                return AttemptOutcome.Advanced;
            case ResponseDecision.NotModified:
                _state.IsNotModified = true;
                return AttemptOutcome.Advanced;
            case ResponseDecision.StartOver:
                return null;
            case ResponseDecision.RefreshUri or ResponseDecision.GiveUp { Failure: DownloadFailure.NotFound } when _context.Address.Unresolve(address):
                return null;
            case ResponseDecision.RefreshUri refresh:
                return await _addressing.RefreshedAsync(address, refresh, answer, crew.IsWorking, segment.Stop).ConfigureAwait(false);
            default:
                return WithoutBody(decision, answer.Facts, crew.IsWorking);
        }
    }

    // Servers with a cap on connections have many ways to say so. Whether a refusal is meant for the download shows when this connection is alone.
    private static AttemptOutcome WithoutBody(ResponseDecision decision, ResponseFacts answer, bool isBesideOthers) => decision switch
    {
        ResponseDecision.AskAgain again => FruitlessAnswer.Of(answer, again.Failure, again.Why),
        ResponseDecision.RetryLater later => FruitlessAnswer.Of(answer, later.Failure, later.Why, later.After),
        ResponseDecision.GiveUp up when isBesideOthers => FruitlessAnswer.Of(answer, up.Failure, up.Why),
        ResponseDecision.GiveUp up => throw FruitlessAnswer.Of(answer, up.Failure, up.Why).Failed(retryAt: up.RetryAt),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // A body that is not just the range that was given to this connection would write where others do.
    private static async ValueTask MakeRoomAsync(SegmentCrew crew, Question asked, ResponseDecision.WriteAt plan)
    {
        if (plan.Replaces == StartOverReason.Changed)
        {
            crew.Change.Note();
        }

        if (!SegmentAnswer.Fits(asked.Request, plan))
        {
            await crew.DisbandAsync().ConfigureAwait(false);
        }
    }

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

    /// <summary>A question on its way, and its answer.</summary>
    private readonly record struct Asking(OriginAddress Address, Question Asked, OriginAnswer Answer, Segment Segment);
}
