using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ResumableDownload.Naming;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Naming;

/// <summary>The name in a Content-Disposition, in the forms of the RFC and in those that are sent.</summary>
public sealed class ContentDispositionTests
{
    [Theory]
    [InlineData("attachment; filename=\"a b.txt\"", "a b.txt")]
    [InlineData("attachment; filename=a.txt", "a.txt")]
    [InlineData("inline; filename=a.txt", "a.txt")]
    [InlineData("form-data; name=\"file\"; filename=\"a.txt\"", "a.txt")]
    [InlineData("ATTACHMENT; FILENAME=\"A.txt\"", "A.txt")]
    [InlineData("attachment; FileName = \"a.txt\" ; size=3", "a.txt")]
    [InlineData("attachment;\tfilename\t=\ta.txt\t", "a.txt")]
    [InlineData("attachment; filename=\"a;b=c.txt\"; size=3", "a;b=c.txt")]
    [InlineData("attachment; filename=\"say \\\"hi\\\".txt\"", "say \"hi\".txt")]
    [InlineData("attachment; filename=\"a\\\\b.txt\"", "a\\b.txt")]
    [InlineData("attachment; filename=\"f\\oo.html\"", "foo.html")]
    [InlineData("attachment; foo=\"filename=x\"; filename=a.txt", "a.txt")]
    [InlineData("attachment; foo=\"\\\"; filename=x\"; filename=a.txt", "a.txt")]
    [InlineData("attachment; xfilename=x; filename=a.txt", "a.txt")]
    [InlineData("attachment; filename=\"'a'.txt\"", "'a'.txt")]
    [InlineData("attachment; filename=\"a,b.txt\"", "a,b.txt")]
    public void The_name_is_read(string field, string expected) => Assert.Equal(expected, ContentDisposition.FileNameIn(field));

    [Theory]
    [InlineData("filename=x", "x")]
    [InlineData("filename=\"x\"", "x")]
    [InlineData("filename=a b.txt", "a b.txt")]
    [InlineData("attachment;filename=x", "x")]
    [InlineData("attachment; filename=a b.txt; size=3", "a b.txt")]
    [InlineData("attachment; filename=a,b.txt", "a,b.txt")]
    [InlineData("attachment; filename=a=b.txt", "a=b.txt")]
    [InlineData("attachment; filename=[1](2).txt", "[1](2).txt")]
    [InlineData("attachment;;; filename=x;;", "x")]
    [InlineData("; filename=x", "x")]
    [InlineData("attachment filename=x", "x")]
    [InlineData("attachment, filename=x", "x")]
    [InlineData("\"attachment\"; filename=x", "x")]
    [InlineData("attachment; filename=\"a.txt", "a.txt")]
    [InlineData("attachment; filename=\"a;b.txt", "a;b.txt")]
    [InlineData("attachment; filename=\"a.txt\\", "a.txt\\")]
    [InlineData("attachment; filename=\"a.txt\"junk; size=3", "a.txt")]
    [InlineData("attachment; filename=\"a.txt\" filename*=UTF-8''b.txt", "a.txt")]
    [InlineData("attachment; filename=a.txt; filename=b.txt", "a.txt")]
    [InlineData("attachment; filename=; filename=b.txt", "b.txt")]
    [InlineData("attachment; filename='a.txt'", "'a.txt'")]
    [InlineData("attachment; filename=\"C:\\dir\\new file.txt\"", "C:\\dir\\new file.txt")]
    [InlineData("attachment; filename=../../etc/passwd", "../../etc/passwd")]
    public void The_name_is_read_where_the_field_is_not_valid(string field, string expected) => Assert.Equal(expected, ContentDisposition.FileNameIn(field));

