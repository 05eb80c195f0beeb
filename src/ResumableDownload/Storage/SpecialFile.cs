using System.Formats.Tar;

namespace ResumableDownload.Storage;

/// <summary>Tells a device, a pipe or a socket from a file. As root, a rename would replace <c>/dev/null</c> itself.</summary>
internal static class SpecialFile
{
    // .NET gives all of them the attributes of a normal file of no length, and opening a pipe would wait for its writer.
    // The tar writer is the one public place that looks at the type. It opens nothing but files, and reads them: so only those of no length may come to it.
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return false;
        }

        // Of a link, what opening it would open. One that leads nowhere is nothing special.
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        using var type = new TypeOnly();
        return new FileInfo(target) is { Exists: true, Length: 0 } && !type.IsRegular(target);
    }

    private sealed class TypeOnly : IDisposable
    {
        private readonly MemoryStream _archive = new();

        public bool IsRegular(string path)
        {
            try
            {
                using (var writer = new TarWriter(_archive, TarEntryFormat.Pax, leaveOpen: true))
                {
                    writer.WriteEntry(path, "it");
                }

                _archive.Position = 0;
                using var reader = new TarReader(_archive);
                return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile or TarEntryType.SymbolicLink or TarEntryType.HardLink;
            }
            catch (UnauthorizedAccessException)
            {
                // It is a file, if none that we may read.
                return true;
            }
            catch (IOException exception)
            {
                // A socket cannot be archived. What somebody else holds is a file.
                return StorageFault.IsSharing(exception);
            }
        }

        public void Dispose() => _archive.Dispose();
    }
}
