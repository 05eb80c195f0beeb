using System.Diagnostics;
using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>From the start of the process to its request and to the first byte in the file: with nothing, with little and with much kept.</summary>
internal static class ResumeStart
{
    private const long Little = 64 << 20;

    // What was sent and has not arrived in the file.
    private const long OnItsWay = 8 << 20;

    public static async Task RunAsync(Bench bench)
    {
        await using var origin = new OwnOrigin(new Ones(bench.Settings.Size + (4L << 30)));
        Case[] cases = [New("nothing kept", 0), New("64 MiB kept", Little), New($"{bench.Settings.Size >> 20} MiB kept", bench.Settings.Size)];
        foreach (var one in cases.Where(static one => one.Kept > 0))
        {
            bench.Report.Note($"keeping {one.Kept >> 20} MiB");
            await KeepAsync(bench, origin, one);
        }

        for (var round = 0; round <= bench.Settings.Rounds; round++)
        {
            foreach (var one in cases)
            {
                bench.Report.Note($"round {round}/{bench.Settings.Rounds}: {one.Name}");
                await StartAsync(bench, origin, one, isCounted: round > 0);
            }
        }

        Write(bench, cases);

        Case New(string name, long kept) =>
            new(name, kept, Path.Combine(Directory.CreateDirectory($"{bench.Workspace.TargetOnDisk}-{kept}").FullName, "file.bin"), [], []);
    }

    private static void Write(Bench bench, Case[] cases)
    {
        bench.Report.Title("Start of a resume: ms from the start of the process");
        bench.Report.Write("| | to the request | to the first byte in the file | request / nothing kept | first byte / nothing kept |");
        bench.Report.Write("|---|---|---|---|---|");
        foreach (var one in cases)
        {
            bench.Report.Write($"| {one.Name} | {Spread.Of(one.Asked)} | {Spread.Of(one.Written)} | {Ratio(one.Asked, cases[0].Asked)} | {Ratio(one.Written, cases[0].Written)} |");
        }
    }

    private static string Ratio(List<double> values, List<double> others) => Spread.Of(values.Zip(others, static (value, other) => value / other));

    private static Child Start(Bench bench, OwnOrigin origin, Case one) =>
        Child.Start(bench.Wanted(Field.Ours).Single().For(new(origin.Url, one.Target, 1)), bench.Workspace.Complaints);

    private static async Task KeepAsync(Bench bench, OwnOrigin origin, Case one)
    {
        origin.StartCounting();
        var demo = Start(bench, origin, one);
        while (origin.Body < one.Kept + OnItsWay && !demo.HasEnded && !bench.Stop.IsCancellationRequested)
        {
            await Task.Delay(5);
        }

        await demo.KillAsync();
        bench.Stop.ThrowIfCancellationRequested();
    }

    private static async Task StartAsync(Bench bench, OwnOrigin origin, Case one, bool isCounted)
    {
        if (one.Kept == 0)
        {
            Workspace.Clear(one.Target);
        }

        var asked = new TaskCompletionSource<(long Moment, long Start)>(TaskCreationOptions.RunContinuationsAsynchronously);
        origin.Asked = start => asked.TrySetResult((Stopwatch.GetTimestamp(), start));
        var began = Stopwatch.GetTimestamp();
        var demo = Start(bench, origin, one);
        try
        {
            var (moment, start) = await asked.Task.WaitAsync(bench.Stop);
            if (start < one.Kept / 2)
            {
                throw new InvalidOperationException($"{one.Name}, and byte {start} was asked for.");
            }

            var written = await FirstWriteAsync(one.Target + ".partial", start, bench.Stop);
            if (isCounted)
            {
                one.Asked.Add(Stopwatch.GetElapsedTime(began, moment).TotalMilliseconds);
                one.Written.Add(Stopwatch.GetElapsedTime(began, written).TotalMilliseconds);
            }
        }
        finally
        {
            await demo.KillAsync();
        }
    }

    // The byte itself, and not the length, which may be set before there are bytes.
    private static async Task<long> FirstWriteAsync(string partial, long start, CancellationToken stop)
    {
        while (!LinuxCalls.HasByte(partial, start))
        {
            await Task.Delay(1, stop);
        }

        return Stopwatch.GetTimestamp();
    }

    private sealed record Case(string Name, long Kept, string Target, List<double> Asked, List<double> Written);
}
