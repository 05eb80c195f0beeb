using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>What is told.</summary>
/// <param name="tables">Takes Markdown, for the README.</param>
/// <param name="notes">Takes what goes on meanwhile.</param>
internal sealed class Report(TextWriter tables, TextWriter notes)
{
    /// <summary>The title, what the figures are of, and with what.</summary>
    public void Open()
    {
        Write($"## {DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} cores, Linux {Environment.OSVersion.Version.ToString(3)}, .NET {Environment.Version}\n");
        string[] programs = ["nginx", .. Field.All.Select(static contender => contender.Program).Where(static program => !Path.IsPathRooted(program))];
        Write($"{string.Join("; ", programs.Where(Programs.Exists).Select(Programs.Version))}.\n");
        Write($"Flags: {Field.Legend}\n");
        Write("Whole processes, start included; median (least to most) of the counted rounds; ratios are within the same round: to curl with one connection, to aria2 with as many. A file that is not byte for byte the source is not counted.");
    }

    public void Title(string text) => Write($"\n### {text}\n");

    public void Table(IReadOnlyList<Entry> entries)
    {
        foreach (var line in ResultTable.Lines(entries))
        {
            Write(line);
        }
    }

    public void Write(string line) => tables.WriteLine(line);

    public void Note(string line) => notes.WriteLine(line);
}
