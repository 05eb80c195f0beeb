using System.Text;
using ResumableDownload.Model;
using ResumableDownload.Naming;

namespace ResumableDownload.Tests.Naming;

/// <summary>What becomes of names that a server or an address gives.</summary>
public sealed class SafeFileNameTests
{
    [Theory]
    [InlineData("report.pdf")]
    [InlineData("My holiday (2024), part 1; final.zip")]
    [InlineData("\u4f60\u597d.txt")]
    [InlineData("na\u00efve r\u00e9sum\u00e9.doc")]
    [InlineData("\U0001F600.png")]
    [InlineData("archive.tar.gz")]
    [InlineData("100% [done] #1 @home {x} & y = z + $5 ^ `q` 'w' !~.txt")]
    [InlineData("_underscored_")]
    [InlineData("Makefile")]
    [InlineData("console.txt")]
    [InlineData("COM10")]
    [InlineData("COM")]
    [InlineData("LPTX.txt")]
    [InlineData("null")]
    [InlineData("x.NUL")]
    [InlineData("partial")]
    [InlineData("film.part")]
    [InlineData("film.partial.zip")]
    [InlineData("film.checkpoint")]
    [InlineData("film.new")]
    [InlineData("a..b")]
    [InlineData("notes.txt~1~")]
    [InlineData("document~1.txt")]
    [InlineData("-rf")]
    public void An_ordinary_name_stays_as_it_is(string name) => Assert.Equal(name, SafeFileName.Of(name));

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..\\..\\Windows\\system32\\a.dll", "a.dll")]
    [InlineData("a/b\\c.txt", "c.txt")]
    [InlineData("a\\b/c.txt", "c.txt")]
    [InlineData("\\\\server\\share\\f.txt", "f.txt")]
    [InlineData("C:\\dir\\f.txt", "f.txt")]
    [InlineData("\\\\?\\C:\\f.txt", "f.txt")]
    [InlineData("C:f.txt", "C_f.txt")]
    [InlineData("C:", "C_")]
    [InlineData("C:..\\f.txt", "f.txt")]
    [InlineData("a.txt:evil", "a.txt_evil")]
    [InlineData("a.txt::$DATA", "a.txt__$DATA")]
    [InlineData("<a>\"b\"|c?*.txt", "_a__b__c__.txt")]
    [InlineData("%2e%2e%2fpasswd", "%2e%2e%2fpasswd")]
    public void A_name_never_leaves_its_folder(string name, string expected) => Assert.Equal(expected, SafeFileName.Of(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData(" ")]
    [InlineData(" . . ")]
    [InlineData("\u3000\u00a0")]
    [InlineData("\r\n\t\0")]
    [InlineData("\u202e\u200b\ufeff")]
    [InlineData("folder/")]
    [InlineData("folder\\")]
    [InlineData("folder/..")]
    [InlineData("a/ .")]
    public void Nothing_usable_is_no_name(string? name) => Assert.Null(SafeFileName.Of(name));

    [Theory]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("...profile", "profile")]
    [InlineData(" . .ssh", "ssh")]
    [InlineData("\u200b.htaccess", "htaccess")]
    [InlineData("\0.a", "a")]
    [InlineData("a/.git", "git")]
    public void A_server_never_makes_a_hidden_file(string name, string expected) => Assert.Equal(expected, SafeFileName.Of(name));

    [Theory]
    [InlineData("a.txt.", "a.txt")]
    [InlineData("a.txt. . .", "a.txt")]
    [InlineData("  a.txt  ", "a.txt")]
    [InlineData("a.exe\u200b.", "a.exe")]
    [InlineData("a\r\nb\tc\0d\u007fe\u0085f.txt", "abcdef.txt")]
    [InlineData("a\u202egpj.exe", "agpj.exe")]
    [InlineData("a\u2066b\u2069\u200e\u061c\u00ad\ufeff.txt", "ab.txt")]
    [InlineData("a\u2028b\u2029.txt", "ab.txt")]
    [InlineData("a\ufffeb\uffff.txt", "ab.txt")]
    [InlineData("caf\ufffd.txt", "caf_.txt")]
    public void What_misleads_the_reader_or_is_dropped_by_Windows_goes(string name, string expected) => Assert.Equal(expected, SafeFileName.Of(name));

