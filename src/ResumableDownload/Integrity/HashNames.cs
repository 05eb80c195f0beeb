using System.Security.Cryptography;

namespace ResumableDownload.Integrity;

/// <summary>Which digests must be computed over the whole file in order, and by what hash.</summary>
internal static class HashNames
{
    /// <summary>The hash of a digest; <see langword="null"/> for a CRC, whose sums combine.</summary>
    /// <remarks>SHA-1 and MD5 are what some servers state. They prove that nothing was damaged on the way, not who made the file.</remarks>
    public static HashAlgorithmName? For(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        DigestAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        DigestAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        DigestAlgorithm.Md5 => HashAlgorithmName.MD5,
        _ => null,
    };
}
