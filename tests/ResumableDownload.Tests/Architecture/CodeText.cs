using System.Text;

namespace ResumableDownload.Tests.Architecture;

/// <summary>Blanks comments and literals out of C# text, so that a scan sees code only. Lines and columns stay; code in the holes of an interpolated string stays too.</summary>
internal sealed class CodeText
{
    private readonly string _text;
    private readonly StringBuilder _code;
    private int _at;

    private CodeText(string text) => (_text, _code) = (text, new StringBuilder(text.Length));

    public static string Of(string text)
    {
        var scan = new CodeText(text);
        scan.Code(inHole: false);
        return scan._code.ToString();
    }

    /// <summary>Copies code until the text ends, or the hole of an interpolated string does.</summary>
    private void Code(bool inHole)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            if (inHole && depth == 0 && _text[_at] is '}' or ':' && inHole && depth == 0)
            {
                return;
            }

            depth += _text[_at] switch { '{' or '(' or '[' => 1, '}' or ')' or ']' => -1, _ => 0 };
            if (!Comment() && !Character() && !Literal())
            {
                Keep(1);
            }
        }
    }

    private bool Comment()
    {
        var end = Is("//") ? _text.IndexOf('\n', _at) : Is("/*") ? _text.IndexOf("*/", _at, StringComparison.Ordinal) + 2 : 0;
        if (end == 0)
        {
            return false;
        }

        Blank((end < 0 ? _text.Length : end) - _at);
        return true;
    }

    private bool Character()
    {
        if (!Is("'"))
        {
            return false;
        }

        var end = _text[_at + 1] == '\\' ? _text.IndexOf('\'', _at + 3) : _at + 2;
        Blank(end + 1 - _at);
        return true;
    }

    private bool Literal()
    {
        var start = _at;
        while (start < _text.Length && _text[start] is '$' or '@')
        {
            start++;
        }

        if (start == _text.Length || _text[start] != '"')
        {
            return false;
        }

        var prefix = _text[_at..start];
        var quotes = 1;
        while (start + quotes < _text.Length && _text[start + quotes] == '"')
        {
            quotes++;
        }

        if (quotes == 2)
        {
            Blank(prefix.Length + 2);
        }
        else
        {
            Blank(prefix.Length + quotes);
            Body(new string('"', quotes), prefix.Count(static sign => sign == '$'), isVerbatim: prefix.Contains('@') || quotes > 2);
        }

        return true;
    }

    private void Body(string end, int holes, bool isVerbatim)
    {
        var open = new string('{', Math.Max(1, holes));
        while (!Is(end) || (end.Length == 1 && isVerbatim && Is("\"\"")))
        {
            if (holes > 0 && Is(open) && !(end.Length == 1 && Is("{{")))
            {
                Blank(open.Length);
                Code(inHole: true);
                Blank(_text.IndexOf(new string('}', open.Length), _at, StringComparison.Ordinal) + open.Length - _at);
            }
            else
            {
                var isPair = (!isVerbatim && Is("\\")) || (end.Length == 1 && (Is("\"\"") || (holes > 0 && (Is("{{") || Is("}}")))));
                Blank(isPair ? 2 : 1);
            }
        }

        Blank(end.Length);
    }

    private bool Is(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private void Keep(int count)
    {
        _code.Append(_text, _at, count);
        _at += count;
    }

    private void Blank(int count)
    {
        foreach (var sign in _text.AsSpan(_at, count))
        {
            _code.Append(sign == '\n' ? '\n' : ' ');
        }

        _at += count;
    }
}
