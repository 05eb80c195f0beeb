using System.Text.RegularExpressions;

namespace ResumableDownload.IntegrationTests;

/// <summary>What documents tell in C# is the code of tests, between <c>#region told: …</c> and its end: it compiles and runs.</summary>
public sealed partial class DocumentTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("samples/COOKBOOK.md")]
    public void Every_block_of_code_is_that_of_a_test(string document)
    {
        var told = Blocks(document);

        Assert.NotEmpty(told);
        Assert.Empty(told.Except([.. Working(), PackageTests.FirstExample()]));
    }

    [Fact]
    public void Nothing_is_kept_for_documents_that_no_document_tells() =>
        Assert.Empty(Working().Except([.. Blocks("README.md"), .. Blocks("samples/COOKBOOK.md")]));

    /// <summary>The blocks of a document, in order.</summary>
    internal static IReadOnlyList<string> Blocks(string document) =>
        [.. CSharp().Matches(Read(Repository.Path(document))).Select(static block => block.Groups[1].Value.Trim())];

    private static string[] Working() =>
        [.. Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories).SelectMany(static file => Told().Matches(Read(file))).Select(static region => Outdented(region.Groups[1].Value))];

    private static string Read(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    private static string Outdented(string text)
    {
        var lines = text.Trim('\n').TrimEnd().Split('\n');
        var margin = lines.Where(static line => line.Trim().Length > 0).Min(static line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > margin ? line[margin..].TrimEnd() : ""));
    }

    [GeneratedRegex(@"#region told: [^\n]+\n(.*?)\s+#endregion", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
