using System.Runtime.InteropServices;

namespace ResumableDownload.Storage;

/// <summary>What .NET has no call for on Windows.</summary>
internal static partial class WindowsCalls
{
    /// <summary>The bytes that this user may still write to a folder's volume; <see langword="null"/> when Windows does not tell.</summary>
    public static long? FreeSpace(string folder) => GetDiskFreeSpaceEx(folder, out var available, out _, out _) ? (long)Math.Min(available, long.MaxValue) : null;

    [LibraryImport("kernel32", EntryPoint = "GetDiskFreeSpaceExW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetDiskFreeSpaceEx(string folder, out ulong available, out ulong total, out ulong free);
}
