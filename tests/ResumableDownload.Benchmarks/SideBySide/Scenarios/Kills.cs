using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>Twenty times kill -9 in a row, and then to the end: how much is sent more than once, and whether the file is right.</summary>
internal static class Kills
{
    private const int Most = 20;

    // Together all connections would take this long without a kill: less than twenty lives of half a second bring, starts included.
    private const int Seconds = 12;

    public static async Task RunAsync(Bench bench)
    {
        using var nginx = new Nginx(bench.Workspace, new());
        var source = bench.Workspace.Fill("file.bin", bench.Settings.Size);
        var pairs = bench.Pairs().Where(static pair => pair.Contender.Continuing is not null).ToArray();
        var results = pairs.Select(static _ => new List<Outcome>()).ToArray();
        for (var round = 1; round <= bench.Settings.Rounds; round++)
        {
            for (var index = 0; index < pairs.Length; index++)
            {
                var (contender, connections) = pairs[index];
                bench.Report.Note($"round {round}/{bench.Settings.Rounds}: {contender.Name}, {connections}");
                var url = nginx.Limited((bench.Settings.Size >> 10) / Seconds / connections, "file.bin");
                nginx.StartCounting();
                var job = new Job(url, bench.Workspace.TargetInMemory, connections);
                results[index].Add(await PlayAsync(bench, nginx, new(contender, job, source), new Random(round)));
            }
        }

        Write(bench, pairs, results);
    }

    private static void Write(Bench bench, (Contender Contender, int Connections)[] pairs, List<Outcome>[] results)
    {
        bench.Report.Title($"kill -9, up to {Most} times in a row, {bench.Settings.Size >> 20} MiB; a life lasts 0.3 to 0.7 s, all connections together would need {Seconds} s");
        bench.Report.Write("| | connections | kills | body sent / length | MiB sent again for each kill | the file |");
        bench.Report.Write("|---|---|---|---|---|---|");
        for (var index = 0; index < pairs.Length; index++)
        {
            var right = results[index].Where(static one => one.Fault is null).ToArray();
            var (kills, sent, again) = (right.Select(static one => (double)one.Kills), right.Select(one => one.Body / (double)bench.Settings.Size), right.Select(one => (one.Body - bench.Settings.Size) / 1048576.0 / Math.Max(1, one.Kills)));
            var verdict = right.Length == results[index].Count ? "right" : $"wrong in {results[index].Count - right.Length} of {results[index].Count}: {results[index].First(static one => one.Fault is not null).Fault}";
            bench.Report.Write($"| {pairs[index].Contender.Name} | {pairs[index].Connections} | {Spread.Of(kills)} | {Spread.Of(sent)} | {Spread.Of(again)} | {verdict} |");
        }
    }

    private static async Task<Outcome> PlayAsync(Bench bench, Nginx nginx, Entry entry, Random moments)
    {
        Workspace.Clear(entry.Job.Target);
        var command = entry.Command;
        var kills = 0;
        for (; kills < Most; kills++)
        {
            var child = Child.Start(command, bench.Workspace.Complaints);
            await Task.Delay(300 + moments.Next(400), bench.Stop).ContinueWith(static _ => { }, TaskScheduler.Default);
            var hadEnded = child.HasEnded;
            await child.KillAsync();
            bench.Stop.ThrowIfCancellationRequested();
            command = entry.Contender.Continue(entry.Job);
            if (hadEnded)
            {
                break;
            }
        }

        return await FinishAsync(bench, nginx, entry, kills);
    }

    private static async Task<Outcome> FinishAsync(Bench bench, Nginx nginx, Entry entry, int kills)
    {
        // Nothing but the right file counts, so a wrong one is not hidden by one more run.
        if (SameBytes.FaultOf(entry.Job.Target, entry.Source) is not null)
        {
            await Child.RunAsync(entry.Contender.Continue(entry.Job), bench.Workspace.Complaints, bench.Stop);
        }

        var served = await nginx.ServedAsync();
        var fault = SameBytes.FaultOf(entry.Job.Target, entry.Source);
        Workspace.Clear(entry.Job.Target);
        return new(kills, served.Body, fault);
    }

    private sealed record Outcome(int Kills, long Body, string? Fault);
}
