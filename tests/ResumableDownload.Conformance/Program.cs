using System.Collections.Concurrent;
using System.Globalization;

namespace ResumableDownload.Conformance;

/// <summary>Runs the kit against the demo and whatever other tools are installed, and prints the tables.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] words)
    {
        if (CommandLine.Read(words) is not { } line)
        {
            Console.Error.WriteLine(CommandLine.Usage);
            return 2;
        }

        var scenarios = Kit.Scenarios.Where(scenario => scenario.Name.Contains(line.Only, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (line.List)
        {
            Console.WriteLine(string.Join('\n', scenarios.Select(scenario => $"{scenario.Name} ({scenario.Allowed}). {scenario.Why}")));
            return 0;
        }

        var candidates = Tools.All.Where(tool => tool.Program is not null && line.Candidates?.Contains(tool.Name) is not false).ToArray();
        var verdicts = await PlayAsync(scenarios, candidates, line);
        await ShowAsync(new Table(scenarios, candidates, verdicts), candidates, line.Markdown);
        return verdicts.Any(verdict => verdict.Candidate == Tools.Ours.Name && !verdict.IsAllowed) ? 1 : 0;
    }

    private static async Task<IReadOnlyList<Verdict>> PlayAsync(IReadOnlyList<Scenario> scenarios, IReadOnlyList<Tool> candidates, CommandLine line)
    {
        var verdicts = new ConcurrentBag<Verdict>();
        var pairs = scenarios.SelectMany(scenario => candidates.Select(candidate => (scenario, candidate)));
        await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = line.Jobs }, async (pair, _) =>
        {
            var verdict = await Playing.PlayAsync(pair.scenario, pair.candidate);
            verdicts.Add(verdict);
            if (line.Details)
            {
                Console.WriteLine(verdict);
            }
        });
        return [.. verdicts];
    }

    private static async Task ShowAsync(Table table, IReadOnlyList<Tool> candidates, string? file)
    {
        var versions = new Dictionary<string, string>();
        foreach (var candidate in candidates)
        {
            versions[candidate.Name] = await candidate.VersionAsync();
        }

        var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = $"{date}\n\n{table.Counts(versions)}\n{table.Scenarios()}\n{table.Commands()}";
        Console.WriteLine(text);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, text);
        }
    }
}
