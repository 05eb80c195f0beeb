using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>One chapter of the tour: what the server does, and what must come of it.</summary>
internal abstract class Chapter
{
    public const int MiB = 1024 * 1024;

    protected const int FileLength = 24 * MiB;

    /// <summary>What the origin holds when a chapter begins.</summary>
    public static readonly FileVersion First = new(seed: 1, FileLength);

    protected static readonly FileVersion Second = new(seed: 2, FileLength);

    public abstract string Title { get; }

    public abstract OriginScript Script { get; }

    /// <summary>The statuses that the server's log must hold in the end.</summary>
    public abstract IReadOnlyList<int> ExpectedStatuses { get; }

    /// <summary>Plays the chapter, and gives back the last download's result.</summary>
    public abstract Task<DownloadResult> PlayAsync(Stage stage, CancellationToken cancellationToken);
}
