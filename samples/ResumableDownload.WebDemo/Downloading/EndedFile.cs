using System.Text.Json;

namespace ResumableDownload.WebDemo.Downloading;

/// <summary>
/// How downloads ended, for the page to show after a restart: the manager forgets a download when its file is there, and why one failed. One line of JSON each; of several about one
/// download the last one counts. Thread-safe.
/// </summary>
internal sealed class EndedFile(string path)
{
    private readonly Lock _gate = new();

    /// <summary>What is whole or failed, and was not given up or taken away since.</summary>
    public IReadOnlyList<Row> Read()
    {
        lock (_gate)
        {
            Row[] all = File.Exists(path) ? [.. File.ReadLines(path).Select(RowOf).OfType<Row>()] : [];
            Row[] rows = [.. all.GroupBy(static row => row.Id).Select(static lines => lines.Last()).Where(static row => row.State is DownloadState.Completed or DownloadState.Failed)];
            if (rows.Length < all.Length)
            {
                Replace(rows);
            }

            return rows;
        }
    }

    public void Add(Row row)
    {
        lock (_gate)
        {
            // The line break comes first: what a kill or a full disk left of a line must not spoil the next one.
            File.AppendAllText(path, $"\n{JsonSerializer.Serialize(row, PageJson.Default.Row)}");
        }
    }

    // In one step: a kill leaves the old file or the new one.
    private void Replace(Row[] rows)
    {
        try
        {
            File.WriteAllLines(path + ".new", rows.Select(static row => JsonSerializer.Serialize(row, PageJson.Default.Row)));
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then it stays longer than it need be. A full disk must not keep the app from starting.
        }
    }

    private static Row? RowOf(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, PageJson.Default.Row);
        }
        catch (JsonException)
        {
            // The process was killed while it wrote the line.
            return null;
        }
    }
}
