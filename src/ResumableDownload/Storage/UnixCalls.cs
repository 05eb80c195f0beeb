using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ResumableDownload.Storage;

/// <summary>What .NET has no call for: fsync of a folder, and a rename that never overwrites.</summary>
internal static partial class UnixCalls
{
    private const int Eexist = 17;

    /// <summary>Brings a folder's names to stable storage. .NET refuses to open a folder itself.</summary>
    public static void FlushFolder(string folder)
    {
        // The flags differ between systems; reading only is 0 on all of them.
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw Failed($"The folder '{folder}' could not be opened");
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Renames in two steps, of which the first fails if the target exists. File.Move looks first and then overwrites: a race.</summary>
    public static void RenameWithoutOverwriting(string from, string to)
    {
        if (Link(from, to) == 0)
        {
            // A power cut may keep the second step and drop the first: then the file would have no name at all.
            FlushFolder(Path.GetDirectoryName(to)!);
            File.Delete(from);
        }
        else if (Marshal.GetLastPInvokeError() == Eexist)
        {
            throw new IOException($"The file '{to}' already exists.");
        }
        else
        {
            // File systems without hard links (FAT): the race is as narrow as .NET can make it.
            File.Move(from, to, overwrite: false);
        }
    }

    private static IOException Failed(string what)
    {
        var error = new Win32Exception(Marshal.GetLastPInvokeError());
        return new IOException($"{what}: {error.Message}", error.NativeErrorCode);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);
}
