using System.CommandLine;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>The options for many downloads at once.</summary>
internal sealed class ListOptions
{
    private readonly Option<string?> _input = new("--input-file", "-i")
    {
        HelpName = "FILE",
        CustomParser = result => Words.FilePath(result, "-i needs a file, or - for standard input."),
        Description = "Downloads a list: lines of a URL or of URL, TAB and path, in UTF-8; empty lines and lines that begin with # are skipped; - is standard input. "
            + "Paths start at -o, which is a folder then. All other options hold for each download, and --limit-rate for all together.",
    };

    private readonly Option<int> _atATime = new("--parallel", "-j")
    {
        HelpName = "N",
        DefaultValueFactory = _ => 3,
        CustomParser = result => Words.WholeNumber(result, 1, 10_000, "-j takes a number from 1 to 10000."),
        Description = "Downloads of the list at a time.",
    };

    private readonly Option<string?> _state = new("--state")
    {
        HelpName = "FILE",
        CustomParser = result => Words.FilePath(result, "--state needs a file."),
        Description = "Remembers in FILE what of the list is not whole yet, URLs included, and in FILE.done what is, so that the same command goes on after whatever happened. "
            + "Both are deleted when all is whole.",
    };

    public IReadOnlyList<Option> All => [_input, _atATime, _state];

    public bool IsIn(ParseResult parsed) => parsed.GetValue(_input) is not null;

    /// <summary>What is wrong although every word is right by itself.</summary>
    public string? FaultOf(ParseResult parsed) => !IsIn(parsed) && (Is(_atATime, parsed) || Is(_state, parsed)) ? "-j and --state are for a list; use them with -i." : null;

    /// <summary>Reads the list.</summary>
    /// <exception cref="FormatException">A line makes no sense.</exception>
    public DownloadList ListIn(ParseResult parsed, ListReader reader, CancellationToken cancellationToken)
    {
        var file = parsed.GetValue(_input)!;
        var lines = reader.Read(ListFile.NameOf(file), ListFile.LinesOf(file, cancellationToken));
        return new(lines, parsed.GetValue(_atATime), parsed.GetValue(_state));
    }

    private static bool Is(Option option, ParseResult parsed) => parsed.GetResult(option) is { Implicit: false };
}
