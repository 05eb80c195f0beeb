using Polly;
using Polly.Hedging;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Polly's hedging: a request that is not answered gives way to another one, and no two of a connection ever run side by side.</summary>
public sealed class HedgingTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly Conduct Down = new() { Fails = new HttpRequestException("down") };

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

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

    [Fact]
    public async Task Hedges_of_a_server_that_is_always_slower_than_their_delay_come_to_an_end()
    {
        Use(Hedge(TimeSpan.FromSeconds(1), most: 3));
        _bench.Server.Otherwise = new Conduct { AnswersAfter = TimeSpan.FromSeconds(1.5) };

        var result = await _bench.RunAsync();

        Assert.Equal(4, result.Requests);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 4, 5);
        _bench.AssertWhole(Version);
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

    [Fact]
    public async Task What_no_attempt_can_mend_passes_all_strategies()
    {
        Use(Hedge(TimeSpan.FromSeconds(1)));
        _bench.Server.Otherwise = new Conduct { Status = 404 };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.NotFound, failure.Failure);
        Assert.Single(_bench.Server.Requests);
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
