using System.Text.RegularExpressions;

namespace ResumableDownload.Tests.Architecture;

/// <summary>One source file.</summary>
/// <param name="Path">Its path from the repository's root, with forward slashes.</param>
/// <param name="Text">Its text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private const string Library = "src/ResumableDownload/";

    private readonly Lazy<string> _code = new(() => CodeText.Of(Text));

    /// <summary>The text without comments and literals.</summary>
    public string Code => _code.Value;

    /// <summary>The folder within the library; a full stop for its root.</summary>
    public string Room => Path.StartsWith(Library, StringComparison.Ordinal) && Path[Library.Length..].Split('/') is [var room, _, ..] ? room : ".";
}

/// <summary>The repository, found upward from where the tests were built to.</summary>
internal static partial class SourceTree
{
    private static readonly Lazy<SourceFile[]> LazyLibrary = new(static () => Read("src/ResumableDownload"));

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static IReadOnlyList<SourceFile> Library => LazyLibrary.Value;

    public static SourceFile File(string path) => new(path, System.IO.File.ReadAllText(System.IO.Path.Combine(Root, path)).ReplaceLineEndings("\n"));

    public static SourceFile[] Read(string folder) => [.. Paths(folder).Select(File)];

    /// <summary>The C# files of a folder, as paths from the root; nothing that was built.</summary>
    public static IEnumerable<string> Paths(string folder)
    {
        var start = System.IO.Path.Combine(Root, folder);
        return !Directory.Exists(start) ? [] : Directory.EnumerateFiles(start, "*.cs", SearchOption.AllDirectories)
            .Select(static path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(static path => !Built().IsMatch(path))
            .Order(StringComparer.Ordinal);
    }

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "ResumableDownload.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not lie within the repository.");
    }

    [GeneratedRegex("(^|/)(bin|obj|artifacts)/")]
    private static partial Regex Built();
}
