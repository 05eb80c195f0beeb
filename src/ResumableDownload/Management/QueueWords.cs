namespace ResumableDownload.Management;

/// <summary>The words of a queue file. They stay, whatever the program calls a thing.</summary>
internal static class QueueWords
{
    private const string Queued = "queued";
    private const string Paused = "paused";
    private const string Failed = "failed";
    private const string UnmeteredOnly = "unmetered-only";

    /// <exception cref="ArgumentOutOfRangeException">The state is none that is saved.</exception>
    public static string Of(DownloadState state) => state switch
    {
        DownloadState.Queued => Queued,
        DownloadState.Paused => Paused,
        DownloadState.Failed => Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "What runs is queued for the next process, and what has ended is not saved."),
    };

    /// <summary>What a word says of how far a download is.</summary>
    /// <exception cref="FormatException">It is no such word.</exception>
    public static DownloadState State(string? word) => word switch
    {
        Queued => DownloadState.Queued,
        Paused => DownloadState.Paused,
        Failed => DownloadState.Failed,
        _ => throw new FormatException("No state has this name."),
    };

    /// <summary>No word for the default.</summary>
    public static string? Of(NetworkRequirement network) => network == NetworkRequirement.UnmeteredOnly ? UnmeteredOnly : null;

    /// <summary>The requirement of a word.</summary>
    /// <exception cref="FormatException">It is no such word.</exception>
    public static NetworkRequirement Network(string? word) => word switch
    {
        null => NetworkRequirement.Any,
        UnmeteredOnly => NetworkRequirement.UnmeteredOnly,
        _ => throw new FormatException("No requirement has this name."),
    };
}
