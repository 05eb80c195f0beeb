namespace ResumableDownload.Tests.Architecture;

/// <summary>Shows that the guard bites: files that break a rule, each in its own way.</summary>
public sealed class RoomRulesTests
{
    [Theory]
    [InlineData("an upward using", "Protocol", "using ResumableDownload.Transfer;\nnamespace ResumableDownload.Protocol;")]
    [InlineData("a sideways using", "Protocol", "using ResumableDownload.Planning;\nnamespace ResumableDownload.Protocol;")]
    [InlineData("a static using", "Storage", "using static ResumableDownload.Transport.OriginHandler;")]
    [InlineData("an alias", "Storage", "using There = ResumableDownload.Transport;")]
    [InlineData("a qualified mention that needs no using", "Model", "class A { object B() => new Transfer.Tally(); }")]
    [InlineData("a fully qualified mention", "Model", "class A { global::ResumableDownload.Storage.Disk? B; }")]
    [InlineData("a bare mention of the facade", "Model", "class A { void B(ResumableDownloader c) { } }")]
    [InlineData("a mention of the options", "Transfer", "class A { ResumableDownloadOptions B() => new(); }")]
    [InlineData("a public type that lives higher", "Protocol", "class A { BandwidthLimit? B; }")]
    [InlineData("a mention in the hole of an interpolated string", "Model", "class A { string B() => $\"{{x}} {new BandwidthLimit(1)}\"; }")]
    [InlineData("a type argument", "Model", "class A { List<BandwidthLimit> B = []; }")]
    [InlineData("a room without a floor", "Utils", "class A;")]
    public void A_broken_rule_is_seen(string why, string room, string text) =>
        Assert.True(RoomRules.FaultsOf(InRoom(room, text), Types).Any(), why);

    [Theory]
    [InlineData("a downward using", "Transfer", "using ResumableDownload.Storage;")]
    [InlineData("its own namespace", "Transfer", "namespace ResumableDownload.Transfer;")]
    [InlineData("a comment", "Model", "/// <see cref=\"ResumableDownloader\"/>\n// Transfer.Tally\n/* Storage.Disk */")]
    [InlineData("a string", "Model", "class A { string B = \"Storage.Disk and a BandwidthLimit\"; }")]
    [InlineData("a member of the same name", "Model", "class A { int BandwidthLimit { get; } = other.Storage.Length; }")]
    public void An_innocent_file_passes(string why, string room, string text) =>
        Assert.True(!RoomRules.FaultsOf(InRoom(room, text), Types).Any(), why);

    [Theory]
    [InlineData("class A { DateTime B => DateTime.UtcNow; }")]
    [InlineData("class A { async Task B() { } }")]
    [InlineData("class A(TimeProvider time);")]
    [InlineData("class A { bool B() => File.Exists(c); }")]
    public void An_impure_decision_is_seen(string text) => Assert.NotEmpty(PureRules.FaultsOf(InRoom("Protocol", text)));

    private static Dictionary<string, string> Types => new()
    {
        ["ResumableDownloader"] = ".",
        ["ResumableDownloadOptions"] = ".",
        ["BandwidthLimit"] = "Transfer",
        ["Disk"] = "Storage",
        ["Tally"] = "Transfer",
    };

    private static SourceFile InRoom(string room, string text) => new($"src/ResumableDownload/{room}/A.cs", text);
}
