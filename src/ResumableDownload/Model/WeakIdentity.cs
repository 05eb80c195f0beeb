namespace ResumableDownload;

/// <summary>What happens to kept bytes whose validators are too weak to prove that a continuation belongs to them: a weak entity tag, a young date, or nothing.</summary>
public enum WeakIdentity
{
    /// <summary>They are given up when a new body arrives.</summary>
    StartOver,

    /// <summary>
    /// The last of them (<see cref="ResumableDownloadOptions.EvidenceLength"/>) are asked for again and compared; length and validators must be equal too.
    /// Evidence, not proof: a change elsewhere in the file goes unnoticed. <see cref="DownloadResult.ByEvidence"/> tells when it was used.
    /// </summary>
    ContentEvidence,

    /// <summary>The download fails with <see cref="DownloadFailure.NotResumable"/>, and they stay.</summary>
    Refuse,
}
