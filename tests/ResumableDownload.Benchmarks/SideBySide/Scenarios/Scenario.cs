using System.Runtime.InteropServices;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>Something that is measured.</summary>
/// <param name="Name">Its word on the command line.</param>
/// <param name="Defaults">What the figures in the README are taken with.</param>
/// <param name="MeasureAsync">Runs it.</param>
internal sealed record Scenario(string Name, Settings Defaults, Func<Bench, Task> MeasureAsync)
{
    private const long MiB = 1 << 20;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("loopback", new(7, 1024 * MiB, [1, 4, 8]), Loopback.RunAsync),
        new("tls", new(7, 1024 * MiB, [1, 4, 8]), Loopback.OverTlsAsync),
        new("links", new(7, 256 * MiB, [1, 4, 8, 16]), ShapedLinks.LongAsync),
        new("limited", new(7, 128 * MiB, [1, 4, 8, 16]), LimitedByServer.RunAsync),
        new("slow", new(7, 256 * MiB, [4]), OneSlow.RunAsync),
        new("kills", new(7, 256 * MiB, [1, 4]), Kills.RunAsync),
        new("resume", new(7, 10240 * MiB, [1]), ResumeStart.RunAsync),
        new("sizes", new(7, 1024 * MiB, [1]), Sizes.RunAsync),
        new("many", new(5, 10_000 * 4096, [16]), Many.RunAsync),
        new("paced", new(7, 256 * MiB, [1]), ShapedLinks.PacedAsync),
        new("memory", new(3, 1024 * MiB, [1, 8]), Memory.RunAsync),
    ];

    /// <summary>Runs scenarios one after the other; what they made is gone when it returns, whatever happened.</summary>
    public static async Task<int> RunAsync(IEnumerable<Scenario> scenarios, string[] words)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        var report = new Report(Console.Out, Console.Error);
        report.Open();
        try
        {
            var failed = 0;
            foreach (var scenario in scenarios)
            {
                using var workspace = new Workspace();
                failed += await scenario.TryAsync(new(scenario.Defaults.With(words), report, workspace, stop.Token));
            }

            return failed == 0 ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    // A kernel without TUN devices, or a user who is not root, must not cost the other scenarios.
    private async Task<int> TryAsync(Bench bench)
    {
        try
        {
            await MeasureAsync(bench);
            return 0;
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or System.ComponentModel.Win32Exception)
        {
            bench.Report.Note($"{Name} could not be measured: {exception.Message}");
            return 1;
        }
    }
}
