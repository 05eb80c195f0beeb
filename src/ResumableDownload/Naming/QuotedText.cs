using System.Text;

namespace ResumableDownload.Naming;

/// <summary>The value of a parameter: a quoted string (RFC 9110, section 5.6.4), or all up to the next semicolon.</summary>
internal static class QuotedText
{
    /// <summary>The value without its quotes, and where the semicolon after it is, or would be.</summary>
    public static (string Value, int End) ValueAt(string field, int at)
    {
        while (at < field.Length && field[at] is ' ' or '\t')
        {
            at++;
        }

        if (at == field.Length || field[at] != '"')
        {
            var end = SemicolonAt(field, at);
            return (field[at..end].Trim(), end);
        }

        var quote = ClosingQuote(field, at + 1);
        return (Unescaped(field[(at + 1)..quote]), SemicolonAt(field, quote));
    }

    private static int SemicolonAt(string field, int at)
    {
        var length = field.AsSpan(at).IndexOf(';');
        return length < 0 ? field.Length : at + length;
    }

    // Without a closing quote the value goes on to the end.
    private static int ClosingQuote(string field, int at)
    {
        while (at < field.Length && field[at] != '"')
        {
            at += field[at] == '\\' ? 2 : 1;
        }

        return Math.Min(at, field.Length);
    }

    // Servers on Windows send a whole path, and its backslashes escape nothing.
    private static string Unescaped(string text)
    {
        if (text is [_, ':', '\\', ..] && char.IsAsciiLetter(text[0]))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            plain.Append(text[at]);
        }

        return plain.ToString();
    }
}
