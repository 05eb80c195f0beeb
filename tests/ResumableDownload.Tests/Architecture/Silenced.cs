using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

/// <summary>Warnings that are turned off without a reason in the same line.</summary>
internal static partial class Silenced
{
    public static IEnumerable<string> FaultsOf(SourceFile file)
    {
        var lines = file.Text.Split('\n');
        var code = file.Code.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if ((Pragma().IsMatch(code[at]) && !Reason().IsMatch(lines[at])) || (Attribute().IsMatch(code[at]) && !Justified().IsMatch(lines[at])))
            {
                yield return $"{file.Path}({at + 1}): {lines[at].Trim()}";
            }
        }
    }

    [GeneratedRegex(@"^\s*#pragma\s+warning\s+disable\b")]
    private static partial Regex Pragma();

    [GeneratedRegex(@"//\s*\w.*\w")]
    private static partial Regex Reason();

    [GeneratedRegex(@"\bSuppressMessage(?:Attribute)?\s*\(|\bUnconditionalSuppressMessage(?:Attribute)?\s*\(")]
    private static partial Regex Attribute();

    [GeneratedRegex("Justification\\s*=\\s*\"[^\"]+\"")]
    private static partial Regex Justified();
}
