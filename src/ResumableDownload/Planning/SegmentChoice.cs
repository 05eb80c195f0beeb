using ResumableDownload.Model;

namespace ResumableDownload.Planning;

/// <summary>What an idle connection takes next.</summary>
internal abstract record SegmentChoice
{
    private SegmentChoice()
    {
    }

    /// <summary>A missing run that nobody holds.</summary>
    internal sealed record Gap(ByteRange Range) : SegmentChoice;

    /// <summary>The rest of another connection's range, which from now on ends where the rest begins.</summary>
    /// <param name="Owner">Which of the segments it is taken from.</param>
    /// <param name="At">Where the rest begins; the start of what is left when all of it is taken.</param>
    internal sealed record LaterPart(int Owner, long At) : SegmentChoice;
}
