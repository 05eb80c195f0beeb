using System.Text;
using System.Text.RegularExpressions;

namespace ResumableDownload.Naming;

/// <summary>Encoded words (RFC 2047), made for mail and not for HTTP (RFC 6266, appendix C.1), but sent and read all the same.</summary>
internal static partial class EncodedWords
{
    /// <summary>The text with its encoded words read; a word that cannot be read stays as it is.</summary>
    public static string Read(string text) => Neighbours().Replace(text, static words => ReadAll(words.Value) ?? words.Value);

    // Words are joined before they are decoded: some senders split a character between two of them.
    private static string? ReadAll(string words)
    {
        List<byte> bytes = [];
        foreach (Match word in Word().Matches(words))
        {
            if (BytesOf(word) is not { } part)
            {
                return null;
            }

            bytes.AddRange(part);
        }

        return Charset.Utf8([.. bytes]);
    }

    // In UTF-8, whatever the charset was. RFC 2231, section 5, lets a language follow the charset after an asterisk.
    private static byte[]? BytesOf(Match word)
    {
        var bytes = word.Groups["form"].Value is "B" or "b" ? FromBase64(word.Groups["text"].Value) : PercentText.Bytes(word.Groups["text"].Value.Replace('_', ' '), '=');
        var charset = word.Groups["charset"].Value.Split('*')[0].ToUpperInvariant();
        return bytes is null ? null : charset is "UTF-8" or "UTF8" ? bytes : Charset.Text(charset, bytes) is { } text ? Encoding.UTF8.GetBytes(text) : null;
    }

    private static byte[]? FromBase64(string text)
    {
        var padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var written) ? bytes[..written] : null;
    }

    [GeneratedRegex(@"=\?[^?\s]+\?[BbQq]\?[^?]*\?=(?:\s+=\?[^?\s]+\?[BbQq]\?[^?]*\?=)*")]
    private static partial Regex Neighbours();

    [GeneratedRegex(@"=\?(?<charset>[^?\s]+)\?(?<form>[BbQq])\?(?<text>[^?]*)\?=")]
    private static partial Regex Word();
}
