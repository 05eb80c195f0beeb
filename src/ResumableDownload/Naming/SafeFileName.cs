using System.Globalization;
using System.Text;

namespace ResumableDownload.Naming;

/// <summary>A name from elsewhere as the name of a file: it stays in its folder and is possible on Linux, macOS and Windows alike.</summary>
internal static class SafeFileName
{
    // Besides the separators, what Windows refuses. The colon is also the mark of a drive and of an alternate data stream.
    private const string Forbidden = "<>:\"|?*";

    /// <summary>The name made safe; <see langword="null"/> when nothing of it can be used.</summary>
    public static string? Of(string? candidate)
    {
        var name = Fitting(Trimmed(Cleaned(LastSegment(candidate ?? ""))));
        return name.Length == 0 ? null : ReservedName.NotOfSidecar(Fitting(ReservedName.NotOfWindows(name)));
    }

    // A cut may leave a space or a dot at the end.
    private static string Fitting(string name) => Trimmed(FileNameLength.Fit(name));

    private static string LastSegment(string path) => path[(path.AsSpan().LastIndexOfAny('/', '\\') + 1)..];

    // Normalised last: a letter and its accent may have been apart.
    private static string Cleaned(string name)
    {
        var cleaned = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            cleaned.Append(IsVisible(rune) ? Replaced(rune).ToString() : "");
        }

        return cleaned.ToString().Normalize();
    }

    // Format characters turn the order of letters around, so that a name reads as another one. U+FFFE and its like are no characters at all.
    private static bool IsVisible(Rune rune) =>
        (rune.Value & 0xFFFE) != 0xFFFE
        && Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Half a surrogate pair comes as the replacement character. The Kelvin sign is a K to file systems that ignore case.
    private static Rune Replaced(Rune rune) => rune.Value switch
    {
        0xFFFD => new Rune('_'),
        0x212A => new Rune('K'),
        var value when value < 0x80 && Forbidden.Contains((char)value) => new Rune('_'),
        _ => rune,
    };

    // Dots at the beginning hide a file on Unix, so they go; dots and spaces at the end are dropped by Windows.
    private static string Trimmed(string name)
    {
        var (start, end) = (0, name.Length);
        while (start < end && IsEdge(name[start]))
        {
            start++;
        }

        while (end > start && IsEdge(name[end - 1]))
        {
            end--;
        }

        return name[start..end];
    }

    private static bool IsEdge(char sign) => sign == '.' || char.IsWhiteSpace(sign);
}
