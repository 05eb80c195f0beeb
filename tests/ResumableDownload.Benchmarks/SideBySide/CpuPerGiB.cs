using System.Globalization;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>CPU seconds for each GiB, whole processes, in interleaved rounds, so that a noisy machine is noisy for all.</summary>
internal static class CpuPerGiB
{
    public static async Task<int> RunAsync(int rounds, int gibibytes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"resumable-cpu-{Environment.ProcessId}"));
        try
        {
            var content = folder.CreateSubdirectory("content");
            WriteContent(Path.Combine(content.FullName, "file.bin"), gibibytes);
            using var nginx = new Nginx(content.FullName);
            var url = $"http://127.0.0.1:{nginx.Port}/file.bin";
            var target = Path.Combine(folder.FullName, "target.bin");
            (string Name, Func<Task<(double Cpu, double Wall)>> Run)[] contenders =
            [
                ("curl -o", () => Tools.MeasureAsync("curl", "-s", "-o", target, url)),
                ("HttpClient CopyToAsync", () => Tools.MeasureAsync(Tools.Self, "plain", url, target)),
                ("ResumableDownload demo", () => Tools.MeasureAsync(Tools.Demo, url, "-o", target, "-q")),
            ];
            await CompareAsync(contenders, rounds, gibibytes, target);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync((string Name, Func<Task<(double Cpu, double Wall)>> Run)[] contenders, int rounds, int gibibytes, string target)
    {
        var results = contenders.Select(static _ => new List<(double Cpu, double Wall)>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var index = 0; index < contenders.Length; index++)
            {
                File.Delete(target);
                var (cpu, wall) = await contenders[index].Run();
                if (round > 0)
                {
                    results[index].Add((cpu / gibibytes, wall / gibibytes));
                }
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds of {gibibytes} GiB; median (least to most)"));
        Console.WriteLine("| | CPU s/GiB | wall s/GiB | CPU ratio to plain, same round |");
        Console.WriteLine("|---|---|---|---|");
        for (var index = 0; index < contenders.Length; index++)
        {
            var ratios = results[index].Zip(results[1], static (one, plain) => one.Cpu / plain.Cpu);
            Console.WriteLine($"| {contenders[index].Name} | {Tools.Spread(results[index].Select(static r => r.Cpu))} | {Tools.Spread(results[index].Select(static r => r.Wall))} | {Tools.Spread(ratios)} |");
        }
    }

    private static void WriteContent(string path, int gibibytes)
    {
        var random = new Random(1);
        var piece = new byte[16 << 20];
        random.NextBytes(piece);
        using var file = File.Create(path);
        for (var written = 0L; written < (long)gibibytes << 30; written += piece.Length)
        {
            file.Write(piece);
        }
    }
}
