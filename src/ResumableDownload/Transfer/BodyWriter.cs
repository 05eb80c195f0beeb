using System.Collections.Immutable;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>Brings a judged body to the disk: makes room for it, writes it, and says what that came to.</summary>
internal sealed class BodyWriter(SessionContext context, SessionState state)
{
    private readonly PartialFile _partial = context.Body.Partial;

    private TransferSettings Settings => context.Body.Settings;

    /// <summary>Writes a body; <see langword="null"/> when it disproved what is kept, so that the whole is to be asked for at once.</summary>
    public async ValueTask<AttemptOutcome?> WriteAsync(ResponseDecision.WriteAt plan, OriginAnswer answer, Segment segment, CancellationToken cancellationToken)
    {
        EnsureAllowed(plan);
        await NoteTotalAsync(plan).ConfigureAwait(false);
        if (plan.Continues)
        {
            state.Offer(answer.Facts.Digests);
        }

        var (body, fault) = await Attempt.OpenBodyAsync(answer, segment.Stop).ConfigureAwait(false);
        if (body is null || !segment.Begin(plan.Offset, plan.End ?? long.MaxValue))
        {
            return fault ?? AttemptOutcome.Advanced;
        }

        NoteBuffering(answer);
        var sink = new BodySink(_partial, plan, token => BeginAsync(plan, token), context.Body.Tally);
        using var transfer = new BodyTransfer(context.Body, body, plan, sink, segment, cancellationToken) { Unwanted = answer.Wanted?.Start ?? 0 };
        var began = context.Body.Time.GetTimestamp();
        var end = await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
        Count(plan, end, sink.Gained, context.Body.Time.GetElapsedTime(began));
        state.BodyFrom = answer.Place;
        context.NoteBody(end, sink.Gained);
        switch (end)
        {
            case BodyEnd.Differs:
                await DisproveAsync().ConfigureAwait(false);
                return null;
            case BodyEnd.TooMuch:
                // Whole by what was announced, but the announcement was a lie.
                await _partial.NoteTraitsAsync(OriginTraits.KeptDiffers).ConfigureAwait(false);
                break;
        }

        return await IsProvedWholeAsync(end, cancellationToken).ConfigureAwait(false)
            ? AttemptOutcome.Advanced
            : OutcomeOf(end, sink.Gained, plan, transfer.Fault);
    }

    /// <summary>Notes that what is kept is wrong. Also a later run must not go on from it, should this one end before the replacement comes.</summary>
    public async ValueTask DisproveAsync(StartOverReason reason = StartOverReason.Changed)
    {
        await _partial.NoteTraitsAsync(OriginTraits.KeptDiffers).ConfigureAwait(false);
        state.Disprove(reason);
    }

    private void NoteBuffering(OriginAnswer answer)
    {
        if (answer.Buffered is { } length && !state.HasToldOfBuffering)
        {
            state.HasToldOfBuffering = true;
            Log.Buffered(context.Logger, context.Source, length);
        }
    }

    private void Count(ResponseDecision.WriteAt plan, BodyEnd end, long gained, TimeSpan elapsed)
    {
        state.BodyTime += elapsed;
        if (end != BodyEnd.Whole && !plan.Learned.HasFlag(OriginTraits.NoRanges))
        {
            // A whole body that breaks is no way to the end. Unless this very answer says so, ranges may work by now; if not, that costs a request.
            state.Traits &= ~OriginTraits.NoRanges;
        }

        if (gained > 0)
        {
            state.CountBody(gained);
            state.ByEvidence |= plan.IsByEvidence;
            state.HasRefreshed = false;
            state.Intention = state.Intention.Cleared;
        }
        else if (plan.Continues && plan.Offset == 0)
        {
            state.Intention = state.Intention with { ResumesAnything = true };
        }
    }

    // Where nothing marks the end, the caller's digest tells a whole body from a cut one.
    private async ValueTask<bool> IsProvedWholeAsync(BodyEnd end, CancellationToken cancellationToken)
    {
        if (end != BodyEnd.Unmarked || Settings.ExpectedDigest is not { } digest || _partial.Kept is not { Received: var received } || received.FirstMissing != received.End)
        {
            return false;
        }

        var actual = await _partial.DigestAsync(received.End, digest.Algorithm, context.Body.Progress.ReportVerified, cancellationToken).ConfigureAwait(false);
        if (actual == digest)
        {
            await _partial.NoteLengthAsync(received.End).ConfigureAwait(false);
        }

        return actual == digest;
    }

    private AttemptOutcome OutcomeOf(BodyEnd end, long gained, ResponseDecision.WriteAt plan, Exception? fault)
    {
        var isStrong = Strength.IsStrong(plan.Representation, Settings.Limits.StrongDateMargin);
        BodyOutcome.ThrowIfHopeless(end, gained, isStrong, Settings.Limits);
        return gained > 0 || end == BodyEnd.Handed || _partial.Checkpoint is { IsWhole: true } ? AttemptOutcome.Advanced : BodyOutcome.Fruitless(end, fault, Settings.Stall.Window);
    }

    private void EnsureAllowed(ResponseDecision.WriteAt plan)
    {
        var isStrong = Strength.IsStrong(plan.Representation, Settings.Limits.StrongDateMargin);
        if (plan.Replaces is { } reason && !state.Budget.Allows(plan.Representation, isStrong))
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

    // Some servers state a digest on a part only. It holds for the version, also when that is fetched anew because of it.
    private ImmutableArray<OfferedDigest> StillStated(Representation? former, Representation next) =>
        former is not null && former.Validator == next.Validator && former.Length == next.Length && !Identity.Contradicts(state.Offered, next.Digests)
            ? [.. state.Offered.Union(next.Digests)]
            : next.Digests;

    /// <summary>The first byte of a judged replacement, or of a first body, is here: only now dies what was kept.</summary>
    private async ValueTask BeginAsync(ResponseDecision.WriteAt plan, CancellationToken cancellationToken)
    {
        var stated = plan.Replaces == StartOverReason.Damaged ? StillStated(_partial.Checkpoint?.Representation, plan.Representation) : plan.Representation.Digests;
        await _partial.BeginAsync(plan.Representation, context.Source, state.Traits, cancellationToken).ConfigureAwait(false);
        if (plan.Replaces is { } reason)
        {
            Log.StartedOver(context.Logger, context.Source, reason);
            Telemetry.StartedOver.Add(1, new KeyValuePair<string, object?>("resumable_download.reason", reason.ToString()));
            state.Budget = state.Budget.WithLoss(reason);
            state.ByEvidence = false;
            state.ForgetBodies();
            context.Body.Tally.StartedOver++;
            context.Body.Tally.ResumedFrom = 0;
        }

        state.Offered = stated;
        state.Intention = state.Intention.Cleared;
        state.Budget = state.Budget.WithBegun(plan.Representation);
    }
}
