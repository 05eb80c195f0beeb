namespace ResumableDownload.Naming;

/// <summary>Text in which bytes are written as a percent sign and two digits (RFC 3986, section 2.1).</summary>
internal static class PercentText
{
    /// <summary>The bytes that a text stands for; <see langword="null"/> when an escape has no two digits, or a character is no byte.</summary>
    /// <remarks>Beyond ASCII all should have been escaped, but HttpClient reads a byte that was not as a character up to U+00FF.</remarks>
    public static byte[]? Bytes(string text, char escape = '%')
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != escape && text[at] <= 0xFF)
            {
                bytes.Add((byte)text[at]);
            }
            else if (text[at] == escape && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
            else
            {
                return null;
            }
        }

        return [.. bytes];
    }
}
