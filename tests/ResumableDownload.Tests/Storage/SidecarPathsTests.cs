using System.Text;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>The names beside a destination: always possible, always distinct.</summary>
public sealed class SidecarPathsTests
{
    [Fact]
    public void A_resource_that_the_caller_names_keeps_its_files_whatever_its_address()
    {
        var (one, other) = (SidecarPaths.InFolder("/f", "token1", "key:r", isNamedByKey: true), SidecarPaths.InFolder("/f", "token2", "key:r", isNamedByKey: true));
        Assert.Equal(one.Partial, other.Partial);
        Assert.Matches(@"^/f.download\.[0-9a-f]{16}\.partial$", one.Partial);
        Assert.NotEqual(one.Partial, SidecarPaths.InFolder("/f", "token1", "key:other", isNamedByKey: true).Partial);
    }

    [Fact]
    public void An_ordinary_name_only_gets_suffixes()
    {
        var paths = new SidecarPaths("/volume/video file.mp4");
        Assert.Equal("/volume", paths.Folder);
        Assert.Equal("/volume/video file.mp4.partial", paths.Partial);
        Assert.Equal("/volume/video file.mp4.partial.checkpoint", paths.Journal);
        Assert.Equal("/volume", Path.GetDirectoryName(paths.JournalSuccessor));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\u00e9")]
    [InlineData("\u65e5")]
    [InlineData("\U0001F600")]
    [InlineData("e\u0301")]
    public void A_name_of_any_length_and_script_fits_and_is_cut_between_characters(string unit)
    {
        var width = Encoding.UTF8.GetByteCount(unit);
        HashSet<string> partials = new(StringComparer.Ordinal);
        for (var count = 1; count * width <= 255; count++)
        {
            var paths = new SidecarPaths("/volume/" + string.Concat(Enumerable.Repeat(unit, count)));
            string[] names = [paths.Partial, paths.Journal, paths.JournalSuccessor];

            Assert.All(names, static path => Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(path)), 1, 255));
            Assert.All(names, static path => Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(path))));
            Assert.Equal(3, names.Distinct(StringComparer.Ordinal).Count());
            Assert.True(partials.Add(paths.Partial), $"{count} times {unit} shares its partial file");
        }
    }

    [Fact]
    public void A_name_is_cut_only_when_the_longest_suffix_has_no_room()
    {
        var longest = new string('x', 255 - ".partial.checkpoint.new".Length);
        Assert.Equal($"/volume/{longest}.partial", new SidecarPaths($"/volume/{longest}").Partial);
        Assert.Matches($"^/volume/{longest[17..]}~[0-9a-f]{{16}}\\.partial$", new SidecarPaths($"/volume/{longest}x").Partial);
    }

    [Fact]
    public void Long_names_that_differ_at_their_end_only_do_not_meet()
    {
        var stem = new string('x', 240);
        Assert.NotEqual(new SidecarPaths($"/volume/{stem}1.bin").Partial, new SidecarPaths($"/volume/{stem}2.bin").Partial);
    }

    [Fact]
    public void A_name_that_cannot_be_written_as_UTF8_is_cut_without_an_error()
    {
        var paths = new SidecarPaths("/volume/" + new string('\ud800', 200));
        Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(paths.JournalSuccessor)), 1, 255);
    }

    [Fact]
    public async Task The_longest_name_that_the_file_system_allows_can_be_downloaded_to()
    {
        using var folder = new TempFolder();
        var target = folder.File(string.Concat(Enumerable.Repeat("\u65e5", 85)));
        var setup = new PartialFileSetup(Disk.Physical, new SidecarPaths(target), "r", PartialVerification.Unflushed, ExistingDestination.Replace, TimeProvider.System);
        using (var file = (await PartialFile.OpenAsync(setup, CancellationToken.None)).File)
        {
            await file.BeginAsync(StorageBench.Representation("\"v\"", 3), "https://host/", OriginTraits.None, CancellationToken.None);
            await file.WriteAsync(0, new byte[] { 1, 2, 3 }, CancellationToken.None);
            await file.CommitAsync(3, null, CancellationToken.None);
        }

        Assert.Equal([target], Directory.GetFiles(folder.Path));
    }
}
