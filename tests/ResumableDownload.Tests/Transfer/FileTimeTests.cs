using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>The time of the file, when the caller wants the server's.</summary>
public sealed class FileTimeTests : IDisposable
{
    private readonly Bench _bench = new(ResourceVersion.Random(1000, 1, "\"v1\"") with { LastModified = "Wed, 21 Oct 2015 07:28:00 GMT" });

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_set_only_on_request(bool isWanted)
    {
        _bench.Settings = _bench.Settings with { SetsFileTime = isWanted };
        await _bench.RunAsync();
        using var file = _bench.Disk.OpenToRead(_bench.Target);
        Assert.Equal(isWanted, file?.LastWrite == new DateTime(2015, 10, 21, 7, 28, 0, DateTimeKind.Utc));
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData(null)]
    public async Task A_time_that_is_none_is_no_fault(string? modified)
    {
        _bench.Settings = _bench.Settings with { SetsFileTime = true };
        _bench.Server.Version = _bench.Server.Version with { LastModified = modified };
        await _bench.RunAsync();
        _bench.AssertWhole(_bench.Server.Version);
    }

    /// <summary>The partial file's time is compared with its journal's; a time of the future must not look like tampering for ever.</summary>
    [Fact]
    public async Task A_commit_that_is_cut_off_after_the_time_was_set_is_gone_on_with()
    {
        _bench.Settings = _bench.Settings with { SetsFileTime = true };
        _bench.Server.Version = _bench.Server.Version with { LastModified = "Fri, 01 Jan 2100 00:00:00 GMT" };
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Rename, _bench.Target) ? throw DiskError.Broken() : 0;
        await _bench.FailAsync();
        _bench.Disk.Before = null;

        var result = await _bench.RunAsync();

        Assert.Equal((0, 1000L), (result.Requests, result.ResumedFrom));
        _bench.AssertWhole(_bench.Server.Version);
    }
}
