namespace ResumableDownload.Tests.Management;

/// <summary>Anything, in any order, from several threads: what must hold holds all the same.</summary>
public sealed class StressTests
{
    private const int Threads = 4;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_is_done_in_whatever_order_all_finish_in_the_end(int seed)
    {
        await using var bench = new StressBench(seed);
        bench.Watch();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => new StressOperations(bench, (seed * 1000) + thread).RunAsync(500))));
        await CalmAsync(bench);
        for (var slot = 1; slot < StressBench.Slots; slot += 2)
        {
            await CancelAsync(bench, slot);
        }

        await FinishAsync(bench);
        await ManagerBench.Soon(bench.Manager.DisposeAsync().AsTask());
        await bench.CheckAfterEndAsync();
        AssertNothingWrong(bench, seed);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_manager_may_be_disposed_at_any_time(int seed)
    {
        await using var bench = new StressBench(seed);
        bench.Watch();
        var going = Enumerable.Range(0, Threads).Select(thread => Task.Run(() => new StressOperations(bench, (seed * 1000) + thread).RunAsync(200))).ToArray();
        await Task.WhenAny(going);
        var idle = bench.Manager.WhenIdle();
        await ManagerBench.Soon(bench.Manager.DisposeAsync().AsTask());
        await ManagerBench.Soon(idle);
        await ManagerBench.Soon(Task.WhenAll(going));
        await bench.CheckAfterEndAsync();
        AssertNothingWrong(bench, seed);
    }

    // Everything that is going on stops, and nothing was left over.
    private static async Task CalmAsync(StressBench bench)
    {
        bench.Network.Switch(NetworkKind.Unmetered);
        await ManagerBench.Soon(bench.Manager.PauseAllAsync());
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        bench.Expect(bench.Origin.InFlight == 0, "requests are under way while nothing is going on");
        bench.Expect(bench.Origin.Most <= StressBench.MostDownloads && bench.Origin.MostOfHost <= StressBench.MostPerHost, $"{bench.Origin.Most} downloads ran at once, {bench.Origin.MostOfHost} of one host");
        bench.Origin.Calm();
        (bench.Manager.MaxConcurrentDownloads, bench.Manager.MaxConcurrentPerHost) = (2, 1);
    }

    private static async Task CancelAsync(StressBench bench, int slot)
    {
        if (HolderOf(bench, slot) is { } download)
        {
            await ManagerBench.Soon(download.CancelAsync());
            bench.Expect(download.State == DownloadState.Cancelled, $"{download} is not cancelled");
            bench.Expect(!bench.KeptOf(slot).Any(), $"something was kept of slot {slot}: {string.Join(", ", bench.KeptOf(slot))}");
        }
    }

    private static async Task FinishAsync(StressBench bench)
    {
        var downloads = Enumerable.Range(0, StressBench.Slots).Where(static slot => slot % 2 == 0).Select(slot => (Slot: slot, Download: HolderOf(bench, slot))).ToArray();
        foreach (var (_, download) in downloads)
        {
            download?.Start();
        }

        await ManagerBench.Soon(bench.Manager.WhenIdle());
        foreach (var (slot, download) in downloads)
        {
            var path = download?.Request.Source.AbsolutePath.TrimStart('/') ?? "nothing";
            bench.Expect(download?.State == DownloadState.Completed, $"slot {slot} is not completed: {download}");
            var content = File.Exists(bench.PathOf(slot)) ? await File.ReadAllBytesAsync(bench.PathOf(slot)) : [];

            // What had come wholly before the file changed is not asked for again.
            var isOld = download?.Completion is { IsCompletedSuccessfully: true, Result.Requests: 0 } && bench.Origin.IsAny(path, content);
            bench.Expect(isOld || bench.Origin.IsNewest(path, content), $"slot {slot} is not what {path} is now");
            bench.Expect(!bench.KeptOf(slot).Any(), $"something was kept of slot {slot}");
        }

        bench.Expect(bench.Origin.Most <= 2 && bench.Origin.MostOfHost <= 1, $"{bench.Origin.Most} downloads ran at once, {bench.Origin.MostOfHost} of one host, when 2 and 1 were allowed");
    }

    // The one that has the destination, whichever of the two; a new one if there is none.
    private static Download? HolderOf(StressBench bench, int slot) => bench.Add(slot) ?? bench.Add(slot, isOther: true);

    private static void AssertNothingWrong(StressBench bench, int seed) =>
        Assert.True(bench.Violations.IsEmpty, $"Seed {seed}, after {bench.Origin.Requests} requests, {bench.Origin.Resumed} of them resumed, and {bench.Known.Count} downloads: {string.Join("; ", bench.Violations.Take(5))}");
}
