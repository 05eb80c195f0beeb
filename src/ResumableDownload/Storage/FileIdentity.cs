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
    private const uint Inode = 0x100;

    private const int StructureLength = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    public static FileIdentity? Of(SafeFileHandle handle) => Of((int)handle.DangerousGetHandle(), "", OfDescriptor);

    /// <summary>The file of a name; of a link the link itself.</summary>
    public static FileIdentity? Of(string path) => Of(CurrentFolder, path, OfLinkItself);

    private static FileIdentity? Of(int folder, string path, int flags)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var structure = new byte[StructureLength];
        try
        {
            return Statx(folder, path, flags, Inode, ref structure[0]) == 0
                ? new(BitConverter.ToUInt64(structure, DeviceAt), BitConverter.ToUInt64(structure, InodeAt))
                : null;
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
