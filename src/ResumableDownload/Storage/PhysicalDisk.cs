namespace ResumableDownload.Storage;

/// <summary>The real volume.</summary>
internal sealed class PhysicalDisk : Disk
{
    private const int MostReopenings = 16;

    /// <summary>What a <see cref="FileInfo"/> says of a file that is not there.</summary>
    private const FileAttributes NotThere = (FileAttributes)(-1);

    /// <summary>On Windows a file can be renamed while it is held only if its holder shares deletion.</summary>
    private static readonly FileShare Exclusive = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    /// <summary>The error of creating what is there already: EEXIST, ERROR_FILE_EXISTS.</summary>
    private static readonly int Exists = OperatingSystem.IsWindows() ? unchecked((int)0x80070050) : 17;

    private static readonly FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    public override DiskFile OpenLocked(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Between the opening and the locking its former holder may have renamed the file: then the lock is on what is now the destination.
            var file = OpenOrCreateLocked(path);
            if (file?.IsAt(path) == true)
            {
                return file;
            }

            file?.Dispose();
            if (attempt == MostReopenings)
            {
                throw new IOException($"Something else keeps replacing the file '{path}'.");
            }
        }
    }

    public override DiskFile CreatePrivate(string path)
    {
        // A link that somebody left there must not be followed to its target.
        Delete(path);
        return Open(path, FileMode.CreateNew, FileAccess.ReadWrite, isPrivate: true);
    }

    public override DiskFile OpenToAppend(string path)
    {
        ThrowIfLink(path);
        var file = Open(path, FileMode.Open, FileAccess.ReadWrite);
        if (!file.IsAt(path))
        {
            file.Dispose();
            throw new IOException($"Something else has replaced the file '{path}'.");
        }

        return file;
    }

    public override DiskFile? OpenToRead(string path)
    {
        try
        {
            if (SpecialFile.Is(path))
            {
                // Opening a pipe would wait for its writer.
                throw new IOException($"'{path}' is not a regular file.");
            }

            return AttributesOf(path) is null ? null : Open(path, FileMode.Open, FileAccess.Read);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public override void Rename(string from, string to, bool overwrite)
    {
        if (overwrite || OperatingSystem.IsWindows())
        {
            File.Move(from, to, overwrite);
        }
        else
        {
            UnixCalls.RenameWithoutOverwriting(from, to);
        }
    }

    public override void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }
    }

    public override void FlushFolder(string folder)
    {
        // NTFS journals its names itself, and Windows has no call for it.
        if (!OperatingSystem.IsWindows())
        {
            UnixCalls.FlushFolder(folder);
        }
    }

    public override void CreateFolder(string folder) => Directory.CreateDirectory(folder);

    public override bool FileExists(string path) => File.Exists(path);

    public override string? ObstacleAt(string path)
    {
        try
        {
            return AttributesOf(path) is not { } attributes ? null
                : attributes.HasFlag(FileAttributes.Directory) ? "is a folder"
                : attributes.HasFlag(FileAttributes.ReadOnly) ? ReadOnly
                : SpecialFile.Is(path) ? "is not a regular file"
                : null;
        }
        catch (PathTooLongException)
        {
            return "has too long a name";
        }
    }

    public override long? FreeSpace(string folder)
    {
        try
        {
            // DriveInfo takes any folder on Unix, but only the root of a drive on Windows, where a folder may be another volume.
            return OperatingSystem.IsWindows() ? WindowsCalls.FreeSpace(folder) : new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The usual case is that there is nothing, and an exception takes longer to tell so than all other work at the disk.
    private static FileAttributes? AttributesOf(string path) => new FileInfo(path).Attributes is var attributes && attributes != NotThere ? attributes : null;

    // In two steps, of which neither creates what a link leads to: opening creates nothing, and creating does not follow.
    private static PhysicalFile? OpenOrCreateLocked(string path)
    {
        ThrowIfLink(path);
        var mode = AttributesOf(path) is null ? FileMode.CreateNew : FileMode.Open;
        try
        {
            return new PhysicalFile(new FileStream(path, Options(mode, FileAccess.ReadWrite, Exclusive)));
        }
        catch (FileNotFoundException)
        {
            // Somebody has just taken it away.
            return null;
        }
        catch (IOException exception) when (exception.HResult == Exists)
        {
            // Somebody has just made one.
            return null;
        }
    }

    // It may lead out of the folder, and .NET follows it on opening. One that comes between this look and the opening is found out before a byte is written: the file is none of that name.
    private static void ThrowIfLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new UnauthorizedAccessException($"'{path}' is a link, which is not followed.");
        }
    }

    private static PhysicalFile Open(string path, FileMode mode, FileAccess access, bool isPrivate = false)
    {
        var options = Options(mode, access, Shared);
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new PhysicalFile(new FileStream(path, options));
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share) =>
        new() { Mode = mode, Access = access, Share = share, BufferSize = 0, Options = FileOptions.Asynchronous };
}
