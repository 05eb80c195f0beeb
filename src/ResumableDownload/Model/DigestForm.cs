namespace ResumableDownload.Model;

/// <summary>How the digests of one algorithm look.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="Name">What it is called in text.</param>
/// <param name="Length">How many bytes each has.</param>
internal sealed record DigestForm(DigestAlgorithm Algorithm, string Name, int Length)
{
    /// <summary>The longest there is.</summary>
    public const int MostBytes = 64;

    public static IReadOnlyList<DigestForm> All { get; } =
    [
        new(DigestAlgorithm.Sha256, "sha-256", 32),
        new(DigestAlgorithm.Sha512, "sha-512", MostBytes),
        new(DigestAlgorithm.Sha1, "sha-1", 20),
        new(DigestAlgorithm.Md5, "md5", 16),
        new(DigestAlgorithm.Crc32, "crc32", 4),
        new(DigestAlgorithm.Crc32C, "crc32c", 4),
        new(DigestAlgorithm.Crc64, "crc64", 8),
        new(DigestAlgorithm.Crc64Nvme, "crc64nvme", 8),
    ];

    public static DigestForm Of(DigestAlgorithm algorithm) =>
        All.FirstOrDefault(form => form.Algorithm == algorithm) ?? throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No such algorithm.");

    /// <summary>The form of that name, in any case, with or without hyphens; <see langword="null"/> when there is none.</summary>
    public static DigestForm? Named(string name) =>
        All.FirstOrDefault(form => Bare(form.Name).Equals(Bare(name), StringComparison.OrdinalIgnoreCase));

    private static string Bare(string name) => name.Replace("-", "", StringComparison.Ordinal);
}
