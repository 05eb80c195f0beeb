using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Which file a name leads to is not told by length and times: tools that copy or unpack set them alike.</summary>
public sealed class FileIdentityTests : IDisposable
{
    private static readonly DateTime Old = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_files_of_one_length_and_time_are_two()
    {
        await File.WriteAllTextAsync(_folder.File("other"), "abc");
        using var file = Disk.Physical.OpenLocked(_folder.File("one"));
        await file.WriteAsync(0, "xyz"u8.ToArray());
        file.LastWrite = Old;
        File.SetLastWriteTimeUtc(_folder.File("other"), Old);

        Assert.Equal((true, false), (file.IsAt(_folder.File("one")), file.IsAt(_folder.File("other"))));
    }

    [Fact]
    public void Two_names_of_one_file_lead_to_it_and_a_link_does_not()
    {
        using var file = Disk.Physical.OpenLocked(_folder.File("one"));
        if (!OperatingSystem.IsWindows())
        {
            Disk.Physical.Rename(_folder.File("one"), _folder.File("two"), overwrite: false);
            File.CreateSymbolicLink(_folder.File("link"), _folder.File("two"));
            Assert.Equal((true, false, false), (file.IsAt(_folder.File("two")), file.IsAt(_folder.File("link")), file.IsAt(_folder.File("one"))));
        }
    }
}
