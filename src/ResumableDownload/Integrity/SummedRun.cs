namespace ResumableDownload.Integrity;

/// <summary>A run of bytes and its sum, of one kind throughout a journal.</summary>
internal readonly record struct SummedRun(ByteRange Range, ulong Sum)
{
    /// <summary>This run and the one that begins where it ends, as one.</summary>
    public SummedRun Followed(SummedRun by, SumKind kind) =>
        new(new ByteRange(Range.Start, by.Range.End), kind.Combine(Sum, by.Sum, by.Range.Length));
}
