namespace ResumableDownload.Benchmarks.SideBySide.Measuring;

/// <summary>Entries as a Markdown table; ratios are within one round.</summary>
internal static class ResultTable
{
    private const double GiB = 1 << 30;

    public static IEnumerable<string> Lines(IReadOnlyList<Entry> entries)
    {
        var columns = Columns(entries).ToArray();
        yield return $"| | connections | {string.Join(" | ", columns.Select(static column => column.Title))} |";
        yield return $"|---|---|{string.Concat(columns.Select(static _ => "---|"))}";
        foreach (var entry in entries.OrderBy(static entry => entry.Job.Connections))
        {
            var cells = columns.Select(column => Spread.Of(entry.Measurements.Select(one => column.Value(entry, one)).OfType<double>()));
            yield return $"| {entry.Contender.Name} | {entry.Job.Connections} | {string.Join(" | ", cells)} |";
        }

        foreach (var entry in entries.Where(static entry => entry.Faults.Count > 0))
        {
            yield return $"\nNot counted: {entry.Faults.Count} of {entry.Contender.Name}, {entry.Job.Connections} connections: {entry.Faults[0]}";
        }
    }

    private static IEnumerable<(string Title, Func<Entry, Measurement, double?> Value)> Columns(IReadOnlyList<Entry> entries)
    {
        yield return ("CPU s/GiB", static (entry, one) => one.Usage.Cpu / entry.Length * GiB);
        yield return ("wall s", static (_, one) => one.Usage.Wall);
        yield return ("peak MiB", static (_, one) => one.Usage.Peak);
        yield return ("requests", static (_, one) => one.Served.Requests);
        yield return ("body sent / length", static (entry, one) => (double)one.Served.Body / entry.Length);
        yield return ("CPU / curl", (entry, one) => one.Usage.Cpu / Base(entries, "curl", 1, one)?.Cpu);
        yield return ("wall / curl", (entry, one) => one.Usage.Wall / Base(entries, "curl", 1, one)?.Wall);
        yield return ("CPU / aria2", (entry, one) => one.Usage.Cpu / Base(entries, "aria2", entry.Job.Connections, one)?.Cpu);
        yield return ("wall / aria2", (entry, one) => one.Usage.Wall / Base(entries, "aria2", entry.Job.Connections, one)?.Wall);
        if (entries.Any(static entry => entry.Ideal is not null))
        {
            yield return ("wall / ideal", static (entry, one) => one.Usage.Wall / entry.Ideal);
        }
    }

    private static Usage? Base(IReadOnlyList<Entry> entries, string name, int connections, Measurement measurement) =>
        entries.FirstOrDefault(entry => entry.Contender.Name == name && entry.Job.Connections == connections)?.In(measurement.Round)?.Usage;
}
