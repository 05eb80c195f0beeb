namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>Many downloads, and how to go about them.</summary>
/// <param name="Lines">What to download.</param>
/// <param name="AtATime">How many at the same time.</param>
/// <param name="StateFile">Where to remember what is not whole yet; <see langword="null"/> for nowhere.</param>
internal sealed record DownloadList(IReadOnlyList<ListLine> Lines, int AtATime, string? StateFile);
