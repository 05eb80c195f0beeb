using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

/// <summary>One member of a type, or a type's own head, as a scan of the text finds it.</summary>
/// <param name="Header">What comes before its body.</param>
/// <param name="Text">All of it, without comments and literals.</param>
internal sealed partial record Member(string Header, string Text)
{
    /// <summary>How many lines it has, from its name to its end.</summary>
    public int Lines => Text.Trim().Count(static sign => sign == '\n') + 1;

    /// <summary>How many parameters its head has.</summary>
    public int Parameters => ParameterList() is { Length: > 0 } list ? 1 + SignsOutside(list, ',').Count() : 0;

    /// <summary>
    /// How many ways its body forks. A switch expression is one fork however many rows it has: a table is looked up, not followed.
    /// What its rows add (when, ?:, &amp;&amp;) counts.
    /// </summary>
    public int Branches => Forks().Count(Text[Header.Length..]);

    /// <summary>Whether its head is the operating system's choice.</summary>
    public bool IsImported => Header.Contains("[LibraryImport(", StringComparison.Ordinal);

    public string Name => Named().Match(Header) is { Success: true } found ? found.Groups[1].Value : Header.Trim();

    /// <summary>Where a sign stands outside all brackets.</summary>
    public static IEnumerable<int> SignsOutside(string text, char sign)
    {
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (depth == 0 && text[at] == sign)
            {
                yield return at;
            }

            var isArrow = at > 0 && text[at] == '>' && text[at - 1] == '=';
            depth += text[at] switch { '(' or '[' or '{' or '<' => 1, ')' or ']' or '}' => -1, '>' when !isArrow => -1, _ => 0 };
        }
    }

    private string ParameterList()
    {
        var head = Header;
        foreach (var colon in SignsOutside(Header, ':').Take(1).ToArray())
        {
            head = Header[..colon];
        }

        head = Constraint().Replace(head, "").TrimEnd();
        var open = SignsOutside(head, '(').LastOrDefault(-1);
        return head.EndsWith(')') && open >= 0 ? head[(open + 1)..^1].Trim() : "";
    }

    [GeneratedRegex(@"\b(?:if|for|foreach|while|case|catch|when|switch)\b|&&|\|\||\?\?|\s\?\s")]
    private static partial Regex Forks();

    [GeneratedRegex(@"\s+where\s.*$", RegexOptions.Singleline)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"(\w+)\s*(?:<[^(]*>)?\s*\(")]
    private static partial Regex Named();
}
