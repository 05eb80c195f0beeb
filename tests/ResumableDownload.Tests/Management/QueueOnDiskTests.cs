using System.Diagnostics;
using ResumableDownload.Management;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>A queue file on a real volume.</summary>
public sealed class QueueOnDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _path;

    public QueueOnDiskTests() => _path = _folder.File("downloads.queue");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_its_owner_may_read_it_also_when_it_was_laid_open()
    {
        Open().Dispose();
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            Open().Dispose();
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_path));
        }
    }

    [Fact]
    public void What_was_added_is_there_in_the_next_process()
    {
        using (var queue = Open())
        {
            queue.Add(QueueScene.Download(1));
            queue.Add(QueueScene.Download(2));
        }

        Assert.Equal([_path], Directory.GetFiles(_folder.Path));
        using var next = Open();
        Assert.Equal([QueueScene.Download(1), QueueScene.Download(2)], next.Downloads());
    }

    [Fact]
    public async Task It_is_written_anew_under_the_lock_and_goes_on()
    {
        using var queue = Open();
        queue.Add(QueueScene.Download(1));
        for (var number = 10; number < 1000; number++)
        {
            queue.Add(QueueScene.Download(number));
            queue.End(QueueScene.Download(number).Id);
        }

        // What was added while it was written anew may be long again, if that took its time.
        await queue.FlushAsync();
        queue.End(QueueScene.Download(1000).Id);
        queue.Add(QueueScene.Download(1000));
        queue.End(QueueScene.Download(1000).Id);
        await queue.FlushAsync();
        Assert.InRange(new FileInfo(_path).Length, 1, 70_000);
        Assert.Equal(DownloadFailure.InUse, Assert.Throws<DownloadException>(() => Open()).Failure);
        queue.Add(QueueScene.Download(2));
        queue.Dispose();
        using var next = Open();
        Assert.Equal([QueueScene.Download(1), QueueScene.Download(2)], next.Downloads());
    }

    [Fact]
    public void A_lock_file_that_a_killed_process_left_is_no_lock()
    {
        File.WriteAllText(_path + ".lock", "");
        Open().Dispose();
        Assert.Equal([_path], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told()
    {
        File.WriteAllText(_path, "a file");
        var failure = Assert.Throws<DownloadException>(() => QueueFile.Open(Disk.Physical, Path.Combine(_path, "queue")));
        Assert.NotEqual(DownloadFailure.InUse, failure.Failure);
        Assert.Equal("a file", File.ReadAllText(_path));
    }

    [Fact]
    public void A_folder_in_its_place_is_told()
    {
        Directory.CreateDirectory(_path);
        Assert.Equal(DownloadFailure.DestinationUnusable, Assert.Throws<DownloadException>(() => Open()).Failure);
        Assert.Equal([_path], Directory.GetFileSystemEntries(_folder.Path));
    }

    /// <summary>By flock(1), which asks for the lock that .NET takes on Linux.</summary>
    [Fact]
    public async Task The_lock_counts_between_processes()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using (Open())
        {
            using var second = Process.Start("flock", ["--nonblock", _path + ".lock", "true"]);
            await second.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(1, second.ExitCode);
        }

        using var first = Process.Start(new ProcessStartInfo("flock", [_path + ".lock", "sh", "-c", "echo held; cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("held", await first.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(DownloadFailure.InUse, Assert.Throws<DownloadException>(() => Open()).Failure);
        first.StandardInput.Close();
        await first.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Open().Dispose();
    }

    private QueueFile Open() => QueueFile.Open(Disk.Physical, _path);
}
