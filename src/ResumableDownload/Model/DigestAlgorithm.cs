namespace ResumableDownload;

/// <summary>How a digest is computed.</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-512.</summary>
    Sha512,

    /// <summary>SHA-1: finds damage, but can be forged.</summary>
    Sha1,

    /// <summary>MD5: finds damage, but can be forged.</summary>
    Md5,

    /// <summary>CRC-32 as zip and gzip use it: the one of "123456789" is CBF43926.</summary>
    Crc32,

    /// <summary>CRC-32C (Castagnoli): the one of "123456789" is E3069283.</summary>
    Crc32C,

    /// <summary>CRC-64/XZ, which some object stores call "crc64ecma": the one of "123456789" is 995DC9BBDF1939FA.</summary>
    Crc64,

    /// <summary>CRC-64/NVME: the one of "123456789" is AE8B14860A799888.</summary>
    Crc64Nvme,
}
