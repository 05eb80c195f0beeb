using System.Diagnostics;
using System.Globalization;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>Managed allocation of one download after a warm-up, and the process's peak working set.</summary>
internal static class Memory
{
    public static async Task<int> RunAsync(int gibibytes)
    {
        var folder = Directory.CreateTempSubdirectory("resumable-memory-");
        try
        {
            await using var origin = new VirtualOrigin((long)gibibytes << 30);
            var target = Path.Combine(folder.FullName, "target.bin");
            using var downloader = new ResumableDownloader();
            await downloader.DownloadAsync(origin.Address, target);
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await downloader.DownloadAsync(origin.Address, target);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{allocated / 1024.0 / gibibytes:0} KiB allocated for each GiB (origin included); peak working set {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
