using ResumableDownload.Integrity;

namespace ResumableDownload.Storage;

/// <summary>What a partial file needs to know.</summary>
/// <param name="Disk">The volume.</param>
/// <param name="Paths">Where the files are.</param>
/// <param name="Resource">What the bytes must be of.</param>
/// <param name="Verification">How much of what is kept is proved.</param>
/// <param name="Existing">What happens to a file at the destination.</param>
/// <param name="Time">The clock.</param>
internal sealed record PartialFileSetup(
    Disk Disk,
    SidecarPaths Paths,
    string Resource,
    PartialVerification Verification,
    ExistingDestination Existing,
    TimeProvider Time)
{
    /// <summary>What the whole file must be, if the caller told. No file of another digest is taken for one that an earlier run published.</summary>
    public Digest? ExpectedDigest { get; init; }

    /// <summary>The checksum for the journal that proves the caller's digest; <see langword="null"/> for the server's, or the usual one.</summary>
    public SumKind? PreferredSum => ExpectedDigest is { } digest ? SumKind.For(digest.Algorithm) : null;
}
