using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>One connection, the first or the second that a client opens, has 2 % of the others' 10 MB/s for as long as it lives.</summary>
internal static class OneSlow
{
    private const double Fast = 10e6;
    private const double Slow = Fast / 50;

    public static async Task RunAsync(Bench bench)
    {
        await RunAsync(bench, 0, "first");
        await RunAsync(bench, 1, "second");
    }

    private static async Task RunAsync(Bench bench, int slow, string name)
    {
        var source = bench.Workspace.Fill("file.bin", bench.Settings.Size);
        using var content = new FileContent(source);
        await using var origin = new OwnOrigin(content) { Speed = number => number == slow ? Slow : Fast };
        Entry[] entries =
        [
            .. from pair in bench.Pairs("aria2", "axel", Field.Ours)
               where pair.Connections > 1
               select new Entry(pair.Contender, new(origin.Url, bench.Workspace.TargetInMemory, pair.Connections), source)
               {
                   Ideal = bench.Settings.Size / (((pair.Connections - 1) * Fast) + Slow),
               },
        ];
        await new Comparison(bench, origin, entries).RunAsync();
        bench.Report.Title($"The {name} connection has 0.2 MB/s, all others 10 MB/s, {bench.Settings.Size >> 20} MiB");
        bench.Report.Table(entries);
    }
}
