namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>What a .NET program would write without this library: no journal, no checksum, no second chance.</summary>
internal static class PlainCopy
{
    public static async Task<int> RunAsync(string url, string file)
    {
        using var client = new HttpClient();
        await CopyAsync(client, url, file);
        return 0;
    }

    /// <summary>Many of them, from a list of lines of an address, a TAB and a path.</summary>
    public static async Task<int> RunListAsync(string list, int atATime)
    {
        using var client = new HttpClient();
        await Parallel.ForEachAsync(
            File.ReadLines(list).Select(static line => line.Split('\t')),
            new ParallelOptions { MaxDegreeOfParallelism = atATime },
            async (line, _) => await CopyAsync(client, line[0], line[1]));
        return 0;
    }

    private static async Task CopyAsync(HttpClient client, string url, string file)
    {
        using var response = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 4096, useAsync: true);
        await body.CopyToAsync(target);
    }
}
