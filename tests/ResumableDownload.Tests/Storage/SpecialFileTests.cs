using System.Diagnostics;
using System.Net.Sockets;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What is no regular file is told from what is one, also at the end of links, and without a look at its content: that may be long, and somebody may hold it.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nothing", false)]
    [InlineData("folder", false)]
    [InlineData("empty", false)]
    [InlineData("empty and held", false)]
    [InlineData("empty and unreadable", false)]
    [InlineData("held", false)]
    [InlineData("pipe", true)]
    [InlineData("socket", true)]
    public async Task It_is_told_what_is_special(string kind, bool isSpecial)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (path, link, linkToLink) = (_folder.File("a"), _folder.File("b"), _folder.File("c"));
        using var made = await MakeAsync(kind, path);
        File.CreateSymbolicLink(link, path);
        File.CreateSymbolicLink(linkToLink, link);

        Assert.Equal((isSpecial, isSpecial, isSpecial), (SpecialFile.Is(path), SpecialFile.Is(link), SpecialFile.Is(linkToLink)));
    }

    [Fact]
    public void However_long_a_file_is_it_is_not_read()
    {
        const int length = 16 << 20;
        using (var file = Disk.Physical.OpenLocked(_folder.File("a")))
        {
            file.SetLength(length);
        }

        File.CreateSymbolicLink(_folder.File("b"), _folder.File("a"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal((false, false), (SpecialFile.Is(_folder.File("a")), SpecialFile.Is(_folder.File("b"))));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, length / 16);
    }

    [Fact]
    public void A_device_is_special() => Assert.Equal(!OperatingSystem.IsWindows(), SpecialFile.Is("/dev/null"));

    private static async Task<IDisposable?> MakeAsync(string kind, string path)
    {
        switch (kind)
        {
            case "folder":
                Directory.CreateDirectory(path);
                return null;
            case "empty":
                await File.WriteAllBytesAsync(path, []);
                return null;
            case "empty and held":
                return Disk.Physical.OpenLocked(path);
            case "empty and unreadable":
                await File.WriteAllBytesAsync(path, []);
                MakeUnreadable(path);
                return null;
            case "held":
                await File.WriteAllTextAsync(path, "content");
                return Disk.Physical.OpenLocked(path);
            case "pipe":
                using (var mkfifo = Process.Start("mkfifo", [path]))
                {
                    await mkfifo.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
                }

                return null;
            case "socket":
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                socket.Bind(new UnixDomainSocketEndPoint(path));
                return socket;
            default:
                return null;
        }
    }

    // For anybody but root.
    private static void MakeUnreadable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }
    }
}
