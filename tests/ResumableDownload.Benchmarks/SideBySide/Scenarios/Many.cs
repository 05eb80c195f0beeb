using System.Globalization;
using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide.Scenarios;

/// <summary>A list of small files by one process: what each file costs when its bytes cost next to nothing.</summary>
internal static class Many
{
    private const int Length = 4096;

    private static readonly Func<Usage, double>[] Ratios = [static usage => usage.Cpu, static usage => usage.Wall];

    public static async Task RunAsync(Bench bench)
    {
        using var nginx = new Nginx(bench.Workspace, new());
        var names = Fill(bench, (int)(bench.Settings.Size / Length));
        bench.Report.Title($"{names.Length} files of {Length >> 10} KiB by one process, nginx on loopback to tmpfs");
        bench.Report.Write("| | at a time | files for each CPU s | CPU µs a file | wall s | peak MiB | requests | CPU / curl | wall / curl | CPU / aria2 | wall / aria2 |");
        bench.Report.Write("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var atATime in bench.Settings.Connections)
        {
            Entry[] entries = [.. from contender in bench.Wanted() where contender.Lists is not null select EntryOf(bench, nginx, contender, names, atATime)];
            await new Comparison(bench, nginx, entries).RunAsync();
            Write(bench, entries, names.Length);
        }
    }

    private static Entry EntryOf(Bench bench, Nginx nginx, Contender contender, string[] names, int atATime)
    {
        var job = new Job(nginx.Base, bench.Workspace.TargetInMemory, atATime) { List = Path.Combine(bench.Workspace.Memory, $"list-{contender.Name.Split(' ')[0]}") };
        File.WriteAllLines(job.List, names.Select(name => contender.Lists!.Line($"{nginx.Base}/{name}", Path.Combine(job.Folder, name))));
        return new(contender, job, Path.Combine(bench.Workspace.Content, names[0])) { Check = entry => FaultOf(bench, entry, names) };
    }

    private static string[] Fill(Bench bench, int count)
    {
        var (random, bytes) = (new Random(1), new byte[Length]);
        string[] names = [.. Enumerable.Range(0, count).Select(static number => string.Create(CultureInfo.InvariantCulture, $"many-{number}"))];
        foreach (var name in names)
        {
            random.NextBytes(bytes);
            File.WriteAllBytes(Path.Combine(bench.Workspace.Content, name), bytes);
        }

        return names;
    }

    private static string? FaultOf(Bench bench, Entry entry, string[] names)
    {
        var wrong = names.FirstOrDefault(name => !IsSame(Path.Combine(entry.Job.Folder, name), Path.Combine(bench.Workspace.Content, name)));
        var beside = Directory.GetFiles(entry.Job.Folder).Length - names.Length;
        return wrong is not null ? $"{wrong} is missing or wrong" : beside > 0 ? string.Create(CultureInfo.InvariantCulture, $"{beside} other files beside") : null;
    }

    private static bool IsSame(string file, string source) => File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(source));

    private static void Write(Bench bench, Entry[] entries, int files)
    {
        foreach (var entry in entries)
        {
            string[] cells =
            [
                entry.Contender.Name,
                entry.Job.Connections.ToString(CultureInfo.InvariantCulture),
                Of(one => files / one.Usage.Cpu),
                Of(one => 1e6 * one.Usage.Cpu / files),
                Of(static one => one.Usage.Wall),
                Of(static one => one.Usage.Peak),
                Of(static one => one.Served.Requests),
                .. Others(entries).SelectMany(other => Ratios.Select(value => Of(one => value(one.Usage) / (other?.In(one.Round) is { } theirs ? value(theirs.Usage) : double.NaN)))),
            ];
            bench.Report.Write($"| {string.Join(" | ", cells)} |");

            string Of(Func<Measurement, double> value) => Spread.Of(entry.Measurements.Select(value).Where(double.IsFinite));
        }

        foreach (var entry in entries.Where(static entry => entry.Faults.Count > 0))
        {
            bench.Report.Write($"\nNot counted: {entry.Faults.Count} of {entry.Contender.Name}: {entry.Faults[0]}");
        }
    }

    private static IEnumerable<Entry?> Others(Entry[] entries) => new[] { "curl", "aria2" }.Select(name => entries.FirstOrDefault(entry => entry.Contender.Name == name));
}
