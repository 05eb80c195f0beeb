using System.Diagnostics;
using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>The real volume keeps the rules that the simulated one assumes.</summary>
public sealed class PhysicalDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public PhysicalDiskTests() => _path = _folder.File("a.partial");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_locked_file_cannot_be_locked_again_until_it_is_closed()
    {
        using (Disk.Physical.OpenLocked(_path))
        {
            Assert.True(IsSharing(Assert.Throws<IOException>(() => Disk.Physical.OpenLocked(_path))));
        }

        Disk.Physical.OpenLocked(_path).Dispose();
    }

    [Fact]
    public async Task A_lock_taken_after_its_holder_renamed_the_file_is_on_a_new_file()
    {
        var target = _folder.File("a");
        using var former = Disk.Physical.OpenLocked(_path);
        await former.WriteAsync(0, new byte[] { 1, 2, 3 });
        Disk.Physical.Rename(_path, target, overwrite: true);

        using var next = Disk.Physical.OpenLocked(_path);

        Assert.Equal(0, next.Length);
        await next.WriteAsync(0, new byte[] { 9 });
        Assert.Equal(3, former.Length);
    }

    /// <summary>Between the opening and the locking the holder may rename the file: then the lock would be on the destination.</summary>
    [Fact]
    public async Task Writers_that_race_with_a_rename_never_write_to_the_destination()
    {
        using var stop = new CancellationTokenSource();
        var target = _folder.File("a");
        var racers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => RaceAsync(target, stop.Token))).ToArray();
        await Task.WhenAny(Task.WhenAll(racers), Task.Delay(TimeSpan.FromSeconds(20)));
        await stop.CancelAsync();
        await Task.WhenAll(racers).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_folder_can_be_flushed_and_one_that_is_not_there_is_an_error()
    {
        Disk.Physical.FlushFolder(_folder.Path);
        if (!OperatingSystem.IsWindows())
        {
            var error = Assert.ThrowsAny<IOException>(() => Disk.Physical.FlushFolder(_folder.File("none")));
            Assert.Equal($"The folder '{_folder.File("none")}' could not be opened: No such file or directory", error.Message);
        }
    }

    [Fact]
    public void A_folder_that_was_flushed_is_not_held_open()
    {
        Disk.Physical.FlushFolder(_folder.Path);
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(_folder.Path, Directory.GetFileSystemEntries("/proc/self/fd").Select(static descriptor => new FileInfo(descriptor).LinkTarget));
        }
    }

    [Fact]
    public void A_rename_without_overwriting_leaves_what_is_there()
    {
        var target = _folder.File("a");
        File.WriteAllText(_path, "new");
        File.WriteAllText(target, "old");

        var error = Assert.Throws<IOException>(() => Disk.Physical.Rename(_path, target, overwrite: false));

        Assert.Contains("already exists", error.Message, StringComparison.Ordinal);
        Assert.Equal(("old", "new"), (File.ReadAllText(target), File.ReadAllText(_path)));
        File.Delete(target);
        Disk.Physical.Rename(_path, target, overwrite: false);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.False(File.Exists(_path));
        Assert.Throws<FileNotFoundException>(() => Disk.Physical.Rename(_path, _folder.File("b"), overwrite: false));
    }

    [Fact]
    public void A_rename_with_overwriting_is_one_step()
    {
        var target = _folder.File("a");
        File.WriteAllText(_path, "new");
        File.WriteAllText(target, "old");
        Disk.Physical.Rename(_path, target, overwrite: true);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public async Task Only_its_owner_may_read_a_journal()
    {
        var paths = new SidecarPaths(_folder.File("a"));
        var header = JournalHeader.Of(StorageBench.Representation("\"v\"", null), SumKind.Crc32C, "r", "https://host/");
        using var journal = await Journal.ReplaceAsync(Disk.Physical, paths, header, [], areFlushed: false, CancellationToken.None);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(paths.Journal));
        }
    }

    [Fact]
    public async Task A_file_is_read_and_written_by_offset()
    {
        using var file = Disk.Physical.OpenLocked(_path);
        await file.WriteAsync(5, new byte[] { 5, 6 });
        await file.FlushAsync();
        var buffer = new byte[10];
        Assert.Equal(7, await file.ReadAsync(0, buffer));
        Assert.Equal([0, 0, 0, 0, 0, 5, 6], buffer[..7]);
        Assert.Equal(0, await file.ReadAsync(7, buffer));
        file.SetLength(6);
        Assert.Equal(6, file.Length);
    }

    [Fact]
    public void What_is_not_there_is_not_there()
    {
        Assert.Null(Disk.Physical.OpenToRead(_path));
        Assert.Null(Disk.Physical.OpenToRead(Path.Combine(_folder.File("none"), "x")));
        Disk.Physical.Delete(_path);
        Disk.Physical.Delete(Path.Combine(_folder.File("none"), "x"));
        Assert.False(Disk.Physical.FileExists(_path));
        Assert.Null(Disk.Physical.ObstacleAt(_path));
        Assert.True(Disk.Physical.FreeSpace(_folder.Path) > 0);
        Assert.Null(Disk.Physical.FreeSpace(_folder.File("none")));
    }

    [Fact]
    public void What_is_in_the_way_is_told()
    {
        File.WriteAllText(_path, "x");
        Assert.Null(Disk.Physical.ObstacleAt(_path));
        File.SetAttributes(_path, FileAttributes.ReadOnly);
        Assert.Equal("is read-only", Disk.Physical.ObstacleAt(_path));
        File.SetAttributes(_path, FileAttributes.Normal);
        Assert.Equal("is a folder", Disk.Physical.ObstacleAt(_folder.Path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("has too long a name", Disk.Physical.ObstacleAt(_folder.File(new string('x', 5000))));
        }
    }

    [Fact]
    public void What_is_written_on_can_be_read_meanwhile()
    {
        File.WriteAllText(_path, "x");
        using var writer = Disk.Physical.OpenToAppend(_path);
        using var reader = Disk.Physical.OpenToRead(_path);
        Assert.Equal(1, reader?.Length);
    }

    /// <summary>Without overwriting a file is published by link and unlink; a kill in between leaves it with both names.</summary>
    [Fact]
    public async Task A_commit_that_was_killed_between_link_and_unlink_is_recognised()
    {
        var target = _folder.File("a");
        var setup = new PartialFileSetup(Disk.Physical, new SidecarPaths(target), "r", PartialVerification.Unflushed, ExistingDestination.Fail, TimeProvider.System);
        using (var file = (await PartialFile.OpenAsync(setup, CancellationToken.None)).File)
        {
            await file.BeginAsync(StorageBench.Representation("\"v\"", 3), "https://host/", OriginTraits.None, CancellationToken.None);
            await file.WriteAsync(0, new byte[] { 1, 2, 3 }, CancellationToken.None);
        }

        using (var link = Process.Start("ln", [_path, target]))
        {
            await link.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(0, link.ExitCode);
        }

        var opened = await PartialFile.OpenAsync(setup, CancellationToken.None);
        opened.File.Dispose();

        Assert.NotNull(opened.Recovered);
        Assert.Equal([target], Directory.GetFiles(_folder.Path));
    }

    private static bool IsSharing(IOException exception) => StorageFault.Of(exception, "a").Failure == DownloadFailure.InUse;

    private async Task RaceAsync(string target, CancellationToken stop)
    {
        for (var round = 0; round < 300 && !stop.IsCancellationRequested; round++)
        {
            try
            {
                using var file = Disk.Physical.OpenLocked(_path);
                Assert.Equal(0, file.Length);
                await file.WriteAsync(0, new byte[] { 1 });
                Disk.Physical.Rename(_path, target, overwrite: true);
            }
            catch (IOException exception) when (IsSharing(exception))
            {
                await Task.Yield();
            }
        }
    }
}
