namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>What the user asked for.</summary>
internal sealed record Arguments
{
    /// <summary>What to download; <see langword="null"/> for the guided demo.</summary>
    public DownloadRequest? Request { get; init; }

    public required ResumableDownloadOptions Options { get; init; }

    public required bool Json { get; init; }

    public required bool Quiet { get; init; }
}
