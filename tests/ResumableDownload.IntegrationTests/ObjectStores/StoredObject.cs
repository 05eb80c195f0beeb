using System.Globalization;
using System.Security.Cryptography;

namespace ResumableDownload.IntegrationTests;

/// <summary>One version of an object as a store keeps it.</summary>
/// <param name="Bytes">What it holds.</param>
/// <param name="EntityTag">Its ETag, quotes included.</param>
/// <param name="Modified">When it was put there.</param>
internal sealed record StoredObject(byte[] Bytes, string EntityTag, DateTimeOffset Modified)
{
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Put away into an archive: not to be had until somebody restores it.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Put together from so many parts; 0 for an object that came in one piece.</summary>
    public int Parts { get; init; }

    /// <summary>The Content-Encoding it was stored with.</summary>
    public string? StoredCoding { get; init; }

    public int Length => Bytes.Length;

    public ulong Crc64 => BitwiseCrc.Crc64Xz(Bytes);

    public string LastModified => Modified.ToString("R", CultureInfo.InvariantCulture);

    public byte[] Md5 => Md5Of(Bytes);

    /// <summary>Content-MD5 (RFC 1864) is made with MD5; nothing here relies on its strength.</summary>
    public static byte[] Md5Of(byte[] bytes)
    {
#pragma warning disable CA5351 // The stores' own fields are made with MD5.
        return MD5.HashData(bytes);
#pragma warning restore CA5351
    }
}
