using Polly;
using Polly.Retry;

namespace ResumableDownload.Transfer;

/// <summary>Polly's place. One execution means: bring at least one new byte. So the retries of an execution are the attempts in a row that brought none.</summary>
internal sealed class RetryPipeline
{
    private readonly ResiliencePipeline<AttemptOutcome> _pipeline;

    public RetryPipeline(RetrySettings settings, TimeProvider time, Action<AttemptOutcome, TimeSpan> onRetry)
    {
        var builder = new ResiliencePipelineBuilder<AttemptOutcome> { TimeProvider = time };
        if (settings.MostFruitless > 1)
        {
            builder.AddRetry(Options(settings, onRetry));
        }

        _pipeline = builder.Build();
    }

    public ValueTask<AttemptOutcome> ExecuteAsync(Func<CancellationToken, ValueTask<AttemptOutcome>> attempt, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(static (attempt, token) => attempt(token), attempt, cancellationToken);

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
