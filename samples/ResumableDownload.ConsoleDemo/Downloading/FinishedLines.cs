using System.Security.Cryptography;
using System.Text;
using ResumableDownload.ConsoleDemo.CommandLine;

namespace ResumableDownload.ConsoleDemo.Downloading;

/// <summary>Remembers which lines of a list are whole, beside the manager's state file, which tells of the others.</summary>
internal sealed class FinishedLines(string path)
{
    private readonly HashSet<string> _earlier = File.Exists(path) ? [.. File.ReadLines(path).Where(IsThere).Select(NameOf)] : [];

    /// <summary>Whether an earlier run finished a line, and its file is still there.</summary>
    public bool Has(ListLine line) => _earlier.Contains(NameOf(line.Request));

    /// <summary>Adds a line. Where that is not possible, the next run fetches it again.</summary>
    public void Add(ListLine line, string file)
    {
        try
        {
            File.AppendAllText(path, $"{NameOf(line.Request)} {file}\n");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The file itself is whole all the same.
        }
    }

    public void Delete() => File.Delete(path);

    // A hash: the address may hold a secret.
    private static string NameOf(DownloadRequest request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Source.AbsoluteUri}\n{request.Destination}")).AsSpan(0, 16));

    private static string NameOf(string entry) => entry.Split(' ', 2)[0];

    private static bool IsThere(string entry) => entry.Split(' ', 2) is [_, var file] && File.Exists(file);
}
