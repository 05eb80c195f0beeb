using System.Text;
using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>The first line: what the bytes are of, and which format the rest has.</summary>
public sealed class JournalHeaderTests
{
    private static readonly DateTimeOffset Date = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("\"5f3e\"", "Wed, 21 Oct 2015 07:28:00 GMT", "application/zip")]
    [InlineData("W/\"weak\"", null, null)]
    [InlineData(null, "Wed, 21 Oct 2015 07:28:00 GMT", "text/plain")]
    [InlineData("\"quote \\ slash \t tab\"", null, null)]
    [InlineData("\"caf\u00e9 \u65e5\u672c \U0001F600\"", "\u00e9", "x/\u00e9")]
    [InlineData("unquoted", "\n\r", "\u2028\u0000")]
    [InlineData("\",\"c\":\"00000000\"}", "{\"format\":2}", "}")]
    public async Task A_header_comes_back_as_it_was_told(string? tag, string? modified, string? type)
    {
        var disk = new SimulatedDisk(new FakeTimeProvider());
        var representation = new Representation(new Validator { EntityTag = tag, LastModified = modified }, Date, 12345, type);
        var header = JournalHeader.Of(representation, SumKind.Crc32C, "key:sha256:ab", "https://host/a \"b\" \u65e5");
        var paths = new SidecarPaths(Bench.NewTarget());
        using var journal = await Journal.ReplaceAsync(disk, paths, header, [new JournalEntry.Length(12345)], areFlushed: false, CancellationToken.None);

        var bytes = disk.Bytes(paths.Journal)!;
        var image = Assert.IsType<JournalReading.Held>(JournalFold.Read(bytes)).Image;

        Assert.Equal(header, image.Header);
        Assert.Matches("^[0-9a-f]{32}$", header.Generation);
        Assert.Equal(representation, image.Header.Describe(image.Length));
        Assert.Equal(2, bytes.Count(static value => value == '\n'));
    }

    /// <summary>Else it would be left alone for ever, as a newer version's.</summary>
    [Fact]
    public void A_flipped_bit_in_the_format_is_damage_and_no_newer_version()
    {
        var journal = ForgedJournal.Of(ForgedJournal.Header, "{'length':5");
        Assert.IsType<JournalReading.Held>(JournalFold.Read(journal));
        for (var bit = 0; bit < 8; bit++)
        {
            var damaged = journal.ToArray();
            damaged["{\"format\":".Length] ^= (byte)(1 << bit);
            Assert.IsType<JournalReading.Damaged>(JournalFold.Read(damaged));
        }
    }

    [Theory]
    [InlineData("{\"format\":2}", 2)]
    [InlineData("{\"format\":2}\n", 2)]
    [InlineData("{\"format\":2,\"shape\":{\"deep\":[1,2,{\"x\":null}]},\"c\":\"zz\"}\nanything\n", 2)]
    [InlineData("{\"generation\":17,\"format\":3,\"date\":\"never\"}\n", 3)]
    [InlineData("{\"format\":3,\"generation\":17,\"c\":\"00000000\"}\n", 3)]
    [InlineData("{\"format\":2147483647}", 2147483647)]
    public async Task A_journal_of_a_newer_format_is_refused_and_left_as_it_is(string text, int format)
    {
        using var bench = new Bench(ResourceVersion.Random(1000, 1, "\"v1\""));
        bench.Disk.Put(bench.Paths.Journal, Encoding.UTF8.GetBytes(text));
        bench.Disk.Put(bench.Paths.Partial, [1, 2, 3]);

        var failure = await bench.FailAsync();

        Assert.Equal(DownloadFailure.NewerCheckpoint, failure.Failure);
        Assert.StartsWith($"'{bench.Paths.Journal}' was written by a newer version (format {format}); it is left as it is", failure.Message, StringComparison.Ordinal);
        Assert.Equal(text, bench.JournalText());
        Assert.Equal([1, 2, 3], bench.Disk.Bytes(bench.Paths.Partial));
        Assert.Empty(bench.Server.Requests);
        Assert.Empty(bench.Disk.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\n{\"format\":2}\n")]
    [InlineData("{}\n")]
    [InlineData("null\n")]
    [InlineData("[1]\n")]
    [InlineData("{\"format\":null}\n")]
    [InlineData("{\"format\":0}\n")]
    [InlineData("{\"format\":-7}\n")]
    [InlineData("{\"format\":1}\n")]
    [InlineData("{\"format\":\"2\"}\n")]
    [InlineData("{\"format\":1,\"c\":\"00000000\"}\n")]
    [InlineData("{\"format\":1,\"generation\":\"a\",\"resource\":\"b\",\"uri\":\"c\",\"date\":\"2026-01-01T00:00:00Z\",\"c\":\"00000000\"}\n")]
    [InlineData("{\"format\":1,\"generation\":null,\"resource\":\"b\",\"uri\":\"c\",\"date\":\"2026-01-01T00:00:00Z\",\"c\":\"00000000\"}\n")]
    [InlineData("{\"format\":1,\"generation\":\"\\ud800\",\"resource\":\"b\",\"uri\":\"c\",\"date\":\"2026-01-01T00:00:00Z\",\"c\":\"00000000\"}\n")]
    [InlineData("{\"\\ud800\":1,\"format\":1}\n")]
    [InlineData("\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\n")]
    public async Task What_is_no_journal_is_damage_and_the_download_starts_over(string text)
    {
        var version = ResourceVersion.Random(1000, 1, "\"v1\"");
        using var bench = new Bench(version);
        bench.Disk.Put(bench.Paths.Journal, Encoding.UTF8.GetBytes(text));
        bench.Disk.Put(bench.Paths.Partial, [1, 2, 3]);

        var result = await bench.RunAsync();

        Assert.Equal(1000, result.Received);
        Assert.Equal(text.Length > 0, bench.Logger.Count(5) > 0);
        bench.AssertWhole(version);
    }

    [Fact]
    public void Invalid_UTF8_in_a_header_is_damage_and_never_an_error()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"format\":1,\"generation\":\"X\",\"resource\":\"b\",\"uri\":\"c\",\"date\":\"2026-01-01T00:00:00Z\",\"c\":\"00000000\"}\n");
        bytes[Array.IndexOf(bytes, (byte)'X')] = 0xFF;
        Assert.IsType<JournalReading.Damaged>(JournalFold.Read(bytes));
    }

    [Fact]
    public async Task A_journal_and_the_log_name_no_query()
    {
        using var bench = new Bench(ResourceVersion.Random(1000, 1, "\"v1\""));
        await bench.KeepAsync(10);
        Assert.Contains("https://origin.test/file.bin\"", bench.JournalText(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", bench.JournalText() + string.Concat(bench.Logger.Lines), StringComparison.Ordinal);
    }
}
