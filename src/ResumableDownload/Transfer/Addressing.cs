using ResumableDownload.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>Where the first connection asks, and what it does when the address is refused or about to expire.</summary>
internal sealed class Addressing(SessionContext context, SessionState state)
{
    /// <summary>The address for a question.</summary>
    /// <remarks>Alone, each request goes the whole way: a redirector may have a better idea by now. Beside others, it goes where they went.</remarks>
    public OriginAddress For(Question asked, bool isBesideOthers)
    {
        if (isBesideOthers)
        {
            return context.Address.Current with { HasOwnConnection = asked.Request.IsPartial && !context.Body.Settings.MultiplexesSegments };
        }

        context.Address.Unresolve(context.Address.Current);
        return context.Address.Current;
    }

    public async ValueTask RefreshAheadAsync(CancellationToken cancellationToken)
    {
        if (context.Address.ExpiresSoon)
        {
            try
            {
                await context.RefreshAsync(context.Address.Current, new(UriRefreshReason.ExpiresSoon, DownloadFailure.Expired, ""), null, cancellationToken).ConfigureAwait(false);
            }
            catch (DownloadException exception) when (exception.Failure == DownloadFailure.RefreshFailed)
            {
                // The address still works; if it is refused in the end, there is another chance.
                Log.RefreshFailedAhead(context.Logger, context.Source);
            }
        }
    }

    /// <summary>Gets a fresh address. The first since the last new byte is used at once; each further one is an attempt that brought nothing.</summary>
    public async ValueTask<AttemptOutcome?> RefreshedAsync(OriginAddress address, ResponseDecision.RefreshUri refresh, OriginAnswer answer, bool isBesideOthers, CancellationToken cancellationToken)
    {
        var failed = FruitlessAnswer.Of(answer.Facts, refresh.Failure, refresh.Why);
        if (isBesideOthers && !context.Address.CanRefresh)
        {
            return failed;
        }

        if (!context.Address.CanRefresh || !await context.RefreshAsync(address, refresh, answer, cancellationToken).ConfigureAwait(false))
        {
            throw failed.Failed();
        }

        var isFirst = !state.HasRefreshed;
        state.HasRefreshed = true;
        return isFirst ? null : failed;
    }
}
