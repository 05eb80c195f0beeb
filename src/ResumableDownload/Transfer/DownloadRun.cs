using Microsoft.Extensions.Logging;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;
using ResumableDownload.Transport;

namespace ResumableDownload.Transfer;

/// <summary>One call from beginning to end: open what is kept, bring what is missing, commit.</summary>
internal sealed class DownloadRun(OriginClient origin, LiveAddress address, OriginMemory memory, PartialFileSetup setup, TransferSettings settings, ILogger logger)
{
    private readonly Tally _tally = new();
    private readonly long _began = setup.Time.GetTimestamp();

    /// <summary>Who hears of attempts, if anybody does.</summary>
    public IRunWatch? Watch { get; init; }

    public async Task<DownloadResult> RunAsync(IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var trace = new RunTrace(address.Current.Source, _tally, setup.Time);
        try
        {
            var result = await BringAsync(progress, trace, cancellationToken).ConfigureAwait(false);
            trace.Succeed(result);
            return result;
        }
        catch (DownloadException exception)
        {
            trace.Fail(exception);
            Log.Failed(logger, PublicAddress.Of(address.Current.Source), exception.Failure, exception.Message);
            throw;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A caller's own code, as a progress that throws, or a mistake of ours: to be seen in any case, but by its name, as its words may hold an address.
            trace.Fail(exception);
            Log.Broke(logger, PublicAddress.Of(address.Current.Source), exception.GetType().Name);
            throw;
        }
    }

    private async Task<DownloadResult> BringAsync(IProgress<DownloadProgress>? progress, RunTrace trace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Log.Began(logger, PublicAddress.Of(address.Current.Source), setup.Paths.Destination);
        var meter = new ProgressMeter(progress, _tally, setup.Time);
        var opened = await OpenAsync(cancellationToken).ConfigureAwait(false);
        using var partial = opened.File;
        Report(opened);
        if (opened.Recovered is { } recovered)
        {
            return Recovered(recovered, opened.RecoveredPath!, meter);
        }

        _tally.ResumedFrom = partial.Kept?.Received.Length ?? 0;
        try
        {
            return await CompleteAsync(partial, meter, cancellationToken).ConfigureAwait(false);
        }
        catch (DownloadException raw)
        {
            trace.NoteReceived(partial.Checkpoint);
            meter.ReportNow(partial.Checkpoint);
            throw Failed(raw, Usable(partial.Kept));
        }
        catch (OperationCanceledException)
        {
            trace.NoteReceived(partial.Checkpoint);
            meter.ReportNow(partial.Checkpoint);
            Log.Cancelled(logger, PublicAddress.Of(address.Current.Source), Usable(partial.Kept));
            throw;
        }
    }

    private async ValueTask<OpenedPartial> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await PartialFile.OpenAsync(setup, cancellationToken).ConfigureAwait(false);
        }
        catch (DownloadException raw)
        {
            throw new DownloadException(raw.Failure, $"{raw.Message}; nothing was changed.", raw.InnerException);
        }
    }

    private async Task<DownloadResult> CompleteAsync(PartialFile partial, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var context = new SessionContext(new BodyContext(partial, settings, _tally, meter, setup.Time), address, memory, logger) { Watch = Watch };
        var state = new SessionState(partial.Checkpoint, memory.Of(address.Current.Source), settings.MaxStartOvers);
        var attempt = new Attempt(origin, settings, _tally, setup.Time);
        var writer = new BodyWriter(context, state);
        var session = new DownloadSession(context, state, attempt, writer);
        var check = new WholeCheck(context, state, attempt, writer);
        do
        {
            await session.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!state.IsNotModified && !await check.PassesAsync(cancellationToken).ConfigureAwait(false));

        return state.IsNotModified ? NotModified() : await CommitAsync(partial, meter, state, check, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DownloadResult> CommitAsync(PartialFile partial, ProgressMeter meter, SessionState state, WholeCheck check, CancellationToken cancellationToken)
    {
        var whole = partial.Checkpoint!;
        var path = await partial.CommitAsync(whole.Representation.Length!.Value, FileTime(whole.Representation), cancellationToken).ConfigureAwait(false);
        Log.Committed(logger, PublicAddress.Of(address.Current.Source), whole.Received.Length, path);
        meter.ReportNow(whole);
        return Result(whole.Representation, state.Budget.Reasons) with
        {
            Path = path,
            ProvedBy = check.Proofs,
            FinalCheck = check.FinalCheck,
            ByEvidence = state.ByEvidence,
        };
    }

    private DownloadResult NotModified()
    {
        Log.NotModified(logger, PublicAddress.Of(address.Current.Source));
        return Result(new Representation(settings.Limits.IfChangedSince!, default, 0, null), []) with { Status = DownloadStatus.NotModified };
    }

    private DateTimeOffset? FileTime(Representation representation) => settings.SetsFileTime ? HttpDate.Read(representation.Validator.LastModified) : null;

    private DownloadResult Recovered(Representation recovered, string path, ProgressMeter meter)
    {
        if (AcceptableLength.FaultOf(recovered.Length, settings.Limits) is { } fault)
        {
            throw Failed(new DownloadException(fault.Failure, fault.Why), 0);
        }

        Log.Recovered(logger, path);
        _tally.ResumedFrom = recovered.Length!.Value;
        meter.ReportNow(new Checkpoint(recovered, OriginTraits.None, ByteRangeSet.Empty.Add(new ByteRange(0, recovered.Length.Value))));

        // The digest was held against it when it was found.
        return Result(recovered, []) with
        {
            Path = path,
            ProvedBy = settings.ExpectedDigest is { } digest ? [new() { Digest = digest, Source = DigestCheck.Caller }] : [],
        };
    }

    private DownloadResult Result(Representation whole, IReadOnlyList<StartOverReason> startedOver) => new()
    {
        Path = setup.Paths.Destination,
        Length = whole.Length!.Value,
        Received = whole.Length.Value - _tally.ResumedFrom,
        ResumedFrom = _tally.ResumedFrom,
        Fetched = _tally.Fetched,
        Requests = _tally.Requests,
        StartedOver = startedOver,
        Validator = whole.Validator,
        Elapsed = setup.Time.GetElapsedTime(_began),
    };

    // What was disproved stays until it is replaced, but is of no use to the next run.
    private static long Usable(Checkpoint? kept) => kept is null || kept.Traits.HasFlag(OriginTraits.KeptDiffers) ? 0 : kept.Received.Length;

    private DownloadException Failed(DownloadException raw, long kept)
    {
        var keeps = kept == 0 ? "nothing is kept" : $"{kept} bytes are kept for next time";
        return new(raw.Failure, $"{raw.Message} ({PublicAddress.Of(address.Current.Source)}); {keeps}.", raw.InnerException)
        {
            StatusCode = raw.StatusCode,
            ErrorCode = raw.ErrorCode,
            ErrorMessage = raw.ErrorMessage,
            RetryAt = raw.RetryAt,
            Kept = kept,
        };
    }

    private void Report(OpenedPartial opened)
    {
        if (opened.IsDamaged)
        {
            Log.DamagedCheckpoint(logger, setup.Paths.Destination);
        }

        if (opened.Void > 0)
        {
            Log.VoidBytes(logger, setup.Paths.Destination, opened.Void);
        }

        if (opened.IsOther)
        {
            Log.OtherResource(logger, setup.Paths.Destination);
        }

        if (opened.File.Kept is { } kept)
        {
            Log.Resumed(logger, PublicAddress.Of(address.Current.Source), kept.Received.Length);
        }
    }
}
