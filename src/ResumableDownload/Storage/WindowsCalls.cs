using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Storage;

/// <summary>What .NET has no call for on Windows.</summary>
internal static partial class WindowsCalls
{
    /// <summary>FSCTL_SET_SPARSE.</summary>
    private const uint SetSparse = 0x900C4;

    /// <summary>The bytes that this user may still write to a folder's volume; <see langword="null"/> when Windows does not tell.</summary>
    public static long? FreeSpace(string folder) => GetDiskFreeSpaceEx(folder, out var available, out _, out _) ? (long)Math.Min(available, long.MaxValue) : null;

    /// <summary>Lets a file have holes. A volume that cannot (FAT) fills them instead, which is slow but right.</summary>
    public static void MarkSparse(SafeFileHandle file) => DeviceIoControl(file, SetSparse, 0, 0, 0, 0, out _, 0);

    [LibraryImport("kernel32", SetLastError = false)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool DeviceIoControl(SafeFileHandle file, uint code, nint input, uint inputLength, nint output, uint outputLength, out uint returned, nint overlapped);

    [LibraryImport("kernel32", EntryPoint = "GetDiskFreeSpaceExW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetDiskFreeSpaceEx(string folder, out ulong available, out ulong total, out ulong free);
}
