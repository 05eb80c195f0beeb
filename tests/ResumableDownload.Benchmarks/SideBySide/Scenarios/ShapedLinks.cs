using System.Diagnostics;
using System.Globalization;
using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Link;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>Links that are long, that lose, or that are slower than the machine.</summary>
internal static class ShapedLinks
{
    private const double MiB = 1 << 20;

    /// <summary>A long link and two lossy ones, over which one connection with cubic brings a few 100 KB/s, and which get a sixteenth and a thirty-second of the size.</summary>
    public static async Task LongAsync(Bench bench)
    {
        await RunAsync(bench, new(50, 1000, 0), bench.Settings.Size, ["curl", "aria2", "axel", "plain", Field.Ours]);
        await RunAsync(bench, new(100, 200, 0.1), bench.Settings.Size / 16, ["curl", "aria2", "axel", Field.Ours]);
        await RunAsync(bench, new(100, 200, 1), bench.Settings.Size / 32, ["curl", "aria2", "axel", Field.Ours]);
    }

    /// <summary>The everyday case: one connection that is as fast as the link. 419 and 84 Mbit of frames carry 50 and 10 MB/s.</summary>
    public static async Task PacedAsync(Bench bench)
    {
        string[] names = ["curl", "wget", "aria2", "plain", "raw", Field.Ours];
        await RunAsync(bench, new(1, 50 * 8 * 1514 / 1448.0, 0), bench.Settings.Size, names);
        await RunAsync(bench, new(1, 10 * 8 * 1514 / 1448.0, 0), bench.Settings.Size / 4, names);
    }

    private static async Task RunAsync(Bench bench, LinkTraits traits, long size, string[] names)
    {
        using var link = new ShapedLink(traits);
        using var nginx = new Nginx(bench.Workspace, new(ShapedLink.ServerAddress, link.Server));
        var source = bench.Workspace.Fill("file.bin", size);
        var url = $"{nginx.Base}/file.bin";
        Entry[] entries =
        [
            .. from pair in bench.Pairs(names)
               select new Entry(pair.Contender, new(url, bench.Workspace.TargetInMemory, pair.Connections), source)
               {
                   Namespace = link.Client,
                   Ideal = traits.SecondsFor(size),
               },
        ];
        bench.Report.Title($"Link of {traits}: {Spread.Figure(size / MiB)} MiB, nothing quicker than {Spread.Figure(traits.SecondsFor(size))} s");
        bench.Report.Write($"The link as measured: {Probe(url, link, connections: 8)}\n");
        await new Comparison(bench, nginx, entries).RunAsync();
        bench.Report.Table(entries);
        var (sent, lost, overflowed) = link.Counts;
        bench.Report.Write(string.Create(CultureInfo.InvariantCulture, $"\nOf {sent + lost + overflowed} packets from the server {lost} were lost at random ({100.0 * lost / (sent + lost):0.00} %), and {overflowed} found the queue full."));
    }

    private static string Probe(string url, ShapedLink link, int connections)
    {
        var command = new Command(Programs.Self, "probe", url, connections.ToString(CultureInfo.InvariantCulture)).Within(link.Client);
        using var probe = Process.Start(new ProcessStartInfo(command.Path, command.Arguments) { RedirectStandardOutput = true })!;
        return probe.StandardOutput.ReadToEnd().TrimEnd();
    }
}
