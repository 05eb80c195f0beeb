using System.Text;

namespace ResumableDownload.Tests.Fuzz;

/// <summary>Changes bytes and texts as damage, chance and malice do.</summary>
internal static class Mutation
{
    private static readonly string[] Odd =
    [
        "", "\0", "\n", "\r\n", "\"", "\\", "{", "}", "[", ",", ":", ";", "=", "-", "/", "*", " ", "\t", "%", "'", "\u00ff", "\u00c3\u00a9", "\ufeff", "\u202e", "\ud800",
        "-1", "0", "1", "00", "+5", "0x10", "1e3", "1.5", "99", "2147483648", "9223372036854775807", "9223372036854775808", "18446744073709551616", "99999999999999999999999",
        "null", "true", "{}", "[[[[", "\"\"", "\\u0000", "\\ud800", ",\"c\":\"00000000\"}\n", "{\"at\":0,\"len\":1", "../", "..\\", "/etc/passwd", "bytes */*", "W/\"\"", "NaN",
    ];

    /// <summary>One to four changes: a bit, a byte, something odd put in, a piece left out, sent twice, or of somewhere else.</summary>
    /// <param name="bytes">What is changed.</param>
    /// <param name="random">What decides.</param>
    /// <param name="other">Where pieces may come from.</param>
    public static byte[] Of(byte[] bytes, Random random, byte[]? other = null)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            bytes = Once(bytes, random, other ?? bytes);
        }

        return bytes;
    }

    public static string Of(string text, Random random, string? other = null)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var (from, to) = Span(text.Length, random);
            var piece = random.Next(4) switch
            {
                0 => Piece(random),
                1 => ((char)random.Next(0x100)).ToString(),
                2 => (other ?? text) is var source && Span(source.Length, random) is var (start, end) ? source[start..end] : "",
                _ => "",
            };
            text = text[..from] + piece + text[(random.Next(2) == 0 ? from : to)..];
        }

        return text;
    }

    /// <summary>Something that a parser may stumble over.</summary>
    public static string Piece(Random random) => Odd[random.Next(Odd.Length)];

    /// <summary>One of some.</summary>
    public static T Pick<T>(this Random random, params ReadOnlySpan<T> some) => some[random.Next(some.Length)];

    /// <summary>Some texts in any order, and odd ones among them.</summary>
    public static string Words(Random random, string[] words, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(most + 1)).Select(_ => random.Next(6) == 0 ? Piece(random) : random.Pick(words)));

    private static byte[] Once(byte[] bytes, Random random, byte[] other)
    {
        var (from, to) = Span(bytes.Length, random);
        switch (random.Next(8))
        {
            case 0 when bytes.Length > from:
                var flipped = bytes.ToArray();
                flipped[from] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1 when bytes.Length > from:
                var changed = bytes.ToArray();
                changed[from] = (byte)random.Next(256);
                return changed;
            case 2:
                return [.. bytes[..from], .. Encoding.UTF8.GetBytes(Piece(random)), .. bytes[from..]];
            case 3:
                return [.. bytes[..from], .. Encoding.UTF8.GetBytes(Piece(random)), .. bytes[to..]];
            case 4:
                return [.. bytes[..from], .. bytes[to..]];
            case 5:
                return [.. bytes[..to], .. bytes[from..]];
            case 6:
                return bytes[..from];
            default:
                var (start, end) = Span(other.Length, random);
                return [.. bytes[..from], .. other[start..end], .. bytes[(random.Next(2) == 0 ? from : to)..]];
        }
    }

    // Short ones more often than long ones.
    private static (int From, int To) Span(int length, Random random)
    {
        var from = random.Next(length + 1);
        return (from, Math.Min(length, from + (1 << random.Next(10)) - 1));
    }
}
