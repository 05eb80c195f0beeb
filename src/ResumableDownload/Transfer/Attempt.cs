using ResumableDownload.Protocol;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>Sends one question, with a guard against a server that never answers.</summary>
internal sealed class Attempt(OriginClient origin, TransferSettings settings, Tally tally, TimeProvider time)
{
    /// <summary>The answer, or what came in its place.</summary>
    public async ValueTask<(OriginAnswer? Answer, AttemptOutcome? Fault)> AskAsync(OriginAddress address, RangeRequest asked, CancellationToken cancellationToken)
    {
        using var guard = new CancellationTokenSource(settings.Stall.Window, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, guard.Token);
        try
        {
            return (await SendAsync(address, asked, both.Token, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception) when (ConnectionFault.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, guard.IsCancellationRequested
                ? AttemptOutcome.Fruitless(DownloadFailure.Connection, $"The server did not answer within {settings.Stall.Window.TotalSeconds:0.###} s", exception)
                : Outcome(ConnectionFault.Of(exception), asked, exception));
        }
    }

    /// <summary>The answer, or nothing: for a question that need not be answered.</summary>
    public async ValueTask<OriginAnswer?> TryAskAsync(OriginAddress address, RangeRequest asked, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var guard = new CancellationTokenSource(patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, guard.Token);
        try
        {
            return await SendAsync(address, asked, both.Token, both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (ConnectionFault.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>The body, or what came in its place: a handler that buffers reads it only now.</summary>
    public static async ValueTask<(Stream? Body, AttemptOutcome? Fault)> OpenBodyAsync(OriginAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return (await answer.OpenBodyAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception exception) when (ConnectionFault.Is(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return (null, Outcome(ConnectionFault.Of(exception), RangeRequest.Whole, exception));
        }
    }

    private async ValueTask<OriginAnswer> SendAsync(OriginAddress address, RangeRequest asked, CancellationToken untilHead, CancellationToken cancellationToken)
    {
        var activity = AttemptTrace.Begin(address, asked);
        try
        {
            return AttemptTrace.Answered(activity, await origin.SendAsync(address, asked, tally.CountRequest, untilHead, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            AttemptTrace.Unanswered(activity, exception);
            throw;
        }
    }

    private static AttemptOutcome Outcome(ConnectionFault fault, RangeRequest asked, Exception exception) => fault.IsLasting
        ? throw new DownloadException(fault.Failure, fault.Why, exception)
        : AttemptOutcome.Fruitless(fault.Failure, fault.Why, exception) with { IsSilentRefusal = fault.IsNoAnswer && asked.IsPartial };
}
