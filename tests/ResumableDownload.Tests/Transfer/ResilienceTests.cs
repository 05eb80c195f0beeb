using Polly;
using Polly.CircuitBreaker;
using Polly.Hedging;
using Polly.Timeout;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Strategies of Polly that a caller adds: each of them sees every attempt, and none of them can spoil a file.</summary>
public sealed class ResilienceTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly Conduct Down = new() { Fails = new HttpRequestException("down") };

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task An_open_circuit_sends_nothing_until_its_time_is_over()
    {
        Use(Breaker(TimeSpan.FromSeconds(40)));
        _bench.Server.Then(Down, Down);

        await _bench.RunAsync();

        Assert.Equal(3, _bench.Server.Requests.Length);
        Assert.InRange((_bench.Server.Requests[2].At - _bench.Server.Requests[1].At).TotalSeconds, 40, 41);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_circuit_that_one_download_opened_is_open_to_the_next_one()
    {
        Use(Breaker(TimeSpan.FromDays(1)), attempts: 2);
        _bench.Server.Then(Down, Down);
        await _bench.FailAsync();

        var failure = await _bench.FailAsync();

        Assert.Equal(2, _bench.Server.Requests.Length);
        Assert.Equal(DownloadFailure.Rejected, failure.Failure);
        Assert.IsType<BrokenCircuitException>(failure.InnerException);
        Assert.Empty(_bench.Disk.Names);
    }

    [Fact]
    public async Task What_a_circuit_rejects_is_kept_for_next_time()
    {
        await _bench.KeepAsync(40_000);
        Use(Breaker(TimeSpan.FromDays(1)), attempts: 2);
        _bench.Server.Then(Down, Down);
        await _bench.FailAsync();

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.Rejected, 40_000L), (failure.Failure, failure.Kept));
    }

    [Fact]
    public async Task A_request_that_is_not_answered_is_hedged_and_gives_way_to_its_hedge()
    {
        Use(Hedge(TimeSpan.FromSeconds(2)));
        _bench.Server.Then(new Conduct { NeverAnswers = true });

        await _bench.RunAsync();

        Assert.Equal([0.0, 2.0], _bench.Server.Requests.Select(static request => request.At.TotalSeconds));
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task An_attempt_that_brings_bytes_is_not_hedged_however_long_it_lasts()
    {
        Use(Hedge(TimeSpan.FromSeconds(2)));
        _bench.Server.Then(new Conduct { Piece = 5_000, Pause = TimeSpan.FromSeconds(1) });

        await _bench.RunAsync();

        Assert.Single(_bench.Server.Requests);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 19, 30);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task An_attempt_that_fails_is_hedged_at_once_and_then_retried()
    {
        Use(Hedge(TimeSpan.FromSeconds(2), most: 2));
        _bench.Server.Then(4, Down);

        await _bench.RunAsync();

        // Three in the first execution, at the same time; then the wait of the retries.
        Assert.Equal([0.0, 0.0, 0.0], _bench.Server.Requests.Take(3).Select(static request => request.At.TotalSeconds));
        Assert.Equal(5, _bench.Server.Requests.Length);
        _bench.AssertWhole(Version);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_timeout_ends_an_attempt_that_brings_nothing(bool answers)
    {
        Use(static builder => builder.AddTimeout(TimeSpan.FromSeconds(3)), attempts: 2);
        _bench.Server.Otherwise = answers ? new Conduct { StallAfter = 0 } : new Conduct { NeverAnswers = true };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.Rejected, failure.Failure);
        Assert.IsType<TimeoutRejectedException>(failure.InnerException);
        Assert.Equal(2, _bench.Server.Requests.Length);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 6, 10);
    }

    [Fact]
    public async Task A_timeout_in_mid_body_keeps_what_came_and_is_no_failure()
    {
        Use(static builder => builder.AddTimeout(TimeSpan.FromSeconds(3)), attempts: 1);
        _bench.Server.Otherwise = new Conduct { Piece = 10_000, Pause = TimeSpan.FromSeconds(1) };

        var result = await _bench.RunAsync();

        Assert.InRange(result.Requests, 3, 6);
        Assert.Equal(Version.Content.Length, result.Fetched);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_pipeline_of_the_callers_own_takes_the_place_of_the_retries()
    {
        _bench.Settings = _bench.Settings with { Pipeline = new(_bench.Settings.Retry, _bench.Time, instead: ResiliencePipeline<AttemptOutcome>.Empty) };
        _bench.Server.Then(new Conduct { Status = 503 });

        var failure = await _bench.FailAsync();

        Assert.Single(_bench.Server.Requests);
        Assert.Equal((DownloadFailure.ServerUnavailable, 503), (failure.Failure, failure.StatusCode));
        Assert.Equal(1, _bench.Logger.Count(19));
    }

    [Fact]
    public async Task Strategies_see_what_an_attempt_came_to()
    {
        var seen = new List<AttemptOutcome>();
        Use(builder => builder.AddFallback(new()
        {
            ShouldHandle = arguments =>
            {
                seen.Add(arguments.Outcome.Result!);
                return ValueTask.FromResult(false);
            },
            FallbackAction = static _ => throw new InvalidOperationException("It handles nothing."),
        }));
        _bench.Server.Then(new Conduct { Status = 503, Headers = [("Retry-After", "7")] }, new Conduct { CutAfter = 10 });

        await _bench.RunAsync();

        Assert.Equal([false, true, true], seen.Select(static outcome => outcome.IsFruitful));
        Assert.Equal((DownloadFailure.ServerUnavailable, 503, TimeSpan.FromSeconds(7)), (seen[0].Failure, seen[0].StatusCode, seen[0].RetryAfter));
        Assert.DoesNotContain("secret", seen[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_attempt_can_mend_passes_all_strategies()
    {
        Use(Hedge(TimeSpan.FromSeconds(1)));
        _bench.Server.Otherwise = new Conduct { Status = 404 };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.NotFound, failure.Failure);
        Assert.Single(_bench.Server.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_caller_who_cancels_hears_of_nothing_else(int connections)
    {
        Use(Hedge(TimeSpan.FromSeconds(2)));
        _bench.Settings = _bench.Settings with { MostConnections = connections };
        _bench.Server.Then(new Conduct { CutAfter = 40_000 });
        _bench.Server.Otherwise = new Conduct { NeverAnswers = true };
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(5), _bench.Time);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.RunAsync(cancellationToken: stop.Token));

        Assert.Equal(40_000, _bench.Claims()!.Received.Length);
        Assert.Equal(0, _bench.Disk.OpenFiles);
    }

    /// <summary>Hedges without end over a server of which nothing is certain: attempts never meet, and the file is right.</summary>
    [Fact]
    public async Task Hedged_downloads_from_a_bad_server_are_whole()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            using var bench = new Bench(Version);
            var random = new Random(seed);
            bench.Settings = bench.Settings with
            {
                MostConnections = random.Next(1, 5),
                Pipeline = Pipeline(bench, Hedge(TimeSpan.FromSeconds(random.Next(1, 6)), random.Next(1, 4)), attempts: 50),
            };
            bench.Server.Then([.. Enumerable.Range(0, 30).Select(_ => Odd(random))]);

            await bench.RunAsync();

            bench.AssertWhole(Version);
        }
    }

    private static Conduct Odd(Random random) => random.Next(6) switch
    {
        0 => Down,
        1 => new() { NeverAnswers = true },
        2 => new() { Status = 503 },
        3 => new() { StallAfter = random.Next(0, 3) * 1_000 },
        4 => new() { CutAfter = random.Next(0, 9_000), AnswersAfter = TimeSpan.FromSeconds(random.Next(0, 8)) },
        _ => new() { Piece = 1 + random.Next(4_000), Pause = TimeSpan.FromSeconds(random.NextDouble() * 3), CutAfter = random.Next(1, 20_000) },
    };

    private static Action<ResiliencePipelineBuilder<AttemptOutcome>> Breaker(TimeSpan open) => builder => builder.AddCircuitBreaker(new()
    {
        MinimumThroughput = 2,
        FailureRatio = 1,
        SamplingDuration = TimeSpan.FromMinutes(1),
        BreakDuration = open,
        ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsFruitful: false }),
    });

    private static Action<ResiliencePipelineBuilder<AttemptOutcome>> Hedge(TimeSpan delay, int most = 1) => builder => builder.AddHedging(new()
    {
        Delay = delay,
        MaxHedgedAttempts = most,
        ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsFruitful: false }),
    });

    private static RetryPipeline Pipeline(Bench bench, Action<ResiliencePipelineBuilder<AttemptOutcome>> configure, int attempts) =>
        new(bench.Settings.Retry with { MostFruitless = attempts }, bench.Time, configure);

    private void Use(Action<ResiliencePipelineBuilder<AttemptOutcome>> configure, int attempts = 5) =>
        _bench.Settings = _bench.Settings with { Pipeline = Pipeline(_bench, configure, attempts) };
}
