namespace ResumableDownload;

/// <summary>Why bytes that were already received had to be given up.</summary>
public enum StartOverReason
{
    /// <summary>The resource changed: another entity tag, date or length.</summary>
    Changed,

    /// <summary>The kept bytes have no strong validator, so nothing could prove that a continuation belongs to them.</summary>
    NotResumable,

    /// <summary>The server's answers to range requests could not be used.</summary>
    RangeUnusable,

    /// <summary>The whole file had not the digest that the caller or the server told.</summary>
    Damaged,
}
