using ResumableDownload.Model;

namespace ResumableDownload.Planning;

/// <summary>What one connection fetches next: the first gap.</summary>
internal static class NextRange
{
    /// <summary>The first missing run; its end is <see langword="null"/> when nothing that is kept comes after it, for then the server's end is the end.</summary>
    public static (long Start, long? End) Of(ByteRangeSet received)
    {
        var start = received.FirstMissing;
        return start >= received.End ? (start, null) : (start, received.RunAt(start, received.End).Run.End);
    }
}
