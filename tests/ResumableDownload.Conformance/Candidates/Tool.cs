using System.Collections.Concurrent;
using System.Diagnostics;

namespace ResumableDownload.Conformance;

/// <summary>A program that is run as a process, in the folder that it downloads to and with a home of its own.</summary>
/// <param name="Name">The word it is chosen by.</param>
/// <param name="Program">What is started; null where it is not installed.</param>
/// <param name="Arguments">The command line, the same in every run of a scenario; the address comes last.</param>
internal sealed record Tool(string Name, string? Program, IReadOnlyList<string> Arguments) : ICandidate
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, bool> _begun = new();

    /// <summary>What comes before the arguments, where the program is only the host of the tool.</summary>
    public IReadOnlyList<string> Launch { get; init; } = [];

    public bool HasPartialName { get; init; }

    /// <summary>When a first run is ended that does not give up by itself, so that the world can change.</summary>
    public TimeSpan FirstLimit { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How it is told the file's name where the address does not tell it.</summary>
    public string? NameOption { get; init; }

    /// <summary>Its settings, where a command line cannot say them.</summary>
    public string? Settings { get; init; }

    /// <summary>What it answers to this says which version it is.</summary>
    public string VersionOption { get; init; } = "--version";

    public string CommandLine => string.Join(' ', [Path.GetFileNameWithoutExtension(Launch.FirstOrDefault(Name)), .. Arguments, "URL"]);

    public async Task<CandidateEnd> RunAsync(Uri url, string folder)
    {
        var home = Directory.CreateTempSubdirectory("resumable-home-").FullName;
        try
        {
            if (Settings is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(home, $".{Name}rc"), Settings);
            }

            return await ToolProcess.RunAsync(Start([.. ArgumentsFor(url), url.AbsoluteUri], folder, home), _begun.TryAdd(folder, true) ? FirstLimit : Limit);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    /// <summary>The first line that has a digit in it.</summary>
    public async Task<string> VersionAsync()
    {
        var start = Start([VersionOption], Path.GetTempPath(), Path.GetTempPath());
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Split('\n').FirstOrDefault(line => line.Any(char.IsAsciiDigit))?.Split([" (", " - ", " built", "+"], StringSplitOptions.None)[0].Trim() ?? "unknown";
    }

    private IEnumerable<string> ArgumentsFor(Uri url) => NameOption is { } option && url.Query.Length > 0 ? [.. Arguments, option, Playing.FileName] : Arguments;

    private ProcessStartInfo Start(IEnumerable<string> arguments, string folder, string home)
    {
        var start = new ProcessStartInfo(Program!, [.. Launch, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = home;
        foreach (var proxy in start.Environment.Keys.Where(key => key.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(proxy);
        }

        return start;
    }
}
