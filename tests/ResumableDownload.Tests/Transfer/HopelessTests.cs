using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What no attempt can mend ends a download, whatever came before it.</summary>
public sealed class HopelessTests : IDisposable
{
    private static readonly Conduct Down = new() { Fails = new HttpRequestException("down") };

    private readonly Bench _bench = new(ResourceVersion.Random(1000, 1, "\"v1\""));

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_status_that_will_not_pass_ends_it_also_after_attempts_that_brought_nothing(bool hasStrategies)
    {
        _bench.Settings = _bench.Settings with { Pipeline = new(_bench.Settings.Retry, _bench.Time, hasStrategies ? static _ => { } : null) };
        _bench.Server.Then(Down, new Conduct { Status = 503 }, new Conduct { Status = 404 });

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.NotFound, 3), (failure.Failure, _bench.Server.Requests.Length));
    }

    [Fact]
    public async Task A_cancellation_of_the_callers_own_code_ends_it_and_nothing_more_is_asked()
    {
        _bench.Server.Otherwise = new Conduct { CutAfter = 10 };

        var stopped = await Assert.ThrowsAsync<OperationCanceledException>(() => _bench.RunAsync(new Thrower(new OperationCanceledException("mine"))));

        Assert.Equal(("mine", 1), (stopped.Message, _bench.Server.Requests.Length));
        Assert.Equal(0, _bench.Disk.OpenFiles);
    }

    [Fact]
    public async Task What_the_callers_own_code_throws_is_logged_by_its_name_and_not_by_its_words()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.RunAsync(new Thrower(new InvalidOperationException("GET https://origin.test/?token=secret"))));

        Assert.Equal(1, _bench.Logger.Count(24));
        Assert.Contains("InvalidOperationException", _bench.Logger.Lines.Last(), StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Logger.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
        Assert.False(_bench.Logger.HasExceptions);
    }

    [Fact]
    public async Task A_full_disk_after_attempts_that_brought_nothing_is_told_as_one()
    {
        _bench.Server.Then(Down, Down);
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, _bench.Paths.Partial) ? throw DiskError.Full() : 0;

        Assert.Equal(DownloadFailure.DiskFull, (await _bench.FailAsync()).Failure);
        Assert.Equal(3, _bench.Server.Requests.Length);
    }

    private sealed class Thrower(Exception exception) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => throw exception;
    }
}
