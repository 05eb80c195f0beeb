using System.Diagnostics;

namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>Where programs are, and which versions.</summary>
internal static class Programs
{
    private static readonly Lazy<int> MostOfDemo = new(static () => Output(Demo, "--help").Contains("Only 1 works", StringComparison.Ordinal) ? 1 : 32);

    public static string Self => Environment.ProcessPath!;

    /// <summary>The demo; building this project builds it too, in the same configuration.</summary>
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

            var demo = Path.Combine(root.FullName, "samples", "ResumableDownload.ConsoleDemo", "bin", here.Parent!.Name, here.Name, "resumable-download");
            return File.Exists(demo) ? demo : throw new InvalidOperationException($"Build the demo first: dotnet build -c {here.Parent.Name}");
        }
    }

    public static int MostConnectionsOfDemo => MostOfDemo.Value;

    public static bool Exists(string program) =>
        Path.IsPathRooted(program) || Environment.GetEnvironmentVariable("PATH")!.Split(':').Append("/usr/sbin").Append("/sbin").Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Name and version, as the program tells them itself.</summary>
    public static string Version(string program)
    {
        var first = Output(program, program == "nginx" ? "-v" : "--version").Split('\n')[0];
        return string.Join(' ', first.Split(' ', StringSplitOptions.RemoveEmptyEntries).TakeWhile(static word => word[0] is not '(' and not '-' && word != "built"));
    }

    private static string Output(string program, string argument)
    {
        var start = new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Length > 0 ? output : error.Result;
    }
}
