using ResumableDownload.Integrity;

namespace ResumableDownload.Storage;

/// <summary>Whether what a line says is believed. Its proof holds.</summary>
/// <param name="content">The line up to its proof.</param>
/// <param name="end">The place after it.</param>
internal delegate bool LineReader(ReadOnlySpan<byte> content, JournalPosition end);

/// <summary>Walks the lines of a proved file, and stops at the first one that does not hold: a torn tail, a flipped bit, a stale block of the disk.</summary>
internal static class ProvedLines
{
    /// <summary>The first line; when it is not whole, what there is of it.</summary>
    public static ReadOnlySpan<byte> First(ReadOnlySpan<byte> file, out bool isWhole)
    {
        var length = file.IndexOf((byte)'\n');
        isWhole = length >= 0;
        return isWhole ? file[..length] : file;
    }

    /// <summary>The place after the first line; <see langword="null"/> when that does not hold.</summary>
    /// <param name="line">The line, without its line feed.</param>
    /// <param name="generation">The generation that it names.</param>
    public static JournalPosition? EndOfFirst(ReadOnlySpan<byte> line, string generation) => Prove(line, new(0, JournalLine.Seed(generation)), out _);

    /// <summary>Reads the lines after a place.</summary>
    /// <returns>The place after the last line that holds and is believed.</returns>
    public static JournalPosition Walk(ReadOnlySpan<byte> file, JournalPosition start, LineReader believes)
    {
        var end = start;
        while (First(file[(int)end.Offset..], out var isWhole) is var line && isWhole
            && Prove(line, end, out var content) is { } next
            && believes(content, next))
        {
            end = next;
        }

        return end;
    }

    private static JournalPosition? Prove(ReadOnlySpan<byte> line, JournalPosition start, out ReadOnlySpan<byte> content)
    {
        var proof = JournalLine.ProofOf(line, out content);
        var chain = Crc32C.Append(start.Chain, content);
        return proof == chain ? new(start.Offset + line.Length + 1, chain) : null;
    }
}
