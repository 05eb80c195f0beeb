using System.Collections.Immutable;

namespace ResumableDownload.Model;

/// <summary>Which bytes are there: disjoint ranges in order, none touching its neighbour.</summary>
internal sealed class ByteRangeSet
{
    private readonly ImmutableArray<ByteRange> _ranges;

    private ByteRangeSet(ImmutableArray<ByteRange> ranges)
    {
        _ranges = ranges;
        foreach (var range in ranges)
        {
            Length += range.Length;
        }
    }

    public static ByteRangeSet Empty { get; } = new([]);

    public ImmutableArray<ByteRange> Ranges => _ranges;

    /// <summary>How many bytes are there in all.</summary>
    public long Length { get; }

    /// <summary>The end of the last range; zero when nothing is there.</summary>
    public long End => _ranges.IsEmpty ? 0 : _ranges[^1].End;

    /// <summary>Where the first missing byte is.</summary>
    public long FirstMissing => _ranges.IsEmpty || _ranges[0].Start > 0 ? 0 : _ranges[0].End;

    public bool Covers(long total) => Length == total && End == total;

    public ByteRangeSet Add(ByteRange added)
    {
        if (added.IsEmpty)
        {
            return this;
        }

        var first = FirstEndingAtOrAfter(added.Start);
        var (start, end, next) = (added.Start, added.End, first);
        for (; next < _ranges.Length && _ranges[next].Start <= end; next++)
        {
            start = Math.Min(start, _ranges[next].Start);
            end = Math.Max(end, _ranges[next].End);
        }

        return new([.. _ranges.AsSpan(0, first), new ByteRange(start, end), .. _ranges.AsSpan()[next..]]);
    }

    public bool Overlaps(ByteRange range)
    {
        var index = FirstEndingAtOrAfter(range.Start + 1);
        return !range.IsEmpty && index < _ranges.Length && _ranges[index].Overlaps(range);
    }

    /// <summary>The longest run from <paramref name="start"/> towards <paramref name="end"/> that is either wholly there or wholly missing.</summary>
    public (ByteRange Run, bool IsThere) RunAt(long start, long end)
    {
        var index = FirstEndingAtOrAfter(start + 1);
        if (index == _ranges.Length || _ranges[index].Start >= end)
        {
            return (new ByteRange(start, end), false);
        }

        var found = _ranges[index];
        return found.Contains(start)
            ? (new ByteRange(start, Math.Min(end, found.End)), true)
            : (new ByteRange(start, found.Start), false);
    }

    private int FirstEndingAtOrAfter(long offset)
    {
        var (low, high) = (0, _ranges.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _ranges[middle].End < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
