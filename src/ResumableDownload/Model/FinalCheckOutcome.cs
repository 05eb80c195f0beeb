namespace ResumableDownload;

/// <summary>What the final check came to.</summary>
public enum FinalCheckOutcome
{
    /// <summary>It was not asked, or there was nothing to ask by: no validator, or an empty file.</summary>
    NotAsked,

    /// <summary>The resource was still the same version after its last byte had arrived.</summary>
    Confirmed,

    /// <summary>The server gave no answer to go by.</summary>
    Inconclusive,
}
