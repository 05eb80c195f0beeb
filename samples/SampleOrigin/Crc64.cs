namespace ResumableDownload.SampleOrigin;

/// <summary>The checksum that OSS sends of each object, CRC-64/XZ: the server's side has one of its own, so that the library's is put to the test.</summary>
internal static class Crc64
{
    private const ulong Polynomial = 0xC96C5795D7870F42;

    private static readonly ulong[] Table = [.. Enumerable.Range(0, 256).Select(one => RestOf((ulong)one))];

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var rest = ulong.MaxValue;
        foreach (var one in bytes)
        {
            rest = (rest >> 8) ^ Table[(byte)rest ^ one];
        }

        return ~rest;
    }

    private static ulong RestOf(ulong rest)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            rest = (rest >> 1) ^ ((rest & 1) == 0 ? 0 : Polynomial);
        }

        return rest;
    }
}
