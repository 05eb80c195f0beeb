namespace ResumableDownload.Naming;

/// <summary>The name that an address gives: the last segment of its path. A query names nothing, and may hold a secret.</summary>
internal static class UrlFileName
{
    /// <summary>The name made safe; <see langword="null"/> when the path ends with a slash.</summary>
    public static string? Of(Uri source) => source.IsAbsoluteUri ? SafeFileName.Of(Uri.UnescapeDataString(LastSegment(source.AbsolutePath))) : null;

    private static string LastSegment(string path) => path[(path.LastIndexOf('/') + 1)..];
}
