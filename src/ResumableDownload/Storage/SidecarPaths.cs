using System.Security.Cryptography;
using System.Text;

namespace ResumableDownload.Storage;

/// <summary>The files beside a destination: the partial file, its journal, and the journal's successor while it is written.</summary>
internal sealed record SidecarPaths
{
    private const string PartialSuffix = ".partial";
    private const string JournalSuffix = ".checkpoint";
    private const string SuccessorSuffix = ".new";

    /// <summary>What most file systems allow for a name, in bytes of UTF-8.</summary>
    private const int LongestName = 255;

    public SidecarPaths(string destination)
    {
        Destination = destination;
        Folder = Path.GetDirectoryName(destination) ?? destination;
        Partial = Path.Combine(Folder, Stem(Path.GetFileName(destination)) + PartialSuffix);
        Journal = Partial + JournalSuffix;
        JournalSuccessor = Journal + SuccessorSuffix;
    }

    public string Destination { get; }

    public string Folder { get; }

    public string Partial { get; }

    public string Journal { get; }

    public string JournalSuccessor { get; }

    // A name that leaves no room for the suffixes is cut, and its hash keeps it apart from others that begin alike.
    private static string Stem(string name)
    {
        var room = LongestName - PartialSuffix.Length - JournalSuffix.Length - SuccessorSuffix.Length;
        if (Encoding.UTF8.GetByteCount(name) <= room)
        {
            return name;
        }

        var hash = "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
        return Cut(name, room - hash.Length) + hash;
    }

    private static string Cut(string name, int room)
    {
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
