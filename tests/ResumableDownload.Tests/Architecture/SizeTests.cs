namespace ResumableDownload.Tests.Architecture;

public sealed class SizeTests
{
    private const int MostLinesOfFile = 250;
    private const int MostLinesOfMember = 40;
    private const int MostParameters = 6;
    private const int MostBranches = 10;

    public static TheoryData<string> Files => [.. SourceTree.Paths("src"), .. SourceTree.Paths("samples"), .. SourceTree.Paths("tests")];

    public static TheoryData<string> BudgetedFiles => [.. SourceTree.Paths("src"), .. SourceTree.Paths("samples")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Files_stay_small(string path) =>
        Assert.InRange(SourceTree.File(path).Text.TrimEnd().Count(static sign => sign == '\n') + 1, 1, MostLinesOfFile);

    [Theory]
    [MemberData(nameof(BudgetedFiles))]
    public void Members_stay_small(string path) =>
        Assert.True(!FaultsOf(SourceTree.File(path)).Any(), string.Join("\n", FaultsOf(SourceTree.File(path))));

    // A warning that is turned off without a word is a fault that nobody looks at again.
    [Theory]
    [MemberData(nameof(Files))]
    public void A_warning_is_turned_off_only_with_a_reason_beside_it(string path) =>
        Assert.True(!Silenced.FaultsOf(SourceTree.File(path)).Any(), string.Join("\n", Silenced.FaultsOf(SourceTree.File(path))));

    [Theory]
    [InlineData("class A { void B(int c, int d, int e, int f, int g, int h, int i) { } }")]
    [InlineData("class A(int c, Func<int, int> d, int e, int f, int g, int h, int i);")]
    [InlineData("record A(int C, int D, int E, int F, int G, int H, int I) : B(C);")]
    [InlineData("class A { A(int c, int d, int e, int f, int g, int h, int i) : this() { } }")]
    [InlineData("class A { int B() => c ?? d ?? e ?? f ?? g ?? h ?? i ?? j ?? k ?? l ?? m ?? n; }")]
    [InlineData("class A { int B() { if (c && d || e && f || g && h) { } while (i) { } foreach (var j in k) { } for (;;) { } return l ? m : n ? o : p; } }")]
    [InlineData("class A { class B { void C() {\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n } } }")]
    public void A_broken_budget_is_seen(string text) => Assert.NotEmpty(FaultsOf(new("src/A.cs", text)));

    [Theory]
    [InlineData("class A { void B(int c, int d, int e, Dictionary<int, (int, int)> f, int g, int h) { } int I; }")]
    [InlineData("class A { (int, int, int, int, int, int, int) B { get; } = (1, 2, 3, 4, 5, 6, 7); }")]
    public void A_kept_budget_passes(string text) => Assert.Empty(FaultsOf(new("src/A.cs", text)));

    [Theory]
    [InlineData("#pragma warning disable CA1000", false)]
    [InlineData("    #pragma warning disable CA1000", false)]
    [InlineData("#pragma warning disable CA1000 // The interface belongs to the platform.", true)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\")]", false)]
    [InlineData("[assembly: System.Diagnostics.CodeAnalysis.SuppressMessageAttribute(\"Design\", \"CA1000\", Justification = \"\")]", false)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\", Justification = \"The platform wants it.\")]", true)]
    public void A_silent_suppression_is_seen(string line, bool passes) => Assert.Equal(passes, !Silenced.FaultsOf(new("src/A.cs", line)).Any());

    private static IEnumerable<string> FaultsOf(SourceFile file) =>
        from member in MemberScan.Of(file)
        from fault in new[]
        {
            member.Lines > MostLinesOfMember ? $"has {member.Lines} lines" : null,
            member.Parameters > MostParameters && !member.IsImported ? $"has {member.Parameters} parameters" : null,
            member.Branches > MostBranches ? $"has {member.Branches} branches" : null,
        }
        where fault is not null
        select $"{file.Path}: {member.Name} {fault}";
}
