using Polly;
using Polly.CircuitBreaker;
using Polly.Simmy;
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
        Assert.Equal(0, _bench.Logger.Count(19));
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
    public async Task A_timeout_limits_the_wait_for_the_first_byte_and_not_the_body()
    {
        Use(static builder => builder.AddTimeout(TimeSpan.FromSeconds(3)), attempts: 1);
        _bench.Server.Otherwise = new Conduct { Piece = 10_000, Pause = TimeSpan.FromSeconds(1) };

        var result = await _bench.RunAsync();

        Assert.Equal(1, result.Requests);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_circuit_that_is_half_open_is_closed_by_the_first_byte_of_one_download_and_lets_the_next_through()
    {
        Use(Breaker(TimeSpan.FromSeconds(5)), attempts: 2);
        _bench.Server.Then(Down, Down);
        await _bench.FailAsync();
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        _bench.Server.Then(new Conduct { Piece = 10_000, Pause = TimeSpan.FromMinutes(1) });
        using var other = new Bench(Version, _bench.Time) { Settings = _bench.Settings };
        _bench.Settings = _bench.Settings with { Stall = new(TimeSpan.FromMinutes(5), 1) };

        var probe = _bench.Start();
        _bench.Time.Advance(TimeSpan.FromMinutes(2));
        await other.RunAsync();

        Assert.False(probe.IsCompleted);
        await _bench.Time.DriveAsync(probe);
        _bench.AssertWhole(Version);
    }

    public static TheoryData<string> Faults => new(Throwing.Keys);

    private static Dictionary<string, Func<Exception>> Throwing => new()
    {
        ["a timeout of its own"] = static () => new TaskCanceledException("mine"),
        ["a broken connection"] = static () => new HttpRequestException("mine"),
        ["a mistake"] = static () => new InvalidOperationException("mine"),
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_a_strategy_throws_is_tried_again_and_ends_the_download_at_last(string fault)
    {
        var thrown = Throwing[fault];
        Use(builder => builder.AddChaosFault(1, () => thrown()), attempts: 4);

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.Rejected, failure.Failure);
        Assert.Equal("mine", failure.InnerException!.Message);
        Assert.StartsWith($"A resilience strategy rejected or ended the attempt ({failure.InnerException.GetType().Name}) (", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, _bench.Logger.Count(4));
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task A_strategy_that_says_it_brought_something_and_made_no_attempt_is_not_believed()
    {
        Use(static builder => builder.AddChaosOutcome(1, static () => AttemptOutcome.Advanced), attempts: 4);

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.Rejected, failure.Failure);
        Assert.StartsWith("A resilience strategy made no attempt, but says that it brought something", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Polly_s_defaults_which_look_at_exceptions_do_nothing_about_a_404_nor_open_a_circuit_for_it()
    {
        Use(static builder => builder.AddRetry(new()).AddCircuitBreaker(new() { MinimumThroughput = 2 }));
        _bench.Server.Otherwise = new Conduct { Status = 404 };

        for (var run = 1; run <= 4; run++)
        {
            Assert.Equal(DownloadFailure.NotFound, (await _bench.FailAsync()).Failure);
            Assert.Equal(run, _bench.Server.Requests.Length);
        }
    }

    [Fact]
    public async Task Strategies_are_told_the_origin_without_secrets()
    {
        var keys = new HashSet<string?>();
        Use(builder => builder.AddFallback(new()
        {
            ShouldHandle = arguments => ValueTask.FromResult(!keys.Add(arguments.Context.OperationKey) && false),
            FallbackAction = static _ => throw new InvalidOperationException("It handles nothing."),
        }));
        _bench.Address = new Uri("https://user:secret@origin.test:8443/file.bin?token=secret");

        await _bench.RunAsync();

        Assert.Equal(["https://origin.test:8443"], keys);
    }

    [Fact]
    public async Task A_failure_says_from_when_the_server_is_willing_again()
    {
        Use(static _ => { }, attempts: 2);
        _bench.Server.Otherwise = new Conduct { Status = 503, Headers = [("Retry-After", "60")] };

        var failure = await _bench.FailAsync();

        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(60), failure.RetryAt);
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

    private static Action<ResiliencePipelineBuilder<AttemptOutcome>> Breaker(TimeSpan open) => builder => builder.AddCircuitBreaker(new()
    {
        MinimumThroughput = 2,
        FailureRatio = 1,
        SamplingDuration = TimeSpan.FromMinutes(1),
        BreakDuration = open,
        ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Result is { IsFruitful: false }),
    });

    private static RetryPipeline Pipeline(Bench bench, Action<ResiliencePipelineBuilder<AttemptOutcome>> configure, int attempts) =>
        new(bench.Settings.Retry with { MostFruitless = attempts }, bench.Time, configure);

    private void Use(Action<ResiliencePipelineBuilder<AttemptOutcome>> configure, int attempts = 5) =>
        _bench.Settings = _bench.Settings with { Pipeline = Pipeline(_bench, configure, attempts) };
}
