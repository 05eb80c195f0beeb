using Microsoft.Extensions.Logging;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>What one run works with.</summary>
/// <param name="Body">What its bodies share.</param>
/// <param name="Address">Where it asks.</param>
/// <param name="Memory">What earlier runs learned of origins.</param>
/// <param name="Logger">Where it logs.</param>
internal sealed record SessionContext(BodyContext Body, LiveAddress Address, OriginMemory Memory, ILogger Logger)
{
    /// <summary>The address as it may be shown.</summary>
    public string Source => PublicAddress.Of(Address.Current.Source);

    /// <summary>Scheme, host and port.</summary>
    public string Origin => Address.Current.Source.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Who hears of attempts, if anybody does.</summary>
    public IRunWatch? Watch { get; init; }

    public void NoteAttempt()
    {
        Body.Tally.CountAttempt();
        Watch?.Tries();
    }

    /// <summary>An attempt brought nothing.</summary>
    /// <param name="outcome">What it came to.</param>
    /// <param name="delay">After which time the next follows, if that is known.</param>
    public void NoteRetry(AttemptOutcome outcome, TimeSpan? delay)
    {
        if (delay is { } known)
        {
            Log.Retrying(Logger, Body.Tally.Attempts, Source, outcome.Why, known);
        }
        else
        {
            Log.BroughtNothing(Logger, Body.Tally.Attempts, Source, outcome.Why);
        }

        Watch?.Waits(outcome.Failure);
    }

    /// <summary>A body ended.</summary>
    public void NoteBody(BodyEnd end, long gained)
    {
        if (end == BodyEnd.Stalled)
        {
            Log.Stalled(Logger, Source, gained);
        }
        else
        {
            Log.BodyEnded(Logger, Source, end, gained);
        }
    }

    /// <summary>Gets a fresh address in place of one that was refused or expires soon; <see langword="false"/> when the caller has none.</summary>
    public async ValueTask<bool> RefreshAsync(OriginAddress address, ResponseDecision.RefreshUri refresh, OriginAnswer? answer, CancellationToken cancellationToken)
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
        Log.Refreshing(Logger, Source, refresh.Reason);
        return await Address.RefreshAsync(address, why, cancellationToken).ConfigureAwait(false);
    }
}
