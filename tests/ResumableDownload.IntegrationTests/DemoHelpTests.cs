using System.Text.RegularExpressions;

namespace ResumableDownload.IntegrationTests;

/// <summary>What README.md says of the console demo's options, against what the demo says of them itself.</summary>
[Collection(nameof(Alone))]
public sealed partial class DemoHelpTests
{
    [Fact]
    public async Task The_readme_has_every_option_and_no_other()
    {
        using var folder = new TempFolder();
        using var demo = Demo.StartIn(folder.Path, "--help");

        var (exitCode, output, errors) = await demo.WordsAsync();

        var readme = await File.ReadAllTextAsync(Repository.Path("README.md"));
        var told = Rows().Matches(readme).SelectMany(static row => Option().Matches(row.Groups[1].Value)).Select(static option => option.Value);
        var offered = Offers().Matches(output).SelectMany(static line => Option().Matches(line.Groups[1].Value)).Select(static option => option.Value);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal(offered.Except(["-h", "--help", "--version"]).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    // The first cell of a row of the table whose rows begin with options.
    [GeneratedRegex(@"^\| (`-[^|]*) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Rows();

    // "  -o, --output <PATH>"; -? is no option that anybody looks for.
    [GeneratedRegex(@"^  (?:-\?, )?(-[^<\r\n]*?)(?: <|  )", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Offers();

    [GeneratedRegex(@"(?<![\w-])--?[A-Za-z][\w-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}
