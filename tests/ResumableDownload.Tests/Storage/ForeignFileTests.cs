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

    [Fact]
    public async Task A_pipe_in_place_of_a_journal_is_not_waited_for()
    {
        var path = _folder.File("pipe");
        using (var mkfifo = Process.Start("mkfifo", [path]))
        {
            await mkfifo.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        await Assert.ThrowsAsync<IOException>(() => Task.Run(() => Disk.Physical.OpenToRead(path)).WaitAsync(TimeSpan.FromSeconds(20)));
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
