using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>What each file costs, whatever its size: from 1 KiB to the size asked for, 16 times as much each step.</summary>
internal static class Sizes
{
    public static async Task RunAsync(Bench bench)
    {
        using var nginx = new Nginx(bench.Workspace, new());
        bench.Report.Title("Files of all sizes, one connection, nginx on loopback to tmpfs; in ms, and how much more than curl in the same round");
        bench.Report.Write("| | size | CPU ms | wall ms | CPU ms over curl | wall ms over curl |");
        bench.Report.Write("|---|---|---|---|---|---|");
        for (var size = 1024L; size <= bench.Settings.Size; size *= 16)
        {
            await RunAsync(bench, nginx, size);
        }
    }

    private static async Task RunAsync(Bench bench, Nginx nginx, long size)
    {
        var source = bench.Workspace.Fill("file.bin", size);
        Entry[] entries =
        [
            .. from contender in bench.Wanted("curl", "aria2", "plain", Field.Ours)
               select new Entry(contender, new($"{nginx.Base}/file.bin", bench.Workspace.TargetInMemory, 1), source),
        ];
        await new Comparison(bench, nginx, entries).RunAsync();
        var curl = entries.FirstOrDefault(static entry => entry.Contender.Name == "curl");
        foreach (var entry in entries)
        {
            bench.Report.Write($"| {entry.Contender.Name} | {size >> 10} KiB | {Of(entry, static usage => usage.Cpu)} | {Of(entry, static usage => usage.Wall)} | {Over(entry, static usage => usage.Cpu)} | {Over(entry, static usage => usage.Wall)} |");
        }

        string Over(Entry entry, Func<Usage, double> value) =>
            Spread.Of(entry.Measurements.Select(one => 1e3 * (value(one.Usage) - (curl?.In(one.Round) is { } other ? value(other.Usage) : double.NaN))));
    }

    private static string Of(Entry entry, Func<Usage, double> value) => Spread.Of(entry.Measurements.Select(one => 1e3 * value(one.Usage)));
}
