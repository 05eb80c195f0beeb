using ResumableDownload.Model;
using ResumableDownload.Naming;

namespace ResumableDownload.Tests.Naming;

/// <summary>The names that are tried when a name is taken, and the names that addresses give.</summary>
public sealed class NumberedNameTests
{
    [Theory]
    [InlineData("a.txt", 0, "a.txt")]
    [InlineData("a.txt", 1, "a (1).txt")]
    [InlineData("a.txt", 42, "a (42).txt")]
    [InlineData("a.tar.gz", 1, "a (1).tar.gz")]
    [InlineData("a.TAR.xz", 2, "a (2).TAR.xz")]
    [InlineData(".tar.gz", 1, ".tar (1).gz")]
    [InlineData("a.b.c", 1, "a.b (1).c")]
    [InlineData("Makefile", 1, "Makefile (1)")]
    [InlineData(".profile", 1, ".profile (1)")]
    [InlineData("Mr. Smith", 1, "Mr. Smith (1)")]
    [InlineData("a.no_extension_is_so_long", 1, "a.no_extension_is_so_long (1)")]
    [InlineData("a (1).txt", 1, "a (1) (1).txt")]
    public void A_number_stands_before_the_extension(string name, int number, string expected) => Assert.Equal(expected, NumberedName.Of(name, number));

    [Theory]
    [InlineData("x", 252, ".gz", 1, 248)]
    [InlineData("x", 251, ".gz", 1, 248)]
    [InlineData("\u65e5", 84, ".gz", 10, 82)]
    public void A_long_name_makes_room_for_the_number(string unit, int count, string extension, int number, int kept)
    {
        var numbered = NumberedName.Of(string.Concat(Enumerable.Repeat(unit, count)) + extension, number);
        Assert.Equal(string.Concat(Enumerable.Repeat(unit, kept)) + $" ({number})" + extension, numbered);
    }

    [Theory]
    [InlineData("https://host/a/film.mp4", "film.mp4")]
    [InlineData("https://host/a/film.mp4?name=other.exe&token=s3cret", "film.mp4")]
    [InlineData("https://host/film.mp4#part", "film.mp4")]
    [InlineData("https://host/%E4%BD%A0%20%E5%A5%BD.txt", "\u4f60 \u597d.txt")]
    [InlineData("https://host/\u4f60.txt", "\u4f60.txt")]
    [InlineData("https://host/a+b.txt", "a+b.txt")]
    [InlineData("https://host/100%25.txt", "100%.txt")]
    [InlineData("https://host/100%ZZ.txt", "100%ZZ.txt")]
    [InlineData("https://host/caf%E9.txt", "caf%E9.txt")]
    [InlineData("https://host/%252e%252e%252fpasswd", "%2e%2e%2fpasswd")]
    [InlineData("https://host/x/..%2F..%2Fetc%2Fpasswd", "passwd")]
    [InlineData("https://host/x/..%5C..%5Cboot.ini", "boot.ini")]
    [InlineData("https://host/.bashrc", "bashrc")]
    [InlineData("https://host/nul", "_nul")]
    [InlineData("https://host/a%00b%0A.txt", "ab.txt")]
    [InlineData("https://host/a;v=1", "a;v=1")]
    [InlineData("https://host/", null)]
    [InlineData("https://host", null)]
    [InlineData("https://host/folder/", null)]
    [InlineData("https://host/folder/?file=a.txt", null)]
    [InlineData("https://host/%2E%2E%2F", null)]
    [InlineData("https://host/a%2F", null)]
    public void An_address_gives_the_last_segment_of_its_path(string address, string? expected) => Assert.Equal(expected, UrlFileName.Of(new Uri(address)));

    [Fact]
    public void An_address_without_a_host_gives_no_name() => Assert.Null(UrlFileName.Of(new Uri("a/b.txt", UriKind.Relative)));
}
