using System.Globalization;
using System.Text;

namespace ResumableDownload.Conformance;

/// <summary>The verdicts as text: counts for each candidate, and a line for each scenario.</summary>
internal sealed class Table(IReadOnlyList<Scenario> scenarios, IReadOnlyList<Tool> candidates, IReadOnlyList<Verdict> verdicts)
{
    private static readonly Outcome[] Outcomes = Enum.GetValues<Outcome>();

    public string Counts(IReadOnlyDictionary<string, string> versions)
    {
        var text = Rule("candidate", "version", "finished right", "honest failure", "silently wrong", "hang", "of the silently wrong: short, not mixed", $"of the {Demanded} that must finish");
        foreach (var candidate in candidates.Select(candidate => candidate.Name))
        {
            var own = verdicts.Where(verdict => verdict.Candidate == candidate).ToArray();
            var counts = Outcomes.Select(outcome => own.Count(verdict => verdict.Outcome == outcome).ToString(CultureInfo.InvariantCulture));
            var finished = own.Count(verdict => verdict is { Scenario.Allowed: Allowed.MustFinish, Outcome: Outcome.FinishedRight });
            Row(text, [candidate, versions[candidate], .. counts, $"{own.Count(verdict => verdict.IsShort)}", $"{finished}"]);
        }

        return text.ToString();
    }

    public string Scenarios()
    {
        var text = Rule(["scenario", "allowed", .. candidates.Select(candidate => candidate.Name)]);
        foreach (var scenario in scenarios)
        {
            Row(text, [Escaped(scenario.Name), Word(scenario.Allowed), .. candidates.Select(candidate => Cell(scenario, candidate.Name))]);
        }

        return text.ToString();
    }

    public string Commands()
    {
        var text = Rule("candidate", "command");
        foreach (var candidate in candidates)
        {
            Row(text, [candidate.Name, $"`{candidate.CommandLine}`{(candidate.Settings is null ? "" : $", with the settings `{candidate.Settings.Trim().ReplaceLineEndings("; ")}`")}"]);
        }

        return text.ToString();
    }

    private int Demanded => scenarios.Count(scenario => scenario.Allowed == Allowed.MustFinish);

    private string Cell(Scenario scenario, string candidate) => verdicts.Single(verdict => verdict.Scenario == scenario && verdict.Candidate == candidate) switch
    {
        { Outcome: Outcome.FinishedRight } => "right",
        { Outcome: Outcome.HonestFailure } => "failed",
        { IsShort: true } => "**short**",
        { Outcome: Outcome.SilentlyWrong } => "**wrong**",
        _ => "*hang*",
    };

    private static string Word(Allowed allowed) => allowed switch
    {
        Allowed.MustFinish => "must finish",
        Allowed.MayFail => "may fail",
        _ => "must fail",
    };

    // A star would begin emphasis, a bar another column.
    private static string Escaped(string name) => name.Replace("*", "\\*", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static StringBuilder Rule(params string[] heads)
    {
        var text = new StringBuilder();
        Row(text, heads);
        Row(text, heads.Select(_ => "---"));
        return text;
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