    [Theory]
    [InlineData("attachment; filename*=UTF-8''%E4%BD%A0.txt", "\u4f60.txt")]
    [InlineData("attachment; filename*=utf-8'en'%e2%82%ac%20rates.txt", "\u20ac rates.txt")]
    [InlineData("attachment; filename*=iso-8859-1'de'%A3%20K%F6ln.txt", "\u00a3 K\u00f6ln.txt")]
    [InlineData("attachment; filename*=\"UTF-8''%E4%BD%A0.txt\"", "\u4f60.txt")]
    [InlineData("attachment; FileName* = UTF-8''a%3Bb.txt ; size=3", "a;b.txt")]
    [InlineData("attachment; filename*=UTF-8''it's.txt", "it's.txt")]
    [InlineData("attachment; filename*=UTF-8''a b.txt", "a b.txt")]
    [InlineData("attachment; filename*=UTF-8''na\u00c3\u00afve.txt", "na\u00efve.txt")]
    [InlineData("attachment; filename*=UTF-8''%F0%9F%98%80", "\U0001F600")]
    [InlineData("attachment; filename=plain.txt; filename*=UTF-8''extended.txt", "extended.txt")]
    [InlineData("attachment; filename*=UTF-8''extended.txt; filename=plain.txt", "extended.txt")]
    [InlineData("attachment; filename*=x; filename*=UTF-8''second.txt; filename=plain.txt", "second.txt")]
    public void The_extended_name_wins(string field, string expected) => Assert.Equal(expected, ContentDisposition.FileNameIn(field));

    [Theory]
    [InlineData("UTF-8''a%ZZ.txt")]
    [InlineData("UTF-8''a%4")]
    [InlineData("UTF-8''a%")]
    [InlineData("UTF-8''a%+1")]
    [InlineData("UTF-8''%FF%FE.txt")]
    [InlineData("UTF-8''%C3")]
    [InlineData("UTF-8''%ED%A0%80")]
    [InlineData("UTF-8''%C0%AE%C0%AE%C0%AF")]
    [InlineData("UTF-8''\u4f60")]
    [InlineData("GBK''%C4%E3.txt")]
    [InlineData("''a.txt")]
    [InlineData("UTF-8'a.txt")]
    [InlineData("a.txt")]
    [InlineData("UTF-8''")]
    [InlineData("")]
    public void An_invalid_extended_name_falls_back(string value)
    {
        Assert.Equal("plain.txt", ContentDisposition.FileNameIn($"attachment; filename*={value}; filename=plain.txt"));
        Assert.Null(ContentDisposition.FileNameIn($"attachment; filename*={value}"));
    }

    [Theory]
    [InlineData("=?UTF-8?B?5L2gLnR4dA==?=", "\u4f60.txt")]
    [InlineData("=?utf-8?b?5L2gLnR4dA?=", "\u4f60.txt")]
    [InlineData("=?UTF-8?Q?=E4=BD=A0_1.txt?=", "\u4f60 1.txt")]
    [InlineData("=?ISO-8859-1?q?caf=E9.txt?=", "caf\u00e9.txt")]
    [InlineData("=?UTF-8*en?Q?a=2Etxt?=", "a.txt")]
    [InlineData("=?UTF-8?Q?=E4=BD?= =?UTF-8?Q?=A0.txt?=", "\u4f60.txt")]
    [InlineData("=?UTF-8?B?5L2g?= =?ISO-8859-1?Q?=E9?=", "\u4f60\u00e9")]
    [InlineData("see =?UTF-8?B?5L2g?= there.txt", "see \u4f60 there.txt")]
    [InlineData("=?GBK?B?xOM=?=", "=?GBK?B?xOM=?=")]
    [InlineData("=?UTF-8?B?!!!?=", "=?UTF-8?B?!!!?=")]
    [InlineData("=?UTF-8?Q?=E4=ZZ?=", "=?UTF-8?Q?=E4=ZZ?=")]
    [InlineData("=?UTF-8?Q?=FF?=", "=?UTF-8?Q?=FF?=")]
    [InlineData("=?UTF-8?X?a?=", "=?UTF-8?X?a?=")]
    [InlineData("=?UTF-8?Q?a", "=?UTF-8?Q?a")]
    [InlineData("%E4%BD%A0%20.txt", "\u4f60 .txt")]
    [InlineData("a%20b.txt", "a%20b.txt")]
    [InlineData("foo-%41.txt", "foo-%41.txt")]
    [InlineData("100%25.txt", "100%25.txt")]
    [InlineData("100%.txt", "100%.txt")]
    [InlineData("%E4%BD%A0 100%.txt", "%E4%BD%A0 100%.txt")]
    [InlineData("%C4%E3.txt", "%C4%E3.txt")]
    public void Words_and_escapes_in_a_plain_name_are_read_where_they_must_be_meant(string value, string expected)
    {
        Assert.Equal(expected, ContentDisposition.FileNameIn($"attachment; filename=\"{value}\""));
        Assert.Equal(expected, ContentDisposition.FileNameIn($"attachment; filename={value}"));
    }

