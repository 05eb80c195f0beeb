using ResumableDownload.Model;

namespace ResumableDownload.Integrity;

/// <summary>A run of bytes and its CRC-32C.</summary>
internal readonly record struct SummedRun(ByteRange Range, uint Sum)
{
    /// <summary>This run and the one that begins where it ends, as one.</summary>
    public SummedRun Followed(SummedRun by) =>
        new(new ByteRange(Range.Start, by.Range.End), Crc32C.Combine(Sum, by.Sum, by.Range.Length));
}
