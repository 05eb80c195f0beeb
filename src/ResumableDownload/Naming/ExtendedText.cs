namespace ResumableDownload.Naming;

/// <summary>The value of a parameter whose name ends with an asterisk (RFC 8187): charset, language, and text with escapes.</summary>
internal static class ExtendedText
{
    /// <summary>The text; <see langword="null"/> when its form, its charset or an escape is not valid.</summary>
    public static string? Read(string value) =>
        value.Split('\'', 3) is [var charset, _, var text] && PercentText.Bytes(text) is { } bytes ? Charset.Text(charset.Trim(), bytes) : null;
}
