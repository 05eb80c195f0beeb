namespace ResumableDownload.IntegrationTests;

/// <summary>Checksums bit by bit, as their definitions have them: slow, and not the library's own, so that the two check each other.</summary>
internal static class BitwiseCrc
{
    /// <summary>x-oss-hash-crc64ecma and x-cos-hash-crc64ecma.</summary>
    public static ulong Crc64Xz(ReadOnlySpan<byte> bytes) => Of(bytes, 0xC96C5795D7870F42, 64);

    /// <summary>x-amz-checksum-crc64nvme.</summary>
    public static ulong Crc64Nvme(ReadOnlySpan<byte> bytes) => Of(bytes, 0x9A6C9329AC4BC9B5, 64);

    /// <summary>x-amz-checksum-crc32.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes) => (uint)Of(bytes, 0xEDB88320, 32);

    /// <summary>x-amz-checksum-crc32c, and the crc32c of x-goog-hash.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes) => (uint)Of(bytes, 0x82F63B78, 32);

    private static ulong Of(ReadOnlySpan<byte> bytes, ulong polynomial, int width)
    {
        var ones = ulong.MaxValue >> (64 - width);
        var rest = ones;
        foreach (var one in bytes)
        {
            rest ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                rest = (rest >> 1) ^ ((rest & 1) == 0 ? 0 : polynomial);
            }
        }

        return rest ^ ones;
    }
}
