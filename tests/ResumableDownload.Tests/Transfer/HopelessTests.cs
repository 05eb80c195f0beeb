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
    public async Task A_full_disk_after_attempts_that_brought_nothing_is_told_as_one()
    {
        _bench.Server.Then(Down, Down);
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, _bench.Paths.Partial) ? throw DiskError.Full() : 0;

        Assert.Equal(DownloadFailure.DiskFull, (await _bench.FailAsync()).Failure);
        Assert.Equal(3, _bench.Server.Requests.Length);
    }
}
