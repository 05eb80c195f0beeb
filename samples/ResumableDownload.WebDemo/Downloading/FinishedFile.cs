using System.Text.Json;

namespace ResumableDownload.WebDemo.Downloading;

/// <summary>What is whole, for the page to show after a restart: the manager forgets a download when its file is there. One line of JSON each. Thread-safe.</summary>
internal sealed class FinishedFile(string path)
{
    private readonly Lock _gate = new();

    public IReadOnlyList<Row> Read()
    {
        lock (_gate)
        {
            return File.Exists(path) ? [.. File.ReadLines(path).Select(RowOf).OfType<Row>()] : [];
        }
    }

    public void Add(Row row)
    {
        lock (_gate)
        {
            // The line break comes first: what a kill left of a line must not spoil the next one.
            File.AppendAllText(path, $"\n{JsonSerializer.Serialize(row, PageJson.Default.Row)}");
        }
    }

    public void Remove(Guid id)
    {
        lock (_gate)
        {
            var all = Read();
            var left = all.Where(row => row.Id != id).ToArray();
            if (left.Length < all.Count)
            {
                File.WriteAllLines(path + ".new", left.Select(static row => JsonSerializer.Serialize(row, PageJson.Default.Row)));
                File.Move(path + ".new", path, overwrite: true);
            }
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
