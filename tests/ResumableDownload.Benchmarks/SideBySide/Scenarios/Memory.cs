using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>What a download allocates, and how much memory it takes beyond a .NET process that does nothing.</summary>
internal static class Memory
{
    private const double MiB = 1 << 20;

    public static async Task RunAsync(Bench bench)
    {
        using var nginx = new Nginx(bench.Workspace, new());
        bench.Workspace.Fill("file.bin", bench.Settings.Size);
        var url = $"{nginx.Base}/file.bin";
        bench.Report.Title($"Memory, {bench.Settings.Size >> 20} MiB from nginx on loopback to tmpfs");
        bench.Report.Write("| | |");
        bench.Report.Write("|---|---|");
        bench.Report.Write($"| managed allocation for each GiB after a warm-up, MiB | {Spread.Of(await AllocatedAsync(bench, new(url)))} |");
        bench.Report.Write($"| peak of a .NET process that does nothing, MiB | {Spread.Of(await PeaksAsync(bench, new(Programs.Self, "idle")))} |");
        foreach (var (contender, connections) in bench.Pairs("curl", "aria2", "plain", Field.Ours))
        {
            var command = contender.For(new(url, bench.Workspace.TargetInMemory, connections));
            bench.Report.Write($"| peak of {contender.Name}, {connections} connections, MiB | {Spread.Of(await PeaksAsync(bench, command))} |");
        }
    }

    private static async Task<double[]> AllocatedAsync(Bench bench, Uri address)
    {
        using var downloader = new ResumableDownloader();
        var allocated = new double[bench.Settings.Rounds + 1];
        for (var round = 0; round < allocated.Length; round++)
        {
            Workspace.Clear(bench.Workspace.TargetInMemory);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await downloader.DownloadAsync(address, bench.Workspace.TargetInMemory, cancellationToken: bench.Stop);
            allocated[round] = (GC.GetTotalAllocatedBytes(precise: true) - before) / MiB * (1 << 30) / bench.Settings.Size;
        }

        return allocated[1..];
    }

    private static async Task<double[]> PeaksAsync(Bench bench, Command command)
    {
        var peaks = new double[bench.Settings.Rounds];
        for (var round = 0; round < peaks.Length; round++)
        {
            Workspace.Clear(bench.Workspace.TargetInMemory);
            peaks[round] = (await Child.RunAsync(command, bench.Workspace.Complaints, bench.Stop)).Peak;
        }

        return peaks;
    }
}
