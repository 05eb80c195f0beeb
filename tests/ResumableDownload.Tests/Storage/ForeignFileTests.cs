using System.Diagnostics;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What others leave in a folder, or send in a field, does no harm.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_link_where_a_journal_is_made_is_not_followed()
    {
        var (victim, path) = (_folder.File("victim"), _folder.File("journal"));
        File.WriteAllText(victim, "precious");
        File.CreateSymbolicLink(path, victim);

        Disk.Physical.CreatePrivate(path).Dispose();

        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_where_bytes_are_written_is_not_followed(bool leadsSomewhere)
    {
        var (victim, path) = (_folder.File("victim"), _folder.File("link"));
        if (leadsSomewhere)
        {
            File.WriteAllText(victim, "precious");
        }

        File.CreateSymbolicLink(path, victim);

        foreach (var open in (Func<string, DiskFile>[])[Disk.Physical.OpenLocked, Disk.Physical.OpenToAppend])
        {
            var error = Assert.Throws<UnauthorizedAccessException>(() => open(path));
            Assert.Equal($"'{path}' is a link, which is not followed.", error.Message);
        }

        Assert.Equal(leadsSomewhere, File.Exists(victim));
    }

    /// <summary>The system and .NET go back out of a link to different folders: what is opened is never what bears the name.</summary>
    [Fact]
    public void A_file_that_is_not_the_one_of_its_name_is_neither_taken_for_it_nor_held()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var elsewhere = new TempFolder();
        Directory.CreateSymbolicLink(_folder.File("link"), elsewhere.Path);
        File.WriteAllText(_folder.File("a"), "precious");
        var path = Path.Combine(_folder.File("link"), "..", "a");

        var locking = Assert.Throws<IOException>(() => Disk.Physical.OpenLocked(path));
        var appending = Assert.Throws<IOException>(() => Disk.Physical.OpenToAppend(path));

        Assert.Equal($"Something else keeps replacing the file '{path}'.", locking.Message);
        Assert.Equal($"Something else has replaced the file '{path}'.", appending.Message);
        Disk.Physical.OpenLocked(_folder.File("a")).Dispose();
    }

    [Fact]
    public async Task A_pipe_in_place_of_a_journal_is_not_waited_for()
    {
        var path = _folder.File("pipe");
        using (var mkfifo = Process.Start("mkfifo", [path]))
        {
            await mkfifo.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        var error = await Assert.ThrowsAsync<IOException>(() => Task.Run(() => Disk.Physical.OpenToRead(path)).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal($"'{path}' is not a regular file.", error.Message);
        Assert.Equal("is not a regular file", Disk.Physical.ObstacleAt(path));
    }

    [Fact]
    public void Text_of_a_server_is_shown_without_what_a_terminal_obeys_and_not_without_end()
    {
        Assert.Equal("a?[2Jb?", ForeignText.Of("a\u001b[2Jb\u0085"));
        Assert.Equal(101, ForeignText.Of(new string('x', 5000)).Length);
    }

    [Theory]
    [InlineData("Content-Type")]
    [InlineData("content-md5")]
    [InlineData("Expires")]
    public void A_field_that_could_not_be_sent_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => new DownloadRequest(new Uri("https://host/"), "a") { Headers = [new(name, "x")] });
}
