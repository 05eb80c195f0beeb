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
            foreach (var scenario in scenarios)
            {
                using var workspace = new Workspace();
                await scenario.MeasureAsync(new(scenario.Defaults.With(words), report, workspace, stop.Token));
            }

            return 0;
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
}
