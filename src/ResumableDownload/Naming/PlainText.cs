using System.Text;

namespace ResumableDownload.Naming;

/// <summary>The value of an ordinary parameter: ASCII by the letter of the RFC, and by what servers send also UTF-8, encoded words and escapes.</summary>
internal static class PlainText
{
    public static string Read(string value)
    {
        var text = FromUtf8(value);
        return EncodedWords.Read(text) is { } decoded && decoded != text ? decoded : Unescaped(text);
    }

    // HttpClient reads every byte of a field as a character of its own.
    private static string FromUtf8(string value) =>
        !Ascii.IsValid(value) && value.All(static sign => sign <= 0xFF) ? Charset.Utf8(Encoding.Latin1.GetBytes(value)) ?? value : value;

    // Browsers differ: some decode escapes, some show them. Escapes of letters beyond ASCII cannot have been meant to be shown, others can: "100%25.txt".
    private static string Unescaped(string text) =>
        Ascii.IsValid(text) && PercentText.Bytes(text) is { } bytes && !Ascii.IsValid(bytes) ? Charset.Utf8(bytes) ?? text : text;
}
