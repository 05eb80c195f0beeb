using System.Security.Cryptography;
using System.Text;
using ResumableDownload.Model;
using ResumableDownload.Naming;

namespace ResumableDownload.Storage;

/// <summary>The files beside a destination: the partial file, its journal, and the journal's successor while it is written.</summary>
internal sealed record SidecarPaths
{
    /// <summary>How much of a name is kept readable beside its hash, in bytes of UTF-8.</summary>
    private const int LongestReadable = 128;

    public SidecarPaths(string destination)
        : this(destination, Path.GetFileName(destination))
    {
    }

    private SidecarPaths(string destination, string name)
    {
        Destination = destination;
        Folder = Path.GetDirectoryName(destination) ?? destination;
        var stem = Stem(name);
        Partial = Path.Combine(Folder, stem + SidecarSuffix.OfPartial);
        Journal = Path.Combine(Folder, stem + SidecarSuffix.OfJournal);
        JournalSuccessor = Path.Combine(Folder, stem + SidecarSuffix.OfSuccessor);
    }

    /// <summary>Where the file goes; in a folder that is yet to give it a name, the name of its address.</summary>
    public string Destination { get; }

    /// <summary>Whether the name is chosen when the file is whole, by what the server called it.</summary>
    public bool ChoosesName { get; private init; }

    public string Folder { get; }

    public string Partial { get; }

    public string Journal { get; }

    public string JournalSuccessor { get; }

    /// <summary>The files of a download into a folder: named after the address, and kept apart from those of other resources by a hash.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of the address.</param>
    /// <param name="resource">The name of the resource.</param>
    /// <param name="isNamedByKey">Whether the address may be another one next time: then only the hash is sure to be the same.</param>
    public static SidecarPaths InFolder(string folder, string name, string resource, bool isNamedByKey = false) =>
        new(Path.Combine(Path.TrimEndingDirectorySeparator(folder), name), $"{(isNamedByKey ? "download" : FileNameLength.Cut(name, LongestReadable))}.{Hash(resource)}") { ChoosesName = true };

    // A name that leaves no room for the suffixes is cut, and its hash keeps it apart from others that begin alike.
    private static string Stem(string name)
    {
        var room = FileNameLength.Longest - SidecarSuffix.OfSuccessor.Length;
        if (Encoding.UTF8.GetByteCount(name) <= room)
        {
            return name;
        }

        var hash = "~" + Hash(name);
        return FileNameLength.Cut(name, room - hash.Length) + hash;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
