namespace ResumableDownload.Tests.Management;

/// <summary>Everything that was not finished comes back after a restart, as it was.</summary>
public sealed class RestoreTests
{
    [Fact]
    public async Task Each_comes_back_as_it_was_and_what_ran_fetches_only_what_is_missing()
    {
        await using var bench = new ManagerBench(isKept: true);
        var running = bench.Origin.Put("running", 3_000_000, heldAt: 2_000_000);
        bench.Origin.Put("paused", heldAt: 1000);
        bench.Origin.Put("done");
        bench.Origin.Put("given-up", heldAt: 1000);
        bench.Begin("running");
        await bench.Origin.Stopped("running");
        await ManagerBench.Soon(bench.Begin("paused").PauseAsync());
        await ManagerBench.Soon(bench.Begin("done").Completion);
        await ManagerBench.Soon(bench.Begin("given-up").CancelAsync());
        await bench.Reaches(bench.Begin("failed"), DownloadState.Failed);
        bench.Manager.Add(bench.Request("never-started"), priority: 7);
        running.LetNextGo();

        await bench.RestartAsync();

        var back = bench.Manager.Downloads.ToDictionary(static download => Path.GetFileName(download.Request.Destination));
        Assert.Equal(["failed", "never-started", "paused", "running"], back.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2_000_000, (await ManagerBench.Soon(back["running"].Completion)).ResumedFrom);
        bench.AssertWhole("running", running);
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal((DownloadState.Paused, DownloadState.Failed, DownloadState.Queued), (back["paused"].State, back["failed"].State, back["never-started"].State));
        Assert.Equal(7, back["never-started"].Priority);
        await Assert.ThrowsAsync<DownloadException>(() => back["failed"].Completion);
        Assert.Equal([null, "bytes=2000000-"], bench.Origin.Requests.Where(static request => request.Path == "running").Select(static request => request.Range));
    }

    [Fact]
    public async Task What_came_back_can_be_steered_as_before()
    {
        await using var bench = new ManagerBench(isKept: true);
        var (paused, failed, added) = (bench.Origin.Put("paused", heldAt: 1000), "failed", bench.Origin.Put("added"));
        await ManagerBench.Soon(bench.Begin("paused").PauseAsync());
        await bench.Reaches(bench.Begin(failed), DownloadState.Failed);
        bench.Manager.Add(bench.Request("added"));
        await bench.RestartAsync();
        paused.Release();
        bench.Origin.Put(failed);

        Array.ForEach([.. bench.Manager.Downloads], static download => download.Start());
        await ManagerBench.Soon(bench.Manager.WhenIdle());

        Assert.All(bench.Manager.Downloads, static download => Assert.Equal(DownloadState.Completed, download.State));
        bench.AssertWhole("added", added);
        await bench.RestartAsync();
        Assert.Empty(bench.Manager.Downloads);
    }

    [Fact]
    public async Task A_listener_is_attached_by_adding_the_same_again()
    {
        await using var bench = new ManagerBench(isKept: true);
        bench.Origin.Put("a");
        var id = bench.Manager.Add(bench.Request("a")).Id;
        await bench.RestartAsync();
        var heard = new Heard();
        var download = bench.Manager.Add(bench.Request("a"), heard);
        Assert.Equal(id, download.Id);
        download.Start();
        await heard.Ended;
    }

