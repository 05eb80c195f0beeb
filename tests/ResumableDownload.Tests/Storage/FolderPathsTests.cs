using System.Text;
using ResumableDownload.Naming;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;

namespace ResumableDownload.Tests.Storage;

/// <summary>The names of the files of downloads into one folder.</summary>
public sealed class FolderPathsTests
{
    [Fact]
    public void They_are_named_after_the_address_and_the_resource_the_same_in_each_process()
    {
        var paths = SidecarPaths.InFolder("/volume", "film.mp4", "abc");
        Assert.Equal("/volume/film.mp4.ba7816bf8f01cfea.partial", paths.Partial);
        Assert.Equal("/volume/film.mp4.ba7816bf8f01cfea.partial.checkpoint", paths.Journal);
        Assert.Equal(("/volume", "/volume/film.mp4", true), (paths.Folder, paths.Destination, paths.ChoosesName));
        Assert.False(new SidecarPaths("/volume/film.mp4").ChoosesName);
    }

    /// <summary>A key says that the address may be another one next time.</summary>
    [Fact]
    public void Of_a_resource_with_a_key_only_that_counts()
    {
        var (paths, mirror) = (SidecarPaths.InFolder("/volume", "film.mp4", "key", isNamedByKey: true), SidecarPaths.InFolder("/volume", "other.bin", "key", isNamedByKey: true));
        Assert.Equal(Sidecars(paths), Sidecars(mirror));
        Assert.Equal(("/volume/film.mp4", "/volume/other.bin", "/volume"), (paths.Destination, mirror.Destination, paths.Folder));
        Assert.NotEqual(paths.Partial, SidecarPaths.InFolder("/volume", "film.mp4", "other key", isNamedByKey: true).Partial);
    }

    [Theory]
    [InlineData("/volume", "/volume")]
    [InlineData("/volume/", "/volume")]
    [InlineData("/volume/inner/", "/volume/inner")]
    [InlineData("/", "/")]
    public void A_separator_at_the_end_of_the_folder_makes_no_difference(string folder, string expected)
    {
        var paths = SidecarPaths.InFolder(folder, "a", "r");
        Assert.Equal(expected, paths.Folder);
        Assert.All(Sidecars(paths).Append(paths.Destination), path => Assert.Equal(expected, Path.GetDirectoryName(path)));
    }

    /// <summary>A file system that ignores case takes names for one that differ in it only.</summary>
    [Fact]
    public void Resources_of_one_name_do_not_meet_even_where_case_is_ignored()
    {
        string[] names = ["film.mp4", "FILM.MP4", "Film.mp4", "download", new('x', 255), new string('x', 254) + "y", new('X', 255)];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, number) in names.SelectMany(static name => new[] { (name, 1), (name, 2) }))
        {
            Assert.All(Sidecars(SidecarPaths.InFolder("/volume", name, $"{name} of {number}")), path => Assert.True(seen.Add(path), path));
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\u00e9")]
    [InlineData("\u65e5")]
    [InlineData("\U0001F600")]
    [InlineData("e\u0301")]
    public void A_name_of_any_length_fits_and_is_cut_between_characters(string unit)
    {
        for (var count = 1; count * Encoding.UTF8.GetByteCount(unit) <= 255; count++)
        {
            var name = string.Concat(Enumerable.Repeat(unit, count));
            var paths = SidecarPaths.InFolder("/volume", name, "r");
            Assert.Equal("/volume/" + name, paths.Destination);
            Assert.All(Sidecars(paths), static path => Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(path)), 1, 255));
            var readable = Path.GetFileName(paths.Partial).Split('.')[0];
            Assert.StartsWith(readable, name, StringComparison.Ordinal);
            Assert.Equal(0, readable.Length % unit.Length);
            Assert.InRange(Encoding.UTF8.GetByteCount(readable), Math.Min(125, Encoding.UTF8.GetByteCount(name)), 128);
        }
    }

    /// <summary>A server may call its file like another download's partial file, whose hash anybody can compute.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(".checkpoint")]
    [InlineData(".checkpoint.new")]
    public void No_name_that_a_server_or_an_address_gives_is_that_of_a_sidecar(string suffix)
    {
        var victim = SidecarPaths.InFolder("/volume", "film.mp4", "r");
        var hostile = Path.GetFileName(victim.Partial) + suffix;
        foreach (var name in new[] { hostile, hostile.ToUpperInvariant(), hostile + ".", hostile + " ", "../" + hostile, "\u200d" + hostile })
        {
            foreach (var safe in new[] { FileNameChoice.OfAnswer($"attachment; filename=\"{name}\""), FileNameChoice.OfAddress(new Uri("https://host/" + Uri.EscapeDataString(name))) })
            {
                Assert.DoesNotContain(Path.Combine("/volume", safe!), Sidecars(victim), StringComparer.OrdinalIgnoreCase);
                Assert.DoesNotContain(SidecarPaths.InFolder("/volume", safe!, "other").Destination, Sidecars(victim), StringComparer.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void A_half_character_in_a_name_is_no_error() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Path.GetFileName(SidecarPaths.InFolder("/volume", new string('\ud800', 200), "r").JournalSuccessor)), 1, 255);

    private static string[] Sidecars(SidecarPaths paths) => [paths.Partial, paths.Journal, paths.JournalSuccessor];
}
