namespace ResumableDownload;

/// <summary>What a <see cref="DownloadEvent"/> tells of.</summary>
public enum DownloadEventKind
{
    /// <summary>A download was added, or was there already when the watching began.</summary>
    Added,

    /// <summary>Its state changed.</summary>
    StateChanged,

    /// <summary>It has come further.</summary>
    Progress,

    /// <summary>It was removed from the manager.</summary>
    Removed,
}
