using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ResumableDownload.Model;

namespace ResumableDownload;

/// <summary>A digest of a whole file: an algorithm, and what it computes of the file's bytes.</summary>
/// <remarks>Two digests are equal when algorithm and value are. The value of a CRC is its number, most significant byte first.</remarks>
public sealed record Digest
{
    /// <summary>Initializes a new instance of the <see cref="Digest"/> class.</summary>
    /// <param name="algorithm">How it was computed.</param>
    /// <param name="value">The digest itself, of the length that the algorithm gives.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="algorithm"/> is none of the enumeration.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is not as long as digests of the algorithm are.</exception>
    public Digest(DigestAlgorithm algorithm, ReadOnlySpan<byte> value)
    {
        var form = DigestForm.Of(algorithm);
        if (value.Length != form.Length)
        {
            throw new ArgumentException($"A digest of {form.Name} has {form.Length} bytes, not {value.Length}.", nameof(value));
        }

        (Algorithm, Value) = (algorithm, [.. value]);
    }

    /// <summary>Gets how it was computed.</summary>
    public DigestAlgorithm Algorithm { get; }

    /// <summary>Gets the digest itself.</summary>
    public ImmutableArray<byte> Value { get; }

    /// <summary>Gets the number that the digest of a CRC is.</summary>
    internal ulong Crc => Value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(Value.AsSpan()) : BinaryPrimitives.ReadUInt64BigEndian(Value.AsSpan());

    /// <summary>Reads a digest in the form <c>sha-256:HEX</c>.</summary>
    /// <param name="text">The text. Names are sha-256, sha-512, sha-1, md5, crc32, crc32c, crc64 and crc64nvme, in any case, with or without hyphen.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="FormatException">The text has another form. The message says what is wrong with it.</exception>
    public static Digest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return DigestText.Read(text, out var fault) ?? throw new FormatException(fault);
    }

    /// <summary>Reads a digest as <see cref="Parse"/> does, and says whether it could.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">The digest; <see langword="null"/> when the text is none.</param>
    /// <returns>Whether the text is a digest.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Digest? digest)
    {
        digest = text is null ? null : DigestText.Read(text, out _);
        return digest is not null;
    }

    /// <inheritdoc/>
    public bool Equals(Digest? other) => other is not null && Algorithm == other.Algorithm && Value.AsSpan().SequenceEqual(other.Value.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Algorithm);
        hash.AddBytes(Value.AsSpan());
        return hash.ToHashCode();
    }

    /// <summary>The form that <see cref="Parse"/> reads, in lower case.</summary>
    /// <returns>The digest's text.</returns>
    public override string ToString() => $"{DigestForm.Of(Algorithm).Name}:{Convert.ToHexStringLower(Value.AsSpan())}";

    /// <summary>The digest that a CRC is.</summary>
    internal static Digest OfCrc(DigestAlgorithm algorithm, ulong crc)
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, crc);
        return new(algorithm, value[^DigestForm.Of(algorithm).Length..]);
    }
}
