namespace ResumableDownload.Model;

/// <summary>What is safely on disk of one representation.</summary>
internal sealed record Checkpoint(Representation Representation, OriginTraits Traits, ByteRangeSet Received)
{
    public bool IsWhole => Representation.Length is { } length && Received.Covers(length);
}
