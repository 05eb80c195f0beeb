namespace ResumableDownload;

/// <summary>How much of a partial file is read and proved before a download goes on from it.</summary>
public enum PartialVerification
{
    /// <summary>
    /// What was not yet known to be on stable storage, and a few samples of the rest; everything when the partial file or its checkpoint look as if
    /// something else had written to them. The time this takes does not otherwise grow with what is kept.
    /// </summary>
    Unflushed,

    /// <summary>Everything. For disks that are not trusted, or a file that something else may have written to.</summary>
    Full,
}
