using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>One further connection: takes ranges for as long as there are any worth it, asks for them, and writes them beside the others.</summary>
/// <remarks>It has no retries of its own. What it cannot bring it gives back, for the first connection to bring.</remarks>
internal sealed class SegmentConnection(SessionContext context, SessionState state, Attempt attempt, SegmentCrew crew)
{
    private const int MostQuestions = 4;

    /// <summary>A body that breaks before this is as good as none: a server may cut each one that is too many for it after its first bytes.</summary>
    private const long LeastGained = 64 << 10;

    private const int MostPoorBodies = 3;

    private readonly BodyContext _body = context.Body;
    private OriginTraits _traits = state.Traits;
    private bool _hasAskedElsewhere;
    private int _poorBodies;

    /// <summary>What is known of it.</summary>
    public ConnectionPast Past { get; private set; }

    /// <summary>What speaks of a change, once one was seen.</summary>
    public ResponseDecision? Seen { get; private set; }

    /// <summary>Brings a range, and then others.</summary>
    /// <param name="segment">The first one.</param>
    /// <param name="stop">Stops it; what came is written.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>Why it ended; <see cref="SegmentVerdict.Write"/> when there was nothing left to bring.</returns>
    public async ValueTask<SegmentVerdict> RunAsync(Segment segment, CancellationToken stop, CancellationToken cancellationToken)
    {
        for (var next = segment; next is not null; next = crew.Next(this))
        {
            try
            {
                var verdict = await BringAsync(next, stop, cancellationToken).ConfigureAwait(false);
                if (verdict != SegmentVerdict.Write)
                {
                    return verdict;
                }
            }
            finally
            {
                Past = crew.Release(next);
            }
        }

        return SegmentVerdict.Write;
    }

    private async ValueTask<SegmentVerdict> BringAsync(Segment segment, CancellationToken stop, CancellationToken cancellationToken)
    {
        for (var questions = 1; questions <= MostQuestions; questions++)
        {
            var address = context.Address.Current;
            var settings = _body.Settings;
            if (NextQuestion.ForSegment(_body.Partial.Checkpoint!, segment.Held, _traits, settings.Condition, settings.Limits) is not { } asked)
            {
                return SegmentVerdict.OneStream;
            }

            asked = asked with { Signature = context.Address.Signature };
            var (answer, instead) = await AskAsync(address with { HasOwnConnection = !settings.MultiplexesSegments }, asked.Request, stop).ConfigureAwait(false);
            using (answer)
            {
                if ((answer is null ? instead : await ActAsync(address, asked, answer, segment, cancellationToken).ConfigureAwait(false)) is { } verdict)
                {
                    return verdict;
                }
            }
        }

        return SegmentVerdict.OneStream;
    }

    /// <summary>The answer, or what it means that there is none. What would end a download over one connection (a server without HTTP/1.1 ends the TLS handshake) ends only this one.</summary>
    private async ValueTask<(OriginAnswer? Answer, SegmentVerdict Instead)> AskAsync(OriginAddress address, RangeRequest asked, CancellationToken stop)
    {
        try
        {
            var began = _body.Time.GetTimestamp();
            var (answer, _) = await attempt.AskAsync(address, asked, stop).ConfigureAwait(false);
            if (answer is not null)
            {
                crew.Size.NoteSetup(_body.Time.GetElapsedTime(began), Past.IsWarm);
            }

            return (answer, SegmentVerdict.Refused);
        }
        catch (DownloadException)
        {
            return (null, SegmentVerdict.OneStream);
        }
    }

    /// <summary>Does what an answer asks for; <see langword="null"/> when that is to ask again. A redirect that was not followed ends this connection as any odd status does.</summary>
    private async ValueTask<SegmentVerdict?> ActAsync(OriginAddress address, Question asked, OriginAnswer answer, Segment segment, CancellationToken cancellationToken)
    {
        var decision = ResponseClassifier.Classify(asked, answer.Facts.Believed(_body.Settings.UsesServerDigests));
        var verdict = SegmentAnswer.Judge(asked, decision);
        switch (verdict)
        {
            case SegmentVerdict.Write:
                return await WriteAsync((ResponseDecision.WriteAt)decision, answer, segment, cancellationToken).ConfigureAwait(false);
            case SegmentVerdict.AskWithoutMatch:
                _traits |= OriginTraits.IgnoresIfMatch;
                return null;
            case SegmentVerdict.AskElsewhere:
                return await FindsElsewhereAsync(address, decision, answer, segment.Stop).ConfigureAwait(false) ? null : SegmentVerdict.OneStream;
            default:
                Seen = decision;
                return verdict;
        }
    }

    // First from the beginning of the redirects, whose end may have been good for a while only; then by a fresh address. Each once: the first connection has patience, this one needs none.
    private async ValueTask<bool> FindsElsewhereAsync(OriginAddress address, ResponseDecision decision, OriginAnswer answer, CancellationToken stop)
    {
        if (context.Address.Unresolve(address))
        {
            return true;
        }

        var isFirst = !_hasAskedElsewhere;
        _hasAskedElsewhere = true;
        return isFirst && decision is ResponseDecision.RefreshUri refresh && context.Address.CanRefresh
            && await TryRefreshAsync(address, refresh, answer, stop).ConfigureAwait(false);
    }

    // The caller's function has as long as a server has to answer: meanwhile nobody else can take the range. And its failure is the first connection's to tell.
    private async ValueTask<bool> TryRefreshAsync(OriginAddress address, ResponseDecision.RefreshUri refresh, OriginAnswer answer, CancellationToken stop)
    {
        using var guard = new CancellationTokenSource(_body.Settings.Stall.Window, _body.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, guard.Token);
        try
        {
            return await context.RefreshAsync(address, refresh, answer, both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DownloadException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
            return false;
        }
    }

    private async ValueTask<SegmentVerdict> WriteAsync(ResponseDecision.WriteAt plan, OriginAnswer answer, Segment segment, CancellationToken cancellationToken)
    {
        var (body, _) = await Attempt.OpenBodyAsync(answer, segment.Stop).ConfigureAwait(false);
        if (body is null)
        {
            return SegmentVerdict.Refused;
        }

        state.Offer(answer.Facts.Digests);
        if (!segment.Begin(plan.Offset, plan.End!.Value))
        {
            return SegmentVerdict.Write;
        }

        var sink = new BodySink(_body.Partial, plan, static _ => ValueTask.CompletedTask, _body.Tally);
        using var transfer = new BodyTransfer(_body, body, plan, sink, segment, cancellationToken);
        var end = await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
        context.NoteBody(end, sink.Gained);
        state.CountBody(sink.Gained);
        if (end is BodyEnd.TooMuch)
        {
            await _body.Partial.NoteTraitsAsync(OriginTraits.KeptDiffers).ConfigureAwait(false);
            BodyOutcome.ThrowIfHopeless(end, sink.Gained, isStrong: true, _body.Settings.Limits);
        }

        return end is BodyEnd.Differs ? SegmentVerdict.OneStream : IsFine(end, sink.Gained, segment) ? SegmentVerdict.Write : SegmentVerdict.Refused;
    }

    // Who was stopped before the first byte was not refused.
    private bool IsFine(BodyEnd end, long gained, Segment segment)
    {
        _poorBodies = end is BodyEnd.Whole or BodyEnd.Handed || gained >= LeastGained ? 0 : _poorBodies + 1;
        return segment.Stop.IsCancellationRequested || end is BodyEnd.Handed || (gained > 0 && _poorBodies < MostPoorBodies);
    }
}
