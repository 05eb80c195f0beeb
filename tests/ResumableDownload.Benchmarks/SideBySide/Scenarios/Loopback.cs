using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>As fast as the machine can, to memory and to the disk, in the clear and over TLS.</summary>
internal static class Loopback
{
    public static async Task RunAsync(Bench bench)
    {
        using var nginx = new Nginx(bench.Workspace, new());
        await RunAsync(bench, nginx, bench.Workspace.TargetInMemory, "nginx on loopback to tmpfs");
        await RunAsync(bench, nginx, bench.Workspace.TargetOnDisk, "nginx on loopback to the disk");
    }

    public static async Task OverTlsAsync(Bench bench)
    {
        var authority = new PrivateAuthority(bench.Workspace);
        using var nginx = new Nginx(bench.Workspace, new(Authority: authority));
        await RunAsync(bench, nginx, bench.Workspace.TargetInMemory, "nginx on loopback over TLS to tmpfs", authority);
    }

    private static async Task RunAsync(Bench bench, Nginx nginx, string target, string title, PrivateAuthority? authority = null)
    {
        var source = bench.Workspace.Fill("file.bin", bench.Settings.Size);
        Entry[] entries =
        [
            .. from pair in bench.Pairs()
               where authority is null || pair.Contender.HandlesTls
               select new Entry(pair.Contender, new($"{nginx.Base}/file.bin", target, pair.Connections, authority?.Root), source),
        ];
        await new Comparison(bench, nginx, entries) { Prepare = () => Settle(target) }.RunAsync();
        bench.Report.Title($"{title}, {bench.Settings.Size >> 20} MiB");
        bench.Report.Table(entries);
    }

    // What the one before has left to write is not to be paid by the next.
    private static void Settle(string target)
    {
        using var sync = System.Diagnostics.Process.Start("sync", ["-f", Path.GetDirectoryName(target)!]);
        sync.WaitForExit();
    }
}
