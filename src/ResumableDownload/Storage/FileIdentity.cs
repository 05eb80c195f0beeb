using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Storage;

/// <summary>Which file something is, whatever its names, length and times: its volume and its number there.</summary>
/// <remarks>By statx(2), whose structure is the same on every processor. <see langword="null"/> where there is no such call, or no such file.</remarks>
internal readonly partial record struct FileIdentity(ulong Volume, ulong Number)
{
    private const int CurrentFolder = -100;
    private const int OfDescriptor = 0x1000;
    private const int OfLinkItself = 0x100;
    private const uint NamesAndInode = 0x104;

    private const int StructureLength = 256;
    private const int NamesAt = 16;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    public static FileIdentity? Of(SafeFileHandle handle) => Of((int)handle.DangerousGetHandle(), "", OfDescriptor);

    /// <summary>The file of a name; of a link the link itself.</summary>
    public static FileIdentity? Of(string path) => Of(CurrentFolder, path, OfLinkItself);

    /// <summary>Whether a file has more names than one: what is written by one of them appears under the others (hard links).</summary>
    public static bool HasOtherName(SafeFileHandle handle) =>
        Look((int)handle.DangerousGetHandle(), "", OfDescriptor) is { } structure && BitConverter.ToUInt32(structure, NamesAt) > 1;

    private static FileIdentity? Of(int folder, string path, int flags) =>
        Look(folder, path, flags) is { } structure ? new(BitConverter.ToUInt64(structure, DeviceAt), BitConverter.ToUInt64(structure, InodeAt)) : null;

    private static byte[]? Look(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var structure = new byte[StructureLength];
        try
        {
            return Statx(folder, path, flags, NamesAndInode, ref structure[0]) == 0 ? structure : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte structure);
}
