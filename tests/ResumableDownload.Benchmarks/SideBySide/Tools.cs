using System.Diagnostics;
using System.Globalization;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>Processes to measure, and where they are.</summary>
internal static class Tools
{
    public static string Self => Environment.ProcessPath!;

    /// <summary>The demo, built in the same configuration as this program.</summary>
    public static string Demo
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            var root = here;
            while (!File.Exists(Path.Combine(root.FullName, "ResumableDownload.sln")))
            {
                root = root.Parent ?? throw new InvalidOperationException("The solution was not found above this program.");
            }

            var configuration = here.Parent!.Name;
            var demo = Path.Combine(root.FullName, "samples", "ResumableDownload.ConsoleDemo", "bin", configuration, here.Name, "resumable-download");
            return File.Exists(demo) ? demo : throw new InvalidOperationException($"Build the demo first: dotnet build -c {configuration}");
        }
    }

    /// <summary>Runs a command to its end; CPU seconds of the whole process, and wall seconds.</summary>
    public static async Task<(double Cpu, double Wall)> MeasureAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["TIMEFORMAT"] = "%U %S %R";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("time \"$0\" \"$@\" >/dev/null 2>/dev/null");
        start.ArgumentList.Add(command);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var times = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} failed with {process.ExitCode}: {times}");
        }

        var figures = times.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^3..].Select(static word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return (figures[0] + figures[1], figures[2]);
    }

    public static string Spread(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2]:0.00} ({sorted[0]:0.00} to {sorted[^1]:0.00})");
    }
}
