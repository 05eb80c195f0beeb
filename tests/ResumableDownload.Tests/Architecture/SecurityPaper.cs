using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

/// <summary>Reads the claims of SECURITY.md, and holds them against the tests that there are.</summary>
internal static partial class SecurityPaper
{
    /// <summary>What is wrong with a paper: a claim without a test, or with one that there is not.</summary>
    public static IEnumerable<string> FaultsOf(string paper, IReadOnlySet<string> tests) =>
        from claim in ClaimsOf(paper)
        let named = Named().Matches(claim[^1]).Select(static name => name.Groups[1].Value).ToArray()
        from fault in named.Length == 0 ? ["names no test"] : named.Where(name => !tests.Contains(name)).Select(static name => $"names '{name}', which is no test")
        select $"'{claim[0]}' {fault}";

    /// <summary>The rows of its tables, without their heads.</summary>
    public static IReadOnlyList<string[]> ClaimsOf(string paper) =>
        [.. paper.Split('\n').Where(static line => Row().IsMatch(line)).Select(Cells).Where(static cells => cells[^1] is not ("shown by" or "---"))];

    /// <summary>The tests of a file, as <c>Class.Method</c>.</summary>
    public static IEnumerable<string> TestsOf(SourceFile file) =>
        Class().Match(file.Code) is { Success: true } type
            ? Test().Matches(file.Code).Select(test => $"{type.Groups[1].Value}.{test.Groups[1].Value}")
            : [];

    private static string[] Cells(string row) => [.. row[1..^1].Split('|', StringSplitOptions.TrimEntries)];

    [GeneratedRegex("^\\|.*\\|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Z]\\w+\\.[A-Z]\\w*_\\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\bclass (\w+)")]
    private static partial Regex Class();

    // An attribute that ends in Fact or Theory, perhaps others, and the method.
    [GeneratedRegex(@"\[\w*(?:Fact|Theory)\b[^\]]*\]\s*(?:\[[^\]]*\]\s*)*public (?:async )?(?:void|Task) (\w+)")]
    private static partial Regex Test();
}
