namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>What the user asked for.</summary>
internal sealed record Arguments
{
    /// <summary>What to download; <see langword="null"/> for a list, or the guided demo.</summary>
    public DownloadRequest? Request { get; init; }

    /// <summary>Many of them instead.</summary>
    public DownloadList? List { get; init; }

    public required ResumableDownloadOptions Options { get; init; }

    public required bool Json { get; init; }

    public required bool Quiet { get; init; }

    /// <summary>Whether metrics and traces are shown.</summary>
    public required bool Telemetry { get; init; }
}
