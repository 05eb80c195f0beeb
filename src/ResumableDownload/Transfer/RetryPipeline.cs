using System.ComponentModel.DataAnnotations;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ResumableDownload.Transfer;

/// <summary>Polly's place. One execution means: bring at least one new byte. So the retries of an execution are the attempts in a row that brought none.</summary>
/// <remarks>
/// One for all downloads of a downloader, so that what a circuit breaker sees of one it holds against all. The library's own retries are built when an attempt was
/// fruitless: most downloads have none, and building them, with the check of their options by reflection, takes as long as all else before the first request. The outcome
/// that calls for them is then the first one that they see, so that it counts and waits as if they had been there before. The caller's strategies see every attempt.
/// </remarks>
internal sealed class RetryPipeline
{
    private static readonly ResiliencePropertyKey<Execution> Current = new("ResumableDownload.Execution");

    private static readonly AttemptOutcome NoAttempt = AttemptOutcome.Fruitless(DownloadFailure.Rejected, "A resilience strategy let no attempt through");

    private readonly RetrySettings _settings;
    private readonly Lazy<ResiliencePipeline<AttemptOutcome>> _pipeline;
    private readonly bool _isOwn;
    private readonly bool _isReplaced;

    /// <summary>Initializes a new instance of the <see cref="RetryPipeline"/> class.</summary>
    /// <param name="settings">The library's own retries.</param>
    /// <param name="time">The clock.</param>
    /// <param name="configure">Adds the caller's strategies, inside the retries.</param>
    /// <param name="instead">The caller's pipeline, in place of all that.</param>
    public RetryPipeline(RetrySettings settings, TimeProvider time, Action<ResiliencePipelineBuilder<AttemptOutcome>>? configure = null, ResiliencePipeline<AttemptOutcome>? instead = null)
    {
        (_settings, _isReplaced, _isOwn) = (settings, instead is not null, configure is null && instead is null);
        _pipeline = new(() => instead ?? Build(settings, time, configure));
        if (!_isOwn)
        {
            // A mistake of the caller's is to be seen when the downloader is made.
            _ = _pipeline.Value;
        }
    }

    /// <summary>Makes attempts until one is fruitful, or the pipeline gives up.</summary>
    /// <returns>The last outcome.</returns>
    public async ValueTask<AttemptOutcome> ExecuteAsync(Execution execution, CancellationToken cancellationToken)
    {
        if (!_isOwn)
        {
            return await ShareAsync(execution, cancellationToken).ConfigureAwait(false);
        }

        var first = await execution.AttemptAsync(cancellationToken).ConfigureAwait(false);
        return first.IsFruitful || _settings.MostFruitless == 1 ? first : await RetryAsync(first, execution, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<AttemptOutcome> RetryAsync(AttemptOutcome first, Execution execution, CancellationToken cancellationToken)
    {
        AttemptOutcome? known = first;
        return RunAsync(
            token => Interlocked.Exchange(ref known, null) is { } outcome ? ValueTask.FromResult(outcome) : execution.AttemptAsync(token),
            execution,
            cancellationToken);
    }

    private async ValueTask<AttemptOutcome> ShareAsync(Execution execution, CancellationToken cancellationToken)
    {
        var outcome = NoAttempt;
        try
        {
            outcome = await RunAsync(token => NotedAsync(execution, token), execution, cancellationToken).ConfigureAwait(false) ?? NoAttempt;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Not ours: the execution keeps what is. A cancellation that nobody asked for is a strategy's, too.
            outcome = Rejected(exception);
        }
        finally
        {
            outcome = await execution.EndAsync(outcome).ConfigureAwait(false);
        }

        return outcome;
    }

    private async ValueTask<AttemptOutcome> NotedAsync(Execution execution, CancellationToken cancellationToken)
    {
        var outcome = await execution.ShareAsync(cancellationToken).ConfigureAwait(false);
        if (_isReplaced && !outcome.IsFruitful)
        {
            execution.NoteFruitless(outcome, null);
        }

        return outcome;
    }

    private async ValueTask<AttemptOutcome> RunAsync(Func<CancellationToken, ValueTask<AttemptOutcome>> attempt, Execution execution, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(execution.Origin, cancellationToken);
        try
        {
            context.Properties.Set(Current, execution);
            return await _pipeline.Value.ExecuteAsync(static (context, attempt) => attempt(context.CancellationToken), context, attempt).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResiliencePipeline<AttemptOutcome> Build(RetrySettings settings, TimeProvider time, Action<ResiliencePipelineBuilder<AttemptOutcome>>? configure)
    {
        var builder = new ResiliencePipelineBuilder<AttemptOutcome> { Name = "ResumableDownload", TimeProvider = time };
        if (settings.MostFruitless > 1)
        {
            builder.AddRetry(Options(settings, hasStrategies: configure is not null));
        }

        try
        {
            configure?.Invoke(builder);
            return builder.Build();
        }
        catch (ValidationException exception)
        {
            throw new ArgumentException($"ConfigureResilience adds a strategy that cannot be: {exception.Message}", exception);
        }
    }

    private static RetryStrategyOptions<AttemptOutcome> Options(RetrySettings settings, bool hasStrategies) => new()
    {
        MaxRetryAttempts = settings.MostFruitless - 1,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = settings.Jitter,
        Delay = settings.FirstDelay,
        MaxDelay = settings.LongestDelay,

        // Attempts that brought nothing are retried, and what the caller's strategies threw in their place. Without any, what is thrown is hopeless, or a cancellation.
        ShouldHandle = arguments => ValueTask.FromResult((hasStrategies || arguments.Outcome.Exception is null) && OutcomeOf(arguments.Outcome, arguments.Context) is { IsFruitful: false } outcome && !(outcome.RetryAfter > settings.LongestAsked)),

        // A Retry-After that is over already must not turn the backoff off.
        DelayGenerator = arguments => ValueTask.FromResult(OutcomeOf(arguments.Outcome, arguments.Context)?.RetryAfter is { } wait && wait >= settings.FirstDelay ? wait : (TimeSpan?)null),
        OnRetry = static arguments =>
        {
            if (arguments.Context.Properties.TryGetValue(Current, out var execution))
            {
                execution.NoteFruitless(OutcomeOf(arguments.Outcome, arguments.Context)!, arguments.RetryDelay);
            }

            return default;
        },
    };

    private static AttemptOutcome? OutcomeOf(Outcome<AttemptOutcome> outcome, ResilienceContext context) => outcome.Exception switch
    {
        null => outcome.Result,
        _ when context.CancellationToken.IsCancellationRequested => null,
        var exception => Rejected(exception),
    };

    private static AttemptOutcome Rejected(Exception exception) =>
        AttemptOutcome.Fruitless(DownloadFailure.Rejected, $"A resilience strategy rejected or ended the attempt ({exception.GetType().Name})", exception) with
        {
            RetryAfter = (exception as BrokenCircuitException)?.RetryAfter,
        };
}
