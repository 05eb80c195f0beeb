namespace ResumableDownload.Model;

/// <summary>Text of a server as it may be shown: without what a terminal would obey, and not without end.</summary>
internal static class ForeignText
{
    private const int Longest = 100;

    public static string Of(string text)
    {
        var shown = string.Concat(text.Take(Longest).Select(static letter => char.IsControl(letter) ? '?' : letter));
        return text.Length > Longest ? shown + "…" : shown;
    }
}
