using System.Globalization;
using System.Text;

namespace ResumableDownload.Naming;

/// <summary>How long a name may be: what most file systems allow, in bytes of UTF-8.</summary>
internal static class FileNameLength
{
    public const int Longest = 255;

    /// <summary>As much of a text's beginning as fits, cut between characters as a reader counts them.</summary>
    public static string Cut(string text, int room)
    {
        var end = End(text, room, static rest => StringInfo.GetNextTextElementLength(rest));

        // A single letter may carry more accents than fit; then it is cut among them.
        return text[..(end > 0 ? end : End(text, room, static rest => rest.Length > 1 && char.IsSurrogatePair(rest[0], rest[1]) ? 2 : 1))];
    }

    /// <summary>The name with a mark before its extension, cut before the mark when all of it does not fit.</summary>
    public static string Fit(string name, string mark = "")
    {
        var end = mark + name[FileExtension.StartIn(name)..];
        return Cut(name[..FileExtension.StartIn(name)], Longest - Encoding.UTF8.GetByteCount(end)) + end;
    }

    private static int End(ReadOnlySpan<char> text, int room, Func<ReadOnlySpan<char>, int> next)
    {
        var end = 0;
        while (end < text.Length)
        {
            var length = next(text[end..]);
            room -= Encoding.UTF8.GetByteCount(text.Slice(end, length));
            if (room < 0)
            {
                break;
            }

            end += length;
        }

        return end;
    }
}
