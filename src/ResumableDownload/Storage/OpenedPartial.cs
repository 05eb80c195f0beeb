using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>A partial file, and what was found when it was opened.</summary>
internal sealed record OpenedPartial(PartialFile File)
{
    /// <summary>The representation that is whole at the destination already: an earlier run was cut off after its commit.</summary>
    public Representation? Recovered { get; init; }

    /// <summary>Where that is.</summary>
    public string? RecoveredPath { get; init; }

    /// <summary>How many claimed bytes the file did not bear out.</summary>
    public long Void { get; init; }

    /// <summary>Whether the journal, or its end, did not hold.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether what is kept belongs to another resource.</summary>
    public bool IsOther { get; init; }
}
