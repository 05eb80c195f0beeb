using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ResumableDownload.Storage;

/// <summary>The one field of a first line that every version has, in a checkpoint and in a queue file.</summary>
internal sealed record JournalFormat(int? Format)
{
    /// <summary>Reads the format, whatever else a later version may have put into its first line; <see langword="null"/> when there is none, or it is damaged.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="current">Our own.</param>
    public static int? Read(ReadOnlySpan<byte> line, int current) =>
        Parse(line, JournalJson.Default.JournalFormat)?.Format is { } format && !(format > current && IsOurs(line, format, current)) ? format : null;

    // One flipped bit makes a 3, a 5 or a 9 of a 1, and a newer version's file would be left alone for ever. A line of ours proves itself with our own format in that place.
    private static bool IsOurs(ReadOnlySpan<byte> line, int format, int current)
    {
        var (told, own) = (Beginning(format), Beginning(current));
        if (!line.StartsWith(told))
        {
            return false;
        }

        byte[] mended = [.. own, .. line[told.Length..]];
        return Parse(mended, JournalJson.Default.JournalGeneration)?.Generation is { } generation && ProvedLines.EndOfFirst(mended, generation) is not null;
    }

    private static T? Parse<T>(ReadOnlySpan<byte> line, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Beginning(int format) => JsonSerializer.SerializeToUtf8Bytes(new JournalFormat(format), JournalJson.Default.JournalFormat)[..^1];
}

/// <summary>The random name in a first line of ours.</summary>
internal sealed record JournalGeneration(string? Generation);
