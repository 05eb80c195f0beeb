using System.Globalization;

namespace ResumableDownload;

/// <summary>A run of bytes, from <see cref="Start"/> up to but not including <see cref="End"/>.</summary>
/// <remarks>Half-open, so lengths subtract and neighbours share an edge. The wire's inclusive form is made in one method of the request only.</remarks>
public readonly record struct ByteRange
{
    /// <summary>Initializes a new instance of the <see cref="ByteRange"/> struct.</summary>
    /// <param name="start">The offset of the first byte, counted from 0.</param>
    /// <param name="end">The offset behind the last byte; equal to <paramref name="start"/> when there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The start is negative, or the end is before it.</exception>
    public ByteRange(long start, long end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Start = start;
        End = end;
    }

    /// <summary>Gets the offset of the first byte, counted from 0.</summary>
    public long Start { get; }

    /// <summary>Gets the offset behind the last byte.</summary>
    public long End { get; }

    /// <summary>Gets the number of bytes.</summary>
    public long Length => End - Start;

    /// <summary>Gets a value indicating whether there are no bytes.</summary>
    public bool IsEmpty => End == Start;

    /// <summary>Tells whether the byte at an offset is one of these.</summary>
    /// <param name="offset">The offset.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(long offset) => offset >= Start && offset < End;

    /// <summary>Tells whether this and another range share a byte.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>Whether they do.</returns>
    public bool Overlaps(ByteRange other) => Math.Max(Start, other.Start) < Math.Min(End, other.End);

    /// <summary>Shows the range in the notation of half-open intervals.</summary>
    /// <returns>The text, as <c>[0, 1024)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Start}, {End})");
}
