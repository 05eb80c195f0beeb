using System.CommandLine;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>The options that say where the file goes, and what becomes of one that is there.</summary>
internal sealed class DestinationOptions
{
    private static readonly string CurrentFolder = "." + Path.DirectorySeparatorChar;

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "PATH",
        CustomParser = Words.FilePath,
        Description = "File or folder to write to; in a folder the server names the file, or else the URL does. Default: the current folder.",
    };

    private readonly ChoiceOption<ExistingDestination> _existing = new(
        "--existing",
        "What becomes of a file of that name: it is replaced once the new one is whole, makes the download fail, or stays beside a numbered one.",
        ("replace", ExistingDestination.Replace),
        ("fail", ExistingDestination.Fail),
        ("number", ExistingDestination.Number));

    private readonly Option<bool> _onlyIfChanged = new("--only-if-changed")
    {
        Description = "Fetch only what is newer than the file that -o names (a file, not a folder). The file gets the server's time, for the next time.",
    };

    public IReadOnlyList<Option> All => [_output, _existing, _onlyIfChanged];

    /// <summary>What is wrong although every word is right by itself.</summary>
    public string? FaultOf(ParseResult parsed) => parsed.GetValue(_onlyIfChanged) && IsFolder(PathOf(parsed))
        ? "--only-if-changed needs -o with the name of a file: in a folder, the name is known only after the answer."
        : null;

    /// <summary>The path as the library takes it, which itself finds the name in a folder.</summary>
    public string PathOf(ParseResult parsed) => parsed.GetValue(_output) ?? CurrentFolder;

    /// <summary>The time of the file that is there, when only another one is wanted.</summary>
    public Validator? IfChangedSince(ParseResult parsed) =>
        parsed.GetValue(_onlyIfChanged) && File.Exists(PathOf(parsed)) ? Validator.OfTime(File.GetLastWriteTimeUtc(PathOf(parsed))) : null;

    public void Set(ResumableDownloadOptions options, ParseResult parsed)
    {
        options.ExistingDestination = _existing.ValueIn(parsed);

        // Some servers compare for the very second that they sent (nginx), and local clocks differ from theirs.
        options.SetFileTime = parsed.GetValue(_onlyIfChanged);
    }

    private static bool IsFolder(string path) => Path.EndsInDirectorySeparator(path) || Directory.Exists(path);
}
