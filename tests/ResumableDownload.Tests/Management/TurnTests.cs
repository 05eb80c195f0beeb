namespace ResumableDownload.Tests.Management;

/// <summary>Whose turn it is.</summary>
public sealed class TurnTests
{
    [Fact]
    public async Task No_more_run_than_may_and_the_others_follow_in_order()
    {
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        var files = Names(4).Select(name => bench.Origin.Put(name)).ToArray();
        Assert.Equal(4, files.Length);
        Array.ForEach(Names(4), name => bench.Begin(name));
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal(Names(4), bench.Origin.Requests.Select(static request => request.Path));
    }

    [Fact]
    public async Task The_greater_priority_comes_first_also_when_it_changes_while_waiting()
    {
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        var first = bench.Origin.Put("f0", heldAt: 1000);
        Array.ForEach(Names(5)[1..], name => bench.Origin.Put(name));
        bench.Begin("f0");
        await bench.Origin.Stopped("f0");
        var downloads = Names(5)[1..].Select(name => bench.Begin(name, priority: name == "f3" ? 1 : 0)).ToArray();
        downloads[3].Priority = 2;
        first.Release();
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal(["f0", "f4", "f3", "f1", "f2"], bench.Origin.Requests.Select(static request => request.Path));
    }

    [Fact]
    public async Task One_host_holds_up_no_other()
    {
        await using var bench = new ManagerBench(static options => (options.MaxConcurrentDownloads, options.MaxConcurrentPerHost) = (3, 1));
        var held = Names(3).Select(name => bench.Origin.Put(name, heldAt: 1000)).ToArray();
        var other = bench.Origin.Put("other");
        Array.ForEach(Names(3), name => bench.Begin(name));
        await ManagerBench.Soon(bench.Begin("other", host: "two.test").Completion);
        bench.AssertWhole("other", other);
        await bench.Origin.Stopped("f0");
        Assert.Equal(["f0"], bench.Origin.Requests.Where(static request => request.Host == "one.test").Select(static request => request.Path));
        Array.ForEach(held, static file => file.Release());
        await ManagerBench.Soon(bench.Manager.WhenIdle());
    }

    [Fact]
    public async Task More_begin_at_once_when_more_may_and_the_last_ones_step_back_when_fewer_may()
    {
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        var files = Names(3).Select(name => bench.Origin.Put(name, heldAt: 1000)).ToArray();
        var downloads = Names(3).Select(name => bench.Begin(name)).ToArray();
        (bench.Manager.MaxConcurrentDownloads, bench.Manager.MaxConcurrentPerHost) = (3, 3);
        foreach (var name in Names(3))
        {
            await bench.Origin.Stopped(name);
        }

        bench.Manager.MaxConcurrentPerHost = 1;
        await bench.Reaches(downloads[1], DownloadState.Queued);
        await bench.Reaches(downloads[2], DownloadState.Queued);
        Assert.Equal(DownloadState.Running, downloads[0].State);
        Array.ForEach(files, static file => file.Release());
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.All(downloads, static download => Assert.Equal(DownloadState.Completed, download.State));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_limit_out_of_range_is_refused_and_named(int limit)
    {
        await using var bench = new ManagerBench();
        Assert.Contains("MaxConcurrentDownloads", Assert.Throws<ArgumentOutOfRangeException>(() => bench.Manager.MaxConcurrentDownloads = limit).Message, StringComparison.Ordinal);
        var both = Assert.Throws<ArgumentException>(() => new DownloadManager(new() { MaxConcurrentDownloads = limit, MaxConcurrentPerHost = limit }));
        Assert.Contains("MaxConcurrentDownloads", both.Message, StringComparison.Ordinal);
        Assert.Contains("MaxConcurrentPerHost", both.Message, StringComparison.Ordinal);
        Assert.Equal(3, bench.Manager.MaxConcurrentDownloads);
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(static index => $"f{index}")];
}
