namespace ResumableDownload.Tests.Architecture;

/// <summary>A claim about security that nothing shows is a wish.</summary>
public sealed class SecurityPaperTests
{
    private static readonly string Paper = File.ReadAllText(Path.Combine(SourceTree.Root, "SECURITY.md")).ReplaceLineEndings("\n");

    private static readonly HashSet<string> Tests = [.. SourceTree.Read("tests").SelectMany(SecurityPaper.TestsOf)];

    [Fact]
    public void Every_claim_has_a_test_and_every_test_exists() => Assert.Empty(SecurityPaper.FaultsOf(Paper, Tests));

    [Fact]
    public void There_are_claims_about_every_threat()
    {
        Assert.InRange(SecurityPaper.ClaimsOf(Paper).Count, 15, 60);
        Assert.Equal(6, Paper.Split('\n').Count(static line => line.StartsWith("| what", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("| they lie | it sees that | |")]
    [InlineData("| they lie | it sees that | `MaxLength` |")]
    [InlineData("| they lie | it sees that | `LiesTests.There_is_no_such_test` |")]
    [InlineData("| they lie | it sees that | `Lies.A_lie_is_seen`, `LiesTests.A_lie_is_seen` |")]
    [InlineData("| they lie | it sees that, says `Lies.A_lie_is_seen` | |")]
    public void A_claim_that_nothing_shows_is_seen(string row) => Assert.Single(SecurityPaper.FaultsOf(row, new HashSet<string> { "Lies.A_lie_is_seen" }));

    [Fact]
    public void What_is_no_test_shows_nothing()
    {
        var file = new SourceFile("tests/A.cs", "class A { public void Not_a_test() { } [RootFact] public async Task A_test() { } // [Fact] public void In_a_comment()\n [Theory] [InlineData(\"]\")] public void Another_one(string b) { } }");

        Assert.Equal(["A.A_test", "A.Another_one"], SecurityPaper.TestsOf(file));
    }
}
