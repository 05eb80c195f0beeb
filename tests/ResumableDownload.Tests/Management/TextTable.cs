namespace ResumableDownload.Tests.Management;

/// <summary>Reads a table that is written down as text: names in the first line and the first column, and what belongs to both in between.</summary>
internal static class TextTable
{
    public static TheoryData<string, string, string> Rows(string text)
    {
        var rows = new TheoryData<string, string, string>();
        foreach (var (row, column, cell) in Read(text))
        {
            rows.Add(row, column, cell);
        }

        return rows;
    }

    public static IEnumerable<(string Row, string Column, string Cell)> Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        return
            from line in lines.Skip(1)
            from column in Enumerable.Range(1, line.Length - 1)
            select (line[0], lines[0][column], line[column]);
    }
}
