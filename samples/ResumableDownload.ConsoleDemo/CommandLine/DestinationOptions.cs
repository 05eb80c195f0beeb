using System.CommandLine;

namespace ResumableDownload.ConsoleDemo.CommandLine;

/// <summary>The options that say where the file goes, and what becomes of one that is there.</summary>
internal sealed class DestinationOptions
{
    private static readonly string CurrentFolder = "." + Path.DirectorySeparatorChar;

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "PATH",
        CustomParser = result => Words.FilePath(result, "-o needs a path."),
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
        Description = "Fetch only what is newer than the file that -o, or the line of the list, names (a file, not a folder). The file gets the server's time, for the next time.",
    };

    public IReadOnlyList<Option> All => [_output, _existing, _onlyIfChanged];

    /// <summary>What is wrong although every word is right by itself.</summary>
    public string? FaultOf(ParseResult parsed) => parsed.GetValue(_onlyIfChanged) && IsFolder(PathOf(parsed))
        ? "--only-if-changed needs -o with the name of a file: in a folder, the name is known only after the answer."
        : null;

    /// <summary>What is wrong with them for a list.</summary>
    public string? FaultForList(ParseResult parsed) => File.Exists(PathOf(parsed)) ? "-o must be a folder with -i; there is a file of that name." : null;

    /// <summary>The path as the library takes it, which itself finds the name in a folder.</summary>
    public string PathOf(ParseResult parsed) => parsed.GetValue(_output) ?? CurrentFolder;

    /// <summary>The folder that a list goes into, which need not be there yet.</summary>
    public string FolderOf(ParseResult parsed) => Path.TrimEndingDirectorySeparator(PathOf(parsed)) + Path.DirectorySeparatorChar;

    /// <summary>Finds the time of the file that is there, when only another one is wanted.</summary>
    /// <exception cref="ArgumentException">Asked for a path that is a folder.</exception>
    public Func<string, Validator?> IfChangedSince(ParseResult parsed) => parsed.GetValue(_onlyIfChanged) ? TimeOf : static _ => null;

    public void Set(ResumableDownloadOptions options, ParseResult parsed)
    {
        options.ExistingDestination = _existing.ValueIn(parsed);

        // Some servers compare for the very second that they sent (nginx), and local clocks differ from theirs.
        options.SetFileTime = parsed.GetValue(_onlyIfChanged);
    }

    private static Validator? TimeOf(string path) => path switch
    {
        _ when IsFolder(path) => throw new ArgumentException("--only-if-changed needs the path of a file: in a folder, the name is known only after the answer."),
        _ => File.Exists(path) ? Validator.OfTime(File.GetLastWriteTimeUtc(path)) : null,
    };

    private static bool IsFolder(string path) => Path.EndsInDirectorySeparator(path) || Directory.Exists(path);
}
