using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.World;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>What a scenario works with.</summary>
/// <param name="Settings">How long, how large, how many.</param>
/// <param name="Report">Where the tables go.</param>
/// <param name="Workspace">Its folders.</param>
/// <param name="Stop">Somebody pressed Ctrl+C.</param>
internal sealed record Bench(Settings Settings, Report Report, Workspace Workspace, CancellationToken Stop)
{
    /// <summary>Each of the contenders that are installed and wanted, with each of the numbers of connections that it can use.</summary>
    public IEnumerable<(Contender Contender, int Connections)> Pairs(params string[] names) =>
        from connections in Settings.Connections
        from contender in Wanted(names)
        where Can(contender, connections)
        select (contender, connections);

    public IEnumerable<Contender> Wanted(params string[] names) =>
        Field.All.Where(contender => (names.Length == 0 || names.Contains(contender.Name)) && IsAskedFor(contender) && IsThere(contender));

    private bool IsAskedFor(Contender contender) =>
        Settings.Only.Count == 0 || Settings.Only.Contains(contender.Name == Field.Ours ? "ours" : contender.Name);

    private bool IsThere(Contender contender)
    {
        var isThere = Programs.Exists(contender.Program);
        if (!isThere)
        {
            Report.Note($"{contender.Program} is not installed and left out.");
        }

        return isThere;
    }

    private bool Can(Contender contender, int connections)
    {
        if (contender.Name == Field.Ours && connections > contender.MostConnections)
        {
            Report.Note($"This build of the demo takes at most {contender.MostConnections} connections; {connections} are left out.");
        }

        return connections <= contender.MostConnections;
    }
}
