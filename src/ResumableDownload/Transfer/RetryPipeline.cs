using Polly;
using Polly.Retry;

namespace ResumableDownload.Transfer;

/// <summary>Polly's place. One execution means: bring at least one new byte. So the retries of an execution are the attempts in a row that brought none.</summary>
/// <remarks>
/// It is built when an attempt was fruitless: most downloads have none, and building one, with the check of its options by reflection, takes as long as all else
/// before the first request. The outcome that calls for it is then the first one that it sees, so that it counts and waits as if it had been there before.
/// </remarks>
internal sealed class RetryPipeline(RetrySettings settings, TimeProvider time, Action<AttemptOutcome, TimeSpan> onRetry)
{
    private ResiliencePipeline<AttemptOutcome>? _pipeline;

    public async ValueTask<AttemptOutcome> ExecuteAsync(Func<CancellationToken, ValueTask<AttemptOutcome>> attempt, CancellationToken cancellationToken)
    {
        var first = await attempt(cancellationToken).ConfigureAwait(false);
        return first.IsFruitful || settings.MostFruitless == 1 ? first : await RetryAsync(first, attempt, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<AttemptOutcome> RetryAsync(AttemptOutcome first, Func<CancellationToken, ValueTask<AttemptOutcome>> attempt, CancellationToken cancellationToken)
    {
        AttemptOutcome? known = first;
        return (_pipeline ??= Build()).ExecuteAsync(
            token => Interlocked.Exchange(ref known, null) is { } outcome ? ValueTask.FromResult(outcome) : attempt(token),
            cancellationToken);
    }

    private ResiliencePipeline<AttemptOutcome> Build() =>
        new ResiliencePipelineBuilder<AttemptOutcome> { TimeProvider = time }.AddRetry(Options(settings, onRetry)).Build();

    private static RetryStrategyOptions<AttemptOutcome> Options(RetrySettings settings, Action<AttemptOutcome, TimeSpan> onRetry) => new()
    {
        MaxRetryAttempts = settings.MostFruitless - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = settings.FirstDelay,
        MaxDelay = settings.LongestDelay,

        // Only outcomes are retried. What is thrown is a full disk, a caller's fault or a cancellation.
        ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsFruitful: false }),

        // A Retry-After that is over already must not turn the backoff off.
        DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result?.RetryAfter is { } wait && wait > settings.FirstDelay ? wait : (TimeSpan?)null),
        OnRetry = arguments =>
        {
            onRetry(arguments.Outcome.Result!, arguments.RetryDelay);
            return default;
        },
    };
}
