using System.Diagnostics;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>How long after the start of the process the first resumed byte is asked for, and whether that grows with what is kept.</summary>
internal static class ResumeStart
{
    private const long Length = 6L << 30;

    public static async Task<int> RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("resumable-start-");
        try
        {
            await using var origin = new VirtualOrigin(Length);
            (string Name, string Path, long Kept)[] cases =
            [
                ("64 MiB kept", Path.Combine(folder.FullName, "little.bin"), 64L << 20),
                ("4 GiB kept", Path.Combine(folder.FullName, "much.bin"), 4L << 30),
            ];
            foreach (var (_, path, kept) in cases)
            {
                await KillAtAsync(origin, path, kept);
            }

            Console.WriteLine($"{rounds} rounds; ms from the start of the process to the range request, median (least to most)");
            var times = cases.Select(static _ => new List<double>()).ToArray();
            for (var round = 0; round <= rounds; round++)
            {
                for (var index = 0; index < cases.Length; index++)
                {
                    var elapsed = await StartAsync(origin, cases[index].Path);
                    if (round > 0)
                    {
                        times[index].Add(elapsed.TotalMilliseconds);
                    }
                }
            }

            for (var index = 0; index < cases.Length; index++)
            {
                Console.WriteLine($"| {cases[index].Name} | {Tools.Spread(times[index])} |");
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task KillAtAsync(VirtualOrigin origin, string path, long kept)
    {
        using var demo = Process.Start(Tools.Demo, [origin.Address.AbsoluteUri, "-o", path, "-q"]);
        while (!File.Exists(path + ".partial") || new FileInfo(path + ".partial").Length < kept)
        {
            await Task.Delay(5);
        }

        demo.Kill();
        await demo.WaitForExitAsync();
    }

    private static async Task<TimeSpan> StartAsync(VirtualOrigin origin, string path)
    {
        var asked = origin.Expect();
        var began = Stopwatch.GetTimestamp();
        using var demo = Process.Start(Tools.Demo, [origin.Address.AbsoluteUri, "-o", path, "-q"]);
        var moment = await asked.Task;
        demo.Kill();
        await demo.WaitForExitAsync();
        return Stopwatch.GetElapsedTime(began, moment);
    }
}
