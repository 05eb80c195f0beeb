namespace ResumableDownload.Benchmarks.SideBySide.Contenders;

/// <summary>What a .NET program would write without this library: no journal, no checksum, no second chance.</summary>
internal static class PlainCopy
{
    public static async Task<int> RunAsync(string url, string file)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 4096, useAsync: true);
        await body.CopyToAsync(target);
        return 0;
    }
}
