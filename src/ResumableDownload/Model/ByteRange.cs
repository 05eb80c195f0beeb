using System.Globalization;

namespace ResumableDownload.Model;

/// <summary>A run of bytes, from <see cref="Start"/> up to but not including <see cref="End"/>.</summary>
/// <remarks>Half-open, so lengths subtract and neighbours share an edge. The wire's inclusive form is made in one method of the request only.</remarks>
internal readonly record struct ByteRange
{
    public ByteRange(long start, long end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Start = start;
        End = end;
    }

    public long Start { get; }

    public long End { get; }

    public long Length => End - Start;

    public bool IsEmpty => End == Start;

    public bool Contains(long offset) => offset >= Start && offset < End;

    public bool Overlaps(ByteRange other) => Start < other.End && other.Start < End;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Start}, {End})");
}
