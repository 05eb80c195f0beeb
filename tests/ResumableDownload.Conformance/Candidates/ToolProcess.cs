using System.Diagnostics;
using System.Globalization;

namespace ResumableDownload.Conformance;

/// <summary>One process of a tool, ended by its id when its time is over.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public static async Task<CandidateEnd> RunAsync(ProcessStartInfo start, TimeSpan limit)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var isTimedOut = !await EndsAsync(process, limit);
        if (isTimedOut)
        {
            await EndAsync(process);
        }

        var said = $"{await errors} {await output}".Trim();
        return new(process.ExitCode == 0 && !isTimedOut, isTimedOut, $"exit {process.ExitCode}: {said[Math.Max(0, said.Length - 400)..]}");
    }

    // SIGTERM first: tools that keep notes of how far they came write them then.
    private static async Task EndAsync(Process process)
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        if (!await EndsAsync(process, Grace))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> EndsAsync(Process process, TimeSpan limit)
    {
        using var time = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(time.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return process.HasExited;
        }
    }
}
