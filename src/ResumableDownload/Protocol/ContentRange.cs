using System.Globalization;

namespace ResumableDownload.Protocol;

/// <summary>A valid Content-Range (RFC 9110, section 14.4): which bytes a body holds, and of how many.</summary>
/// <param name="Sent">The bytes of the body; <see langword="null"/> in the unsatisfied form <c>bytes */1000</c>.</param>
/// <param name="Total">The whole length; <see langword="null"/> for <c>*</c>.</param>
internal readonly record struct ContentRange(ByteRange? Sent, long? Total)
{
    /// <summary>Reads all lines of the field; <see langword="null"/> when there is none, more than one, or one that is not valid.</summary>
    /// <remarks>Seen from real servers: <c>1000-999/1000</c>, <c>0--1/0</c>, <c>900-2000/1000</c>, <c>bytes=1-2/3</c>.</remarks>
    public static ContentRange? Read(IReadOnlyList<string> lines)
    {
        if (lines.Count != 1)
        {
            return null;
        }

        var words = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words is [var unit, var value] && unit.Equals("bytes", StringComparison.OrdinalIgnoreCase) && value.Split('/') is [var sent, var total]
            ? Read(sent, total)
            : null;
    }

    private static ContentRange? Read(string sent, string total)
    {
        var length = Number(total);
        if (length is null && total != "*")
        {
            return null;
        }

        if (sent == "*")
        {
            return length is null ? null : new ContentRange(null, length);
        }

        return sent.Split('-') is [var first, var last] ? Read(Number(first), Number(last), length) : null;
    }

    private static ContentRange? Read(long? first, long? last, long? total) =>
        first <= last && last < (total ?? long.MaxValue) ? new ContentRange(new ByteRange(first.Value, last.Value + 1), total) : null;

    private static long? Number(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
