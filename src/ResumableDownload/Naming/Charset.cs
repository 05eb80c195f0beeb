using System.Text;

namespace ResumableDownload.Naming;

/// <summary>The charsets that are read: the two of RFC 5987, and the one that both contain.</summary>
internal static class Charset
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text that bytes stand for; <see langword="null"/> when the charset is another one, or the bytes are not valid in it.</summary>
    public static string? Text(string name, byte[] bytes) => name.ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" or "US-ASCII" => Utf8(bytes),
        "ISO-8859-1" => Encoding.Latin1.GetString(bytes),
        _ => null,
    };

    /// <summary>The text that bytes of UTF-8 stand for; <see langword="null"/> when they are not valid.</summary>
    public static string? Utf8(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
