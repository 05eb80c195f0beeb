using Polly;
using Polly.Simmy;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>How the library's own retries and the caller's strategies are put together.</summary>
public sealed class RetryPipelineTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(1000, 1, "\"v1\"");
    private static readonly Conduct Down = new() { Fails = new HttpRequestException("down") };

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Strategies_are_added_to_a_pipeline_that_has_a_name_and_the_clock()
    {
        (string? Name, TimeProvider? Time) seen = default;
        Use(builder => seen = (builder.Name, builder.TimeProvider));
        await _bench.RunAsync();
        Assert.Equal(("ResumableDownload", _bench.Time), seen);
    }

    [Fact]
    public void A_strategy_that_cannot_be_is_seen_when_the_downloader_is_made()
    {
        var impossible = Assert.Throws<ArgumentException>(() => Use(static builder => builder.AddTimeout(TimeSpan.Zero)));
        Assert.StartsWith("ConfigureResilience adds a strategy that cannot be: ", impossible.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strategy_that_answers_with_nothing_has_let_no_attempt_through()
    {
        Use(static builder => builder.AddChaosOutcome(1, static () => (AttemptOutcome?)null));
        var failure = await _bench.FailAsync();
        Assert.Equal(DownloadFailure.Rejected, failure.Failure);
        Assert.StartsWith("A resilience strategy let no attempt through (", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Server.Requests);
    }

    [Fact]
    public async Task To_a_pipeline_of_the_callers_own_only_what_brought_nothing_is_told_as_such()
    {
        _bench.Settings = _bench.Settings with { Pipeline = new(_bench.Settings.Retry, _bench.Time, instead: ResiliencePipeline<AttemptOutcome>.Empty) };
        _bench.Server.Then(new Conduct { CutAfter = 400 });
        await _bench.RunAsync();
        Assert.Equal((2, 0), (_bench.Server.Requests.Length, _bench.Logger.Count(19)));
    }

    [Fact]
    public async Task Waits_vary_so_that_not_all_come_back_at_once()
    {
        var waits = new List<TimeSpan>();
        foreach (var jitter in (double[])[0.1, 0.9])
        {
            using var bench = new Bench(Version);
            bench.Settings = bench.Settings with { Retry = bench.Settings.Retry with { Jitter = () => jitter } };
            bench.Server.Then(Down);
            await bench.RunAsync();
            waits.Add(bench.Time.Elapsed);
        }

        Assert.NotEqual(waits[0], waits[1]);
    }

    [Fact]
    public async Task What_the_server_asks_for_is_waited_for_also_when_it_is_the_first_wait_of_the_options()
    {
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { FirstDelay = TimeSpan.FromSeconds(7), Jitter = static () => 0.1 } };
        _bench.Server.Then(new Conduct { Status = 503, Headers = [("Retry-After", "7")] });
        await _bench.RunAsync();
        Assert.Equal(TimeSpan.FromSeconds(7), _bench.Time.Elapsed);
    }

    private void Use(Action<ResiliencePipelineBuilder<AttemptOutcome>> configure) =>
        _bench.Settings = _bench.Settings with { Pipeline = new(_bench.Settings.Retry, _bench.Time, configure) };
}
