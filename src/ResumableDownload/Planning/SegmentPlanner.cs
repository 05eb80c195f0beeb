using ResumableDownload.Model;

namespace ResumableDownload.Planning;

/// <summary>Chooses what an idle connection takes: a gap, or the later part of the range that would take longest.</summary>
/// <remarks>
/// A split is by the measured speeds, so that both ends come together. Its place is not rounded: nobody needs round places,
/// and beside a crawling owner even 64 KiB are seconds.
/// </remarks>
internal static class SegmentPlanner
{
    /// <summary>Less is not worth a request of its own.</summary>
    internal const long LeastSegment = 1 << 20;

    /// <summary>So many seconds are worth a request, however short it is: beside fast ones a connection may crawl through its last MiB for minutes.</summary>
    internal const double MuchSaved = 0.5;

    /// <summary>Beyond this a young speed foretells nothing.</summary>
    private const double ForeseenSeconds = 2;

    /// <param name="gaps">Missing runs that nobody holds, in order.</param>
    /// <param name="segments">What the other connections hold.</param>
    /// <param name="speed">The idle connection's own measured speed; zero when it is not known.</param>
    /// <param name="cost">What the new range costs before it comes as quickly.</param>
    /// <returns><see langword="null"/> when nothing is worth a request.</returns>
    public static SegmentChoice? Choose(IReadOnlyList<ByteRange> gaps, IReadOnlyList<SegmentView> segments, double speed, SetupCost cost)
    {
        if (gaps.Count > 0)
        {
            return new SegmentChoice.Gap(gaps[0]);
        }

        var own = IsSpeed(speed) ? speed : MeanOf(segments);
        var setup = cost.SecondsAt(own);
        var (owner, at, longest) = (-1, 0L, -1d);
        for (var index = 0; index < segments.Count; index++)
        {
            // The longest that is worth it: when the very longest is not, help for the next one still frees its owner sooner.
            if (Split(segments[index], own, setup) is { } split && IsLonger(split.TimeLeft, longest, segments, index, owner))
            {
                (owner, at, longest) = (index, split.At, split.TimeLeft);
            }
        }

        return owner < 0 ? null : new SegmentChoice.LaterPart(owner, at);
    }

    private static bool IsLonger(double timeLeft, double longest, IReadOnlyList<SegmentView> segments, int index, int owner) =>
        timeLeft > longest || (double.IsPositiveInfinity(longest) && double.IsPositiveInfinity(timeLeft) && segments[index].Left.Length > segments[owner].Left.Length);

    private static (long At, double TimeLeft)? Split(SegmentView segment, double own, double setup)
    {
        if (!segment.MayBeSplit || segment.Left.IsEmpty)
        {
            return null;
        }

        return IsSpeed(segment.Speed) ? Share(segment, own, setup) : (segment.Left.Start, double.PositiveInfinity);
    }

    private static (long At, double TimeLeft)? Share(SegmentView segment, double own, double setup)
    {
        // A young one becomes faster yet: judged by its first packets it would lose its range, and the taker its own to the next.
        var speed = segment.IsYoung ? Math.Max(segment.Speed, own) : segment.Speed;
        var (length, timeLeft) = (segment.Left.Length, segment.Left.Length / speed);

        // The owner goes on during the set-up, then both go on together.
        var together = (length + (setup * own)) / (speed + own);
        // As whole numbers: near 2^62 a double does not tell a length from its neighbours. The owner keeps a byte.
        var share = Math.Min((long)((together - setup) * own), length - 1);
        // By a guess it takes half of that: it comes back for more over a connection that is quick by then, whereas an owner that was left too little is closed, and begins anew.
        var taken = segment.IsYoung && together > ForeseenSeconds ? share / 2 : share;
        var saved = taken / speed;
        return taken > 0 && saved > 2 * setup && (taken >= LeastSegment || saved > MuchSaved) ? (segment.Left.End - taken, timeLeft) : null;
    }

    private static double MeanOf(IReadOnlyList<SegmentView> segments)
    {
        var (sum, count) = (0d, 0);
        for (var index = 0; index < segments.Count; index++)
        {
            if (segments[index].MayBeSplit && IsSpeed(segments[index].Speed))
            {
                (sum, count) = (sum + segments[index].Speed, count + 1);
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static bool IsSpeed(double speed) => speed > 0 && double.IsFinite(speed);
}