    [Theory]
    [InlineData("CON", "_CON")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("Prn", "_Prn")]
    [InlineData("aux.", "_aux")]
    [InlineData("NUL.tar.gz", "_NUL.tar.gz")]
    [InlineData("nul .txt", "_nul .txt")]
    [InlineData("COM0", "_COM0")]
    [InlineData("com9.log", "_com9.log")]
    [InlineData("COM\u00b9", "_COM\u00b9")]
    [InlineData("lpt\u00b3.x", "_lpt\u00b3.x")]
    [InlineData("LPT\u00b2", "_LPT\u00b2")]
    [InlineData("CONIN$", "_CONIN$")]
    [InlineData("conout$.txt", "_conout$.txt")]
    [InlineData(".nul", "_nul")]
    [InlineData("N\u200bUL", "_NUL")]
    [InlineData("x/CON", "_CON")]
    public void A_device_of_Windows_is_never_opened(string name, string expected) => Assert.Equal(expected, SafeFileName.Of(name));

    [Theory]
    [InlineData("film.mp4.partial", "film.mp4.partial_")]
    [InlineData("film.mp4.partial.checkpoint", "film.mp4.partial.checkpoint_")]
    [InlineData("film.mp4.partial.checkpoint.new", "film.mp4.partial.checkpoint.new_")]
    [InlineData("film.mp4.PARTIAL.CheckPoint", "film.mp4.PARTIAL.CheckPoint_")]
    [InlineData("film.mp4.partial.", "film.mp4.partial_")]
    [InlineData("film.mp4.part\u200bial", "film.mp4.partial_")]
    [InlineData("film.mp4.partial.chec\u212apoint", "film.mp4.partial.checKpoint_")]
    [InlineData("film.mp4.partia\ufe0fl", "film.mp4.partia\ufe0fl_")]
    [InlineData("FILM~1.PAR", "FILM_1.PAR")]
    [InlineData("~1", "_1")]
    [InlineData("FILM~12", "FILM_12")]
    public void Another_downloads_files_are_never_named(string name, string expected) => Assert.Equal(expected, SafeFileName.Of(name));

    [Theory]
    [InlineData('\ud83d')]
    [InlineData('\ude00')]
    public void Half_a_surrogate_pair_is_replaced(char half) => Assert.Equal("a_b", SafeFileName.Of("a" + half + "b"));

    [Fact]
    public void A_letter_and_its_accent_become_one_where_the_platform_can() =>
        Assert.Equal("re\u0301sume\u0301".Normalize(), SafeFileName.Of("re\u200b\u0301sume\u0301"));

    [Theory]
    [InlineData("x", ".txt")]
    [InlineData("\u00e9", ".tar.gz")]
    [InlineData("\u65e5", ".TAR.BZ2")]
    [InlineData("\U0001F600", ".mp4")]
    [InlineData("e\u0301", ".html")]
    [InlineData("\U0001F1E9\U0001F1EA", "")]
    public void A_long_name_is_cut_between_characters_and_keeps_its_extension(string unit, string extension)
    {
        var name = SafeFileName.Of(string.Concat(Enumerable.Repeat(unit, 300)) + extension)!;
        var (step, room) = (Encoding.UTF8.GetByteCount(unit.Normalize()), 255 - extension.Length);
        Assert.Equal(string.Concat(Enumerable.Repeat(unit.Normalize(), room / step)) + extension, name);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    public void The_longest_name_is_255_bytes(int length) => Assert.Equal(new string('x', 255), SafeFileName.Of(new string('x', length)));

    [Fact]
    public void A_long_sentence_with_a_full_stop_has_no_extension()
    {
        var name = SafeFileName.Of(new string('x', 250) + ". And more")!;
        Assert.Equal(new string('x', 250) + ". And", name);
    }

    [Fact]
    public void A_cut_leaves_no_dot_or_space_at_the_end() =>
        Assert.Equal(new string('x', 250), SafeFileName.Of(new string('x', 250) + " . . . . . . . . . . . . . . . . . . . . y"));

    [Fact]
    public void A_cut_that_lays_a_device_or_a_suffix_bare_is_not_overlooked()
    {
        var accents = new string('\u0301', 200);
        Assert.Equal("_CON.txt", SafeFileName.Of("CONx" + accents + ".txt"));
        Assert.Equal(new string('x', 246) + ".partia_", SafeFileName.Of(new string('x', 247) + ".partialREST OF A LONG NAME")![1..]);
    }

    [Theory]
    [InlineData("\u0316", 125)]
    [InlineData("\U000E0100", 62)]
    public void One_letter_with_accents_without_end_is_cut_among_them(string accent, int kept)
    {
        var name = SafeFileName.Of("a" + string.Concat(Enumerable.Repeat(accent, 60_000)) + ".txt")!;
        Assert.Equal("a" + string.Concat(Enumerable.Repeat(accent, kept)) + ".txt", name);
    }
}