    [Theory]
    [InlineData("\u4f60\u597d.txt")]
    [InlineData("na\u00efve.txt")]
    [InlineData("\U0001F600.txt")]
    public void A_name_in_raw_UTF8_is_read_however_the_client_decoded_it(string name)
    {
        var asHttpClientReadsIt = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));
        Assert.Equal(name, ContentDisposition.FileNameIn($"attachment; filename=\"{asHttpClientReadsIt}\""));
        Assert.Equal(name, ContentDisposition.FileNameIn($"attachment; filename=\"{name}\""));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("attachment")]
    [InlineData("attachment; filename")]
    [InlineData("attachment; filename=")]
    [InlineData("attachment; filename=\"\"")]
    [InlineData("attachment; filename=\" \"")]
    [InlineData("attachment; filename=\"")]
    [InlineData("attachment; size=3")]
    [InlineData("attachment; name=a.txt")]
    [InlineData("attachment; filename*0=\"a\"; filename*1=\".txt\"")]
    [InlineData("=x")]
    public void Without_a_name_there_is_none(string? field) => Assert.Null(ContentDisposition.FileNameIn(field));

    [Theory]
    [InlineData("attachment; filename=.bashrc", "bashrc")]
    [InlineData("attachment; filename=\"C:\\dir\\new.txt\"", "new.txt")]
    [InlineData("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd")]
    [InlineData("attachment; filename*=UTF-8''a%0D%0Ab%00.txt", "ab.txt")]
    [InlineData("attachment; filename*=UTF-8''..; filename=good.txt", "from url.bin")]
    [InlineData("attachment; filename=..", "from url.bin")]
    [InlineData("attachment; filename=\"=?UTF-8?B?Li4vTlVM?=\"", "_NUL")]
    [InlineData("attachment", "from url.bin")]
    [InlineData(null, "from url.bin")]
    public void The_answer_names_the_file_else_the_address(string? field, string expected) =>
        Assert.Equal(expected, Chosen(field, new Uri("https://host/a/from%20url.bin?x=y.exe")));

    [Fact]
    public void Without_any_name_it_is_a_download() => Assert.Equal("download", Chosen("attachment; filename=..", new Uri("https://host/")));

    [Theory]
    [InlineData("=")]
    [InlineData(";")]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData(" ")]
    [InlineData("%")]
    [InlineData("%E4")]
    [InlineData("=?")]
    [InlineData("=?a?b?")]
    [InlineData("=?UTF-8?Q?=E4?= ")]
    [InlineData("filename=")]
    [InlineData("filename*=;")]
    [InlineData("filename=\"\";")]
    [InlineData("\u00e9")]
    [InlineData(" .")]
    public void A_huge_field_still_gives_a_name(string unit)
    {
        var huge = string.Concat(Enumerable.Repeat(unit, 65536 / unit.Length));
        foreach (var field in (string[])[huge, "filename=" + huge, "filename=\"" + huge, "filename*=UTF-8''" + huge, huge + "; filename=x" + huge + "y"])
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(Chosen(field, new Uri("https://host/"))), 1, 255);
        }
    }

    [Fact]
    public void No_field_makes_an_error() => Law.Holds(
        Gen.ArrayOf(Gen.Elements("attachment", ";", "filename", "*", "=", "\"", "\\", "'", "UTF-8''", "=?UTF-8?B?", "=?UTF-8?Q?", "?=", "%", "%E4", "%2F", "a", " ", "\u00c3\u00a9", "\u00ff", "\u4f60", "\ud800", "\0", "..", "/")),
        static pieces => Assert.NotEmpty(Chosen(string.Concat(pieces), new Uri("https://host/"))),
        10_000);

    private static string Chosen(string? field, Uri source) => FileNameChoice.OfAnswer(field) ?? FileNameChoice.OfAddress(source);
}
