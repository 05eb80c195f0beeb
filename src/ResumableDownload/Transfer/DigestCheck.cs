using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>Holds a whole file against the digests that the caller or the server told.</summary>
internal sealed class DigestCheck(SessionContext context, SessionState state)
{
    public const string Caller = "caller";

    // Of several the one that says most, and rather one that is fast to compute.
    private static readonly DigestAlgorithm[] ByWorth =
    [
        DigestAlgorithm.Sha256, DigestAlgorithm.Sha512, DigestAlgorithm.Crc64Nvme, DigestAlgorithm.Crc64,
        DigestAlgorithm.Sha1, DigestAlgorithm.Md5, DigestAlgorithm.Crc32C, DigestAlgorithm.Crc32,
    ];

    private readonly PartialFile _partial = context.Body.Partial;

    /// <summary>What the file was proved by.</summary>
    public IReadOnlyList<DigestProof> Proofs { get; private set; } = [];

    /// <summary>The digest that the file has not; <see langword="null"/> when there is none.</summary>
    public async ValueTask<DigestProof?> FailureAsync(CancellationToken cancellationToken)
    {
        Proofs = [];
        if (Wanted() is not { } wanted)
        {
            return null;
        }

        var actual = await DigestAsync(wanted.Digest.Algorithm, cancellationToken).ConfigureAwait(false);
        Proofs = actual == wanted.Digest ? [wanted] : [];
        return actual == wanted.Digest ? null : wanted;
    }

    /// <summary>Whether a digest came from the server.</summary>
    public static bool IsOfServer(DigestProof digest) => digest.Source != Caller;

    // The caller's own counts alone: a server may state one that its own software made wrong.
    private DigestProof? Wanted()
    {
        var settings = context.Body.Settings;
        if (settings.ExpectedDigest is { } expected)
        {
            return new() { Digest = expected, Source = Caller };
        }

        var offered = settings.UsesServerDigests ? state.Offered : [];
        var best = offered.FirstOrDefault(digest => Combined(digest.Digest.Algorithm) is not null)
            ?? offered.MinBy(static digest => Array.IndexOf(ByWorth, digest.Digest.Algorithm));
        return best is null ? null : new() { Digest = best.Digest, Source = best.Field };
    }

    private async ValueTask<Digest> DigestAsync(DigestAlgorithm algorithm, CancellationToken cancellationToken) =>
        Combined(algorithm) ?? await _partial.DigestAsync(_partial.Checkpoint!.Representation.Length!.Value, algorithm, context.Body.Progress.ReportVerified, cancellationToken).ConfigureAwait(false);

    private Digest? Combined(DigestAlgorithm algorithm) =>
        SumKind.For(algorithm) is { } kind && _partial.SumOfAll(kind) is { } sum ? Digest.OfCrc(algorithm, sum) : null;
}
