using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>A server that gives each connection 5 MiB/s: as many connections, as many times as fast.</summary>
internal static class LimitedByServer
{
    private const int KibibytesPerSecond = 5 << 10;

    public static async Task RunAsync(Bench bench)
    {
        using var nginx = new Nginx(bench.Workspace, new());
        var source = bench.Workspace.Fill("file.bin", bench.Settings.Size);
        var url = nginx.Limited(KibibytesPerSecond, "file.bin");
        Entry[] entries =
        [
            .. from pair in bench.Pairs("curl", "aria2", "axel", Field.Ours)
               select new Entry(pair.Contender, new(url, bench.Workspace.TargetInMemory, pair.Connections), source)
               {
                   Ideal = bench.Settings.Size / 1024.0 / KibibytesPerSecond / pair.Connections,
               },
        ];
        await new Comparison(bench, nginx, entries).RunAsync();
        bench.Report.Title($"5 MiB/s for each connection, {bench.Settings.Size >> 20} MiB");
        bench.Report.Table(entries);
    }
}
