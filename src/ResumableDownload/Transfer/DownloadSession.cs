using Microsoft.Extensions.Logging;
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
    private readonly Attempt _attempt;
    private readonly RetryPipeline _retry;
    private readonly PartialFile _partial;
    private readonly string _source;
    private Intention _intention = Intention.None;
    private StartOverBudget _budget;
    private OriginTraits _traits;
    private bool _hasTriedWithoutRange;

    public DownloadSession(SessionContext context, OriginClient origin, OriginAddress address)
    {
        _context = context;
        _partial = context.Body.Partial;
        _source = PublicAddress.Of(address.Source);
        _attempt = new(origin, address, Settings, context.Body.Tally, context.Body.Time);
        _retry = new(Settings.Retry, context.Body.Time, OnRetry);
        _budget = new(Settings.MaxStartOvers);
        var known = _partial.Checkpoint?.Traits ?? OriginTraits.None;
        _traits = known & ~OriginTraits.KeptDiffers;
        if (known.HasFlag(OriginTraits.KeptDiffers))
        {
            _intention = Intention.None with { StartOver = StartOverReason.Changed, KeptDiffers = true };
        }
    }

    private TransferSettings Settings => _context.Body.Settings;

    /// <summary>Why received bytes had to be given up, in order.</summary>
    public IReadOnlyList<StartOverReason> StartedOver => _budget.Reasons;

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
                throw new DownloadException(outcome.Failure, Told(outcome), outcome.Cause) { StatusCode = outcome.StatusCode };
            }
        }
    }

    // A whole of a length that is not accepted is of another time: the resource may have another length by now.
    private bool IsDone()
    {
        var isWhole = _partial.Checkpoint is { IsWhole: true } && !_intention.KeptDiffers;
        if (isWhole && AcceptableLength.FaultOf(_partial.Checkpoint!.Representation.Length, Settings.Limits) is not null)
        {
            _intention = Intention.None with { StartOver = StartOverReason.Changed, KeptDiffers = true };
            return false;
        }

        return isWhole;
    }

    private string Told(AttemptOutcome outcome) =>
        Settings.Retry.MostFruitless == 1 ? outcome.Why : $"{outcome.Why}; {Settings.Retry.MostFruitless} attempts in a row brought no new byte";

    // Seen from nginx' slice cache: a range of a changed file gets no answer at all, a plain request does.
    private ValueTask<AttemptOutcome> AttemptWithoutRangeAsync(CancellationToken cancellationToken)
    {
        _hasTriedWithoutRange = true;
        _intention = Intention.None with { StartOver = StartOverReason.RangeUnusable, NoCache = true };
        return AttemptAsync(cancellationToken);
    }

    /// <summary>Asks until there is a body, or nothing to hope for now. A decision to start over asks again at once.</summary>
    private async ValueTask<AttemptOutcome> AttemptAsync(CancellationToken cancellationToken)
    {
        _context.Body.Tally.CountAttempt();
        while (true)
        {
            var asked = NextQuestion.Choose(_partial.Kept, Gap(), _traits, _intention, Settings.Condition, Settings.Limits);
            var (answer, fault) = await _attempt.AskAsync(asked.Request, cancellationToken).ConfigureAwait(false);
            using (answer)
            {
                if ((fault ?? await ActAsync(asked, answer!, cancellationToken).ConfigureAwait(false)) is { } outcome)
                {
                    return outcome;
                }
            }
        }
    }

    private (long Start, long? End) Gap() => NextRange.Of(_partial.Kept?.Received ?? ByteRangeSet.Empty);

    private async ValueTask<AttemptOutcome?> ActAsync(Question asked, OriginAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.RedirectRefusal is { } refusal)
        {
            throw new DownloadException(DownloadFailure.RedirectRefused, refusal) { StatusCode = answer.Facts.Status };
        }

        var decision = ResponseClassifier.Classify(asked, answer.Facts);
        await LearnAsync(decision.Learned).ConfigureAwait(false);
        _intention = _intention.After(decision);
        switch (decision)
        {
            case ResponseDecision.WriteAt plan:
                return await WriteAsync(plan, answer, cancellationToken).ConfigureAwait(false);
            case ResponseDecision.AlreadyComplete complete:
                await _partial.NoteLengthAsync(complete.Total).ConfigureAwait(false);
                return AttemptOutcome.Advanced;
            case ResponseDecision.StartOver:
                return null;
            case ResponseDecision.AskAgain again:
                return AttemptOutcome.Fruitless(again.Failure, again.Why, answer.Facts.Status);
            case ResponseDecision.RetryLater later:
                return AttemptOutcome.Fruitless(later.Failure, later.Why, answer.Facts.Status, later.After);
            case ResponseDecision.GiveUp up:
                throw new DownloadException(up.Failure, up.Why) { StatusCode = answer.Facts.Status, RetryAt = up.RetryAt };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async ValueTask LearnAsync(OriginTraits learned)
    {
        if ((learned & ~_traits) is var added and not OriginTraits.None)
        {
            _traits |= added;
            Log.Learned(_context.Logger, _source, added.ToString());
            await _partial.NoteTraitsAsync(_traits).ConfigureAwait(false);
        }
    }

    private async ValueTask<AttemptOutcome?> WriteAsync(ResponseDecision.WriteAt plan, OriginAnswer answer, CancellationToken cancellationToken)
    {
        EnsureAllowed(plan);
        await NoteTotalAsync(plan).ConfigureAwait(false);
        var sink = new BodySink(_partial, plan, token => BeginAsync(plan, token));
        var (body, fault) = await Attempt.OpenBodyAsync(answer, cancellationToken).ConfigureAwait(false);
        if (body is null)
        {
            return fault;
        }

        using var transfer = new BodyTransfer(_context.Body, body, plan, sink, cancellationToken);
        var end = await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
        _intention = sink.Gained > 0 ? Intention.None : _intention;
        if (end == BodyEnd.TooMuch)
        {
            // Whole by what was announced, but the announcement was a lie.
            await _partial.NoteTraitsAsync(OriginTraits.KeptDiffers).ConfigureAwait(false);
        }

        Log.BodyEnded(_context.Logger, _source, end, sink.Gained);
        return end == BodyEnd.Differs ? await DisproveAsync().ConfigureAwait(false) : OutcomeOf(end, sink.Gained, plan, transfer.Fault);
    }

    private AttemptOutcome OutcomeOf(BodyEnd end, long gained, ResponseDecision.WriteAt plan, Exception? fault)
    {
        var isStrong = Strength.IsStrong(plan.Representation, Settings.Limits.StrongDateMargin);
        BodyOutcome.ThrowIfHopeless(end, gained, isStrong, Settings.Limits);
        return gained > 0 || _partial.Checkpoint is { IsWhole: true } ? AttemptOutcome.Advanced : BodyOutcome.Fruitless(end, fault, Settings.Stall.Window);
    }

    // Also a later run must not go on from these bytes, should this one end before the replacement comes.
    private async ValueTask<AttemptOutcome?> DisproveAsync()
    {
        await _partial.NoteTraitsAsync(OriginTraits.KeptDiffers).ConfigureAwait(false);
        _intention = Intention.None with { StartOver = StartOverReason.Changed, KeptDiffers = true };
        return null;
    }

    private void EnsureAllowed(ResponseDecision.WriteAt plan)
    {
        var isStrong = Strength.IsStrong(plan.Representation, Settings.Limits.StrongDateMargin);
        if (plan.Replaces is { } reason && !_budget.Allows(plan.Representation, isStrong))
        {
            throw new DownloadException(DownloadFailure.SourceUnstable, $"The resource could not be continued ({reason}), and too much was given up for it already");
        }

        if (plan.Representation.Length is { } total)
        {
            _partial.EnsureSpace(total, beginsAnew: !plan.Continues);
        }
    }

    private ValueTask NoteTotalAsync(ResponseDecision.WriteAt plan) =>
        plan is { Continues: true, Representation.Length: { } total } ? _partial.NoteLengthAsync(total) : ValueTask.CompletedTask;

    /// <summary>The first byte of a judged replacement, or of a first body, is here: only now dies what was kept.</summary>
    private async ValueTask BeginAsync(ResponseDecision.WriteAt plan, CancellationToken cancellationToken)
    {
        await _partial.BeginAsync(plan.Representation, _source, _traits, cancellationToken).ConfigureAwait(false);
        if (plan.Replaces is { } reason)
        {
            Log.StartedOver(_context.Logger, _source, reason);
            _budget = _budget.WithLoss(reason);
            _context.Body.Tally.StartedOver++;
            _context.Body.Tally.ResumedFrom = 0;
        }

        _intention = Intention.None;
        _budget = _budget.WithBegun(plan.Representation);
    }

    private void OnRetry(AttemptOutcome outcome, TimeSpan delay) =>
        Log.Retrying(_context.Logger, _context.Body.Tally.Attempts, _source, outcome.Why, delay);
}
