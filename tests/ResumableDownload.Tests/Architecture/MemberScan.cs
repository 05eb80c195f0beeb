using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

/// <summary>Cuts a file into members: it counts brackets, and knows a type by its keyword.</summary>
internal static partial class MemberScan
{
    public static IEnumerable<Member> Of(SourceFile file)
    {
        var code = FileHead().Replace(file.Code, "");
        return InBody(code, 0, code.Length);
    }

    private static IEnumerable<Member> InBody(string code, int from, int to)
    {
        while (from < to && (from = NextVisible(code, from, to)) < to)
        {
            var (headerEnd, end) = Extent(code, from, to);
            var header = code[from..headerEnd];
            if (TypeHead().IsMatch(header))
            {
                yield return new(header, header);
                foreach (var inner in headerEnd < end && code[headerEnd] == '{' && !header.Contains("enum ", StringComparison.Ordinal) ? InBody(code, headerEnd + 1, end - 1) : [])
                {
                    yield return inner;
                }
            }
            else
            {
                yield return new(header, code[from..end]);
            }

            from = end;
        }
    }

    /// <summary>Where a member's head ends, and where it does.</summary>
    private static (int HeaderEnd, int End) Extent(string code, int from, int to)
    {
        var (depth, headerEnd, isExpression) = (0, -1, false);
        for (var at = from; at < to; at++)
        {
            var sign = code[at];
            if (depth == 0 && headerEnd < 0 && sign is '{' or ';' or '=' && depth == 0 && headerEnd < 0)
            {
                (headerEnd, isExpression) = (at, sign == '=');
            }

            depth += sign switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (depth == 0 && (sign == ';' || (sign == '}' && !isExpression && !HasInitialiser(code, at + 1, to))))
            {
                return (headerEnd, at + 1);
            }
        }

        return (headerEnd < 0 ? to : headerEnd, to);
    }

    private static bool HasInitialiser(string code, int from, int to) => NextVisible(code, from, to) is var at && at < to && code[at] is '=' or ';' && at < to;

    private static int NextVisible(string code, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(code[from]))
        {
            from++;
        }

        return from;
    }

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record)\s+(?!where\b)\w")]
    private static partial Regex TypeHead();

    [GeneratedRegex(@"^\s*(?:using [^(\n]*;|namespace [\w.]+;|#\w+.*)", RegexOptions.Multiline)]
    private static partial Regex FileHead();
}
