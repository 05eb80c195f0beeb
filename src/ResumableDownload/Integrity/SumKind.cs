namespace ResumableDownload.Integrity;

/// <summary>A checksum whose sums of neighbouring runs combine to the sum of both: one of four.</summary>
/// <remarks>A sum is always in its final form, so sums can be carried on, stored and combined without a context. The sum of nothing is zero.</remarks>
internal abstract class SumKind
{
    private readonly CrcPolynomial _polynomial;

    private SumKind(string name, DigestAlgorithm algorithm, CrcPolynomial polynomial) => (Name, Algorithm, _polynomial) = (name, algorithm, polynomial);

    public static SumKind Crc32C { get; } = new ByProcessor();

    public static SumKind Crc32 { get; } = new Reflected("crc32", DigestAlgorithm.Crc32, new CrcPolynomial(0xEDB88320, 32));

    /// <summary>CRC-64/XZ, which OSS and COS name after ECMA.</summary>
    public static SumKind Crc64 { get; } = new Reflected("crc64", DigestAlgorithm.Crc64, new CrcPolynomial(0xC96C5795D7870F42, 64));

    public static SumKind Crc64Nvme { get; } = new Reflected("crc64nvme", DigestAlgorithm.Crc64Nvme, new CrcPolynomial(0x9A6C9329AC4BC9B5, 64));

    /// <summary>What a journal calls it.</summary>
    public string Name { get; }

    public DigestAlgorithm Algorithm { get; }

    /// <summary>How many digits the text of a sum has.</summary>
    public int HexDigits => _polynomial.Width / 4;

    private static SumKind[] All { get; } = [Crc32C, Crc32, Crc64, Crc64Nvme];

    public static SumKind? Named(string name) => Array.Find(All, kind => kind.Name == name);

    /// <summary>The kind that computes a digest; <see langword="null"/> when its digests do not combine.</summary>
    public static SumKind? For(DigestAlgorithm algorithm) => Array.Find(All, kind => kind.Algorithm == algorithm);

    /// <summary>The sum of what <paramref name="sum"/> stands for, followed by <paramref name="bytes"/>.</summary>
    public abstract ulong Append(ulong sum, ReadOnlySpan<byte> bytes);

    /// <summary>The sum of two neighbouring runs, from the sum of each.</summary>
    public ulong Combine(ulong first, ulong second, long secondLength) => _polynomial.Shift(first, secondLength) ^ second;

    /// <summary>The Castagnoli sum, for which processors have an instruction.</summary>
    private sealed class ByProcessor() : SumKind("crc32c", DigestAlgorithm.Crc32C, Integrity.Crc32C.Polynomial)
    {
        public override ulong Append(ulong sum, ReadOnlySpan<byte> bytes) => Integrity.Crc32C.Append((uint)sum, bytes);
    }

    private sealed class Reflected(string name, DigestAlgorithm algorithm, CrcPolynomial polynomial) : SumKind(name, algorithm, polynomial)
    {
        private readonly ulong _inverted = ulong.MaxValue >> (64 - polynomial.Width);

        // Most downloads need those of one kind or of none.
        private readonly Lazy<ReflectedCrc> _crc = new(() => new ReflectedCrc(polynomial));

        public override ulong Append(ulong sum, ReadOnlySpan<byte> bytes) => _crc.Value.Run(sum ^ _inverted, bytes) ^ _inverted;
    }
}
