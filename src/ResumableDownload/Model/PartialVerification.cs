namespace ResumableDownload;

/// <summary>How much of a partial file is read and proved before a download goes on from it.</summary>
public enum PartialVerification
{
    /// <summary>What was not yet known to be on stable storage. The time this takes does not grow with what is kept.</summary>
    Unflushed,

    /// <summary>Everything. For disks that are not trusted, or a file that something else may have written to.</summary>
    Full,
}
