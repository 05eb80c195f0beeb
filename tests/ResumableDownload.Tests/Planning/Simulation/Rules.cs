using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>Other ways to choose, for comparison.</summary>
internal static class Rules
{
    /// <summary>Takes the second half of the longest range, whatever its speed; a stalled one whole, or it would never end.</summary>
    public static SegmentChoice? Halve(IReadOnlyList<ByteRange> gaps, IReadOnlyList<SegmentView> segments, double speed, SetupCost cost)
    {
        if (gaps.Count > 0)
        {
            return new SegmentChoice.Gap(gaps[0]);
        }

        var halves = segments.Select(static (segment, index) => (Left: segment.Left, segment.Speed, segment.MayBeSplit, Index: index))
            .Where(static one => one.MayBeSplit && !one.Left.IsEmpty && (one.Speed == 0 || one.Left.Length >= 2 * SegmentPlanner.LeastSegment))
            .OrderByDescending(static one => one.Left.Length);
        return halves.Select(static one => new SegmentChoice.LaterPart(one.Index, one.Speed == 0 ? one.Left.Start : one.Left.Start + (one.Left.Length / 2))).FirstOrDefault();
    }
}