    [Fact]
    public async Task Header_fields_and_functions_are_put_back_by_the_caller()
    {
        await using var bench = new ManagerBench(isKept: true);
        bench.Origin.Put("a");
        bench.Manager.Add(new DownloadRequest(HeldOrigin.Of("a"), bench.Folder.File("a")) { Headers = [new("Authorization", "Bearer token-of-mine")] });
        bench.Manager.Add(bench.Request("b"));
        Assert.DoesNotContain("token-of-mine", await ReadShared(bench.QueuePath), StringComparison.Ordinal);
        SavedDownload? seen = null;
        await bench.RestartAsync(saved => saved.HadHeaders ? new DownloadRequest((seen = saved).Source!, saved.Destination) { Headers = [new("Authorization", "Bearer fresh")] } : null);
        Assert.Equal((HeldOrigin.Of("a"), bench.Folder.File("a")), (seen!.Source, seen.Destination));
        Assert.Equal("Bearer fresh", Assert.Single(Assert.Single(bench.Manager.Downloads).Request.Headers).Value);

        await bench.RestartAsync();
        Assert.Equal(bench.Folder.File("a"), Assert.Single(bench.Manager.Downloads).Request.Destination);
    }

    [Fact]
    public async Task Another_destination_is_no_revival_and_nothing_is_lost()
    {
        await using var bench = new ManagerBench(isKept: true);
        bench.Manager.Add(bench.Request("a"));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.RestartAsync(saved => bench.Request("elsewhere")));
        await bench.RestartAsync();
        Assert.Single(bench.Manager.Downloads);
    }

    [Fact]
    public async Task Without_addresses_the_file_holds_none_and_a_function_must_bring_them()
    {
        await using var bench = new ManagerBench(static options => options.RememberUris = false, isKept: true);
        bench.Manager.Add(bench.Request("a"));
        Assert.DoesNotContain("one.test", await ReadShared(bench.QueuePath), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => bench.RestartAsync());
        await bench.RestartAsync(saved => bench.Request(Path.GetFileName(saved.Destination)), static options => options.RememberUris = false);
        Assert.Equal(HeldOrigin.Of("a"), Assert.Single(bench.Manager.Downloads).Request.Source);
        Assert.DoesNotContain("one.test", await ReadShared(bench.QueuePath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fresh_signature_and_a_priority_are_remembered()
    {
        await using var bench = new ManagerBench(isKept: true);
        var download = bench.Manager.Add(bench.Request("a"));
        bench.Manager.Add(bench.Request("b"));
        bench.Manager.Add(new DownloadRequest(new Uri("https://one.test/a?OSSAccessKeyId=id&Expires=4100000000&Signature=fresh"), bench.Folder.File("a")));
        download.Priority = 3;
        await bench.RestartAsync();
        var first = bench.Manager.Downloads[0];
        Assert.Equal((download.Id, 3), (first.Id, first.Priority));
        Assert.Contains("fresh", first.Request.Source.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_managers_do_not_share_a_file()
    {
        await using var bench = new ManagerBench(isKept: true);
        Assert.Equal(DownloadFailure.InUse, Assert.Throws<DownloadException>(() => DownloadManager.Open(bench.QueuePath)).Failure);
    }

    [Fact]
    public async Task A_torn_tail_loses_the_last_change_only()
    {
        await using var bench = new ManagerBench(isKept: true);
        bench.Manager.Add(bench.Request("a"));
        bench.Manager.Add(bench.Request("b"));
        await ManagerBench.Soon(bench.Manager.DisposeAsync().AsTask());
        var bytes = await File.ReadAllBytesAsync(bench.QueuePath);
        await File.WriteAllBytesAsync(bench.QueuePath, bytes[..^5]);
        await bench.RestartAsync();
        Assert.Equal([bench.Folder.File("a")], bench.Manager.Downloads.Select(static download => download.Request.Destination));
        Assert.Contains(bench.Logger.Lines, static line => line.StartsWith("The state file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_that_are_refused_leave_the_file_free()
    {
        await using var bench = new ManagerBench(isKept: true);
        await ManagerBench.Soon(bench.Manager.DisposeAsync().AsTask());
        Assert.Throws<ArgumentException>(() => DownloadManager.Open(bench.QueuePath, options: new() { MaxConcurrentDownloads = 0 }));
        await bench.RestartAsync();
    }

    private static async Task<string> ReadShared(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync();
    }
}
