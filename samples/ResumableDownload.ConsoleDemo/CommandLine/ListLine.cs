namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>One line of a list.</summary>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Request">What it asks for.</param>
internal sealed record ListLine(int Number, DownloadRequest Request);
