using System.Security.Cryptography;
using System.Text;
using ResumableDownload.Model;

namespace ResumableDownload.Storage;

/// <summary>The files beside a destination: the partial file, its journal, and the journal's successor while it is written.</summary>
internal sealed record SidecarPaths
{
    public SidecarPaths(string destination)
    {
        Destination = destination;
        Folder = Path.GetDirectoryName(destination) ?? destination;
        var stem = Stem(Path.GetFileName(destination));
        Partial = Path.Combine(Folder, stem + SidecarSuffix.OfPartial);
        Journal = Path.Combine(Folder, stem + SidecarSuffix.OfJournal);
        JournalSuccessor = Path.Combine(Folder, stem + SidecarSuffix.OfSuccessor);
    }

    public string Destination { get; }

    public string Folder { get; }

    public string Partial { get; }

    public string Journal { get; }

    public string JournalSuccessor { get; }

    // A name that leaves no room for the suffixes is cut, and its hash keeps it apart from others that begin alike.
    private static string Stem(string name)
    {
        var room = FileNameLength.Longest - SidecarSuffix.OfSuccessor.Length;
        if (Encoding.UTF8.GetByteCount(name) <= room)
        {
            return name;
        }

        var hash = "~" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8));
        return FileNameLength.Cut(name, room - hash.Length) + hash;
    }
}
