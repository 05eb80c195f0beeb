using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>Runs all entries in each round, so that a noisy machine is noisy for all; the first round warms up and is not counted.</summary>
internal sealed class Comparison(Bench bench, IOrigin origin, IReadOnlyList<Entry> entries)
{
    /// <summary>What is done before each run, outside of the measured time.</summary>
    public Action Prepare { get; init; } = static () => { };

    public async Task RunAsync()
    {
        for (var round = 0; round <= bench.Settings.Rounds; round++)
        {
            for (var turn = 0; turn < entries.Count; turn++)
            {
                // Nobody is always the one after the heaviest.
                var entry = entries[(turn + round) % entries.Count];
                bench.Report.Note($"round {round}/{bench.Settings.Rounds}: {entry.Contender.Name}, {entry.Job.Connections}");
                await RunAsync(entry, round);
            }
        }
    }

    private async Task RunAsync(Entry entry, int round)
    {
        Workspace.Clear(entry.Job.Target);
        Prepare();
        origin.StartCounting();
        var child = Child.Start(entry.Command, bench.Workspace.Complaints);
        var usage = await child.EndAsync(bench.Stop);
        var served = await origin.ServedAsync();
        var fault = usage.Status == 0 ? entry.Check(entry) : $"exit code {usage.Status} {child.Complaint}";
        if (fault is not null)
        {
            entry.Refuse(fault);
        }
        else if (round > 0)
        {
            entry.Add(new(round, usage, served));
        }

        Workspace.Clear(entry.Job.Target);
    }
}
