using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>Looks at a file whose bytes are all there, before it is committed.</summary>
internal sealed class WholeCheck(SessionContext context, SessionState state, Attempt attempt, BodyWriter writer)
{
    /// <summary>A body that took longer has had time to be overwritten.</summary>
    private static readonly TimeSpan LongBody = TimeSpan.FromSeconds(5);

    /// <summary>The file is there; nobody waits long for a confirmation.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A disk that fails so often is not to be filled again.</summary>
    private const int MostRepairs = 3;

    private readonly DigestCheck _digests = new(context, state);
    private bool _hasFoundChange;
    private bool _hasFoundMismatch;
    private int _repairs;

    /// <summary>What the file was proved by.</summary>
    public IReadOnlyList<DigestProof> Proofs => _digests.Proofs;

    public FinalCheckOutcome FinalCheck { get; private set; }

    /// <summary>Whether the file may be committed; if not, it is to be fetched anew.</summary>
    /// <exception cref="DownloadException">It cannot be had whole: it changed again, or is not what its digest says.</exception>
    public async ValueTask<bool> PassesAsync(CancellationToken cancellationToken)
    {
        FinalCheck = FinalCheckOutcome.NotAsked;
        if (await _digests.FailureAsync(cancellationToken).ConfigureAwait(false) is { } failed)
        {
            await MendAsync(failed, cancellationToken).ConfigureAwait(false);
            return false;
        }

        return Proofs.Count > 0 || await IsUnchangedAsync(cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> IsUnchangedAsync(CancellationToken cancellationToken)
    {
        var whole = context.Body.Partial.Checkpoint!.Representation;
        if (!IsFinalCheckDue() || !FinalAnswer.CanAsk(whole))
        {
            return true;
        }

        var verdict = await AskAsync(whole, cancellationToken).ConfigureAwait(false);
        FinalCheck = verdict == FinalVerdict.Confirmed ? FinalCheckOutcome.Confirmed : FinalCheckOutcome.Inconclusive;
        if (verdict == FinalVerdict.Changed)
        {
            await RejectAsync().ConfigureAwait(false);
        }

        return verdict != FinalVerdict.Changed;
    }

    // What came in one go, and fast, is hardly ever a mixture, unless the resource is seen to change. An earlier run that completed it may have ended before it asked.
    private bool IsFinalCheckDue() => context.Body.Settings.FinalCheck switch
    {
        ResumableDownload.FinalCheck.Auto => _hasFoundChange || _hasFoundMismatch || state.Bodies > 1 || context.Body.Tally.ResumedFrom > 0 || state.BodyTime > LongBody,
        var choice => choice == ResumableDownload.FinalCheck.Always,
    };

    private async ValueTask<FinalVerdict> AskAsync(Representation whole, CancellationToken cancellationToken)
    {
        var asked = FinalAnswer.QuestionOf(whole, whole.Length!.Value, state.Traits);
        using var answer = await attempt.TryAskAsync(context.Address.Current, asked, Patience, cancellationToken).ConfigureAwait(false);
        var verdict = answer is null or { RedirectRefusal: not null } || IsElsewhere(answer) ? FinalVerdict.Inconclusive : FinalAnswer.Judge(whole, answer.Facts, context.Body.Settings.Limits.StrongDateMargin);
        if (verdict == FinalVerdict.Inconclusive)
        {
            Log.FinalCheckInconclusive(context.Logger, context.Source);
        }

        return verdict;
    }

    // First the disk: what does not hold against the journal is fetched again. If all of it holds, the bytes were wrong when they came.
    private async ValueTask MendAsync(DigestProof failed, CancellationToken cancellationToken)
    {
        Log.DigestDiffers(context.Logger, context.Source, failed.Digest.ToString(), failed.Source);
        Telemetry.DigestFailures.Add(1, new KeyValuePair<string, object?>("resumable_download.teller", failed.Source));
        var whole = context.Body.Partial.Checkpoint!.Representation;
        var damaged = await context.Body.Partial.ReproveAsync(new(0, whole.Length!.Value), cancellationToken).ConfigureAwait(false);
        if (damaged > 0 && ++_repairs <= MostRepairs)
        {
            return;
        }

        var cameInOneAnswer = state.Bodies == 1 && context.Body.Tally.ResumedFrom == 0;
        var isHopeless = cameInOneAnswer || _hasFoundMismatch || damaged > 0 || state.Budget.IsSpent;
        if (!isHopeless || DigestCheck.IsOfServer(failed))
        {
            // The caller may have mistyped his digest; a server's own is not told again before the next run would publish.
            await writer.DisproveAsync(StartOverReason.Damaged).ConfigureAwait(false);
        }

        if (isHopeless)
        {
            throw new DownloadException(DownloadFailure.DigestMismatch, $"The whole file has not the digest {failed.Digest} that {Teller(failed)} told");
        }

        state.Budget = state.Budget.WithoutBegun(whole);
        _hasFoundMismatch = true;
    }

    private static string Teller(DigestProof digest) => DigestCheck.IsOfServer(digest) ? $"the server's field {digest.Source}" : "the caller";

    // A redirector may lead to another mirror each time, whose tags are its own.
    private bool IsElsewhere(OriginAnswer answer) => state.BodyFrom is { } place && place != answer.Place;

    // Noted on disk first: no later run may take these bytes for whole either.
    private async ValueTask RejectAsync()
    {
        Log.ChangedMeanwhile(context.Logger, context.Source);
        await writer.DisproveAsync().ConfigureAwait(false);
        if (_hasFoundChange)
        {
            throw new DownloadException(DownloadFailure.SourceUnstable, "The resource changed while it was received, and again while it was received anew");
        }

        _hasFoundChange = true;
    }
}
