using System.Security.Cryptography;

namespace ResumableDownload.SampleOrigin;

/// <summary>One version of the file that the origin holds: made from a seed, so it is the same in every run.</summary>
internal sealed class FileVersion
{
    private readonly byte[] _content;
    private readonly Lazy<ulong> _crc64;

    public FileVersion(int seed, int length)
    {
        _content = new byte[length];
        new Random(seed).NextBytes(_content);
        _crc64 = new(() => Crc64.Of(_content));
        Digest = Convert.ToHexStringLower(SHA256.HashData(_content));
        LastModified = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(seed);

        // Upper-case hexadecimal in quotes, as Alibaba Cloud OSS writes its tags.
        EntityTag = $"\"{Digest[..8].ToUpperInvariant()}\"";
    }

    public string EntityTag { get; }

    public DateTimeOffset LastModified { get; }

    /// <summary>The SHA-256 of the content, in hexadecimal.</summary>
    public string Digest { get; }

    public ulong ContentCrc64 => _crc64.Value;

    public int Length => _content.Length;

    public ReadOnlyMemory<byte> From(int start, int length) => _content.AsMemory(start, length);
}
