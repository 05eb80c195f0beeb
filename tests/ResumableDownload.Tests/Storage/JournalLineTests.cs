using System.Globalization;
using System.Text;
using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What the lines of a journal may say, and what of it is believed when somebody else wrote it.</summary>
public sealed class JournalLineTests
{
    private const string Length = "{'length':3000";

    private static readonly SidecarPaths Paths = new("/volume/file.bin");

    public static TheoryData<string> Kinds => ["crc32c", "crc32", "crc64", "crc64nvme"];

    [Theory]
    [InlineData("crc32c", 8, "e3069283")]
    [InlineData("crc32", 8, "cbf43926")]
    [InlineData("crc64", 16, "995dc9bbdf1939fa")]
    [InlineData("crc64nvme", 16, "ae8b14860a799888")]
    public async Task A_run_is_written_with_all_digits_of_its_kind(string name, int digits, string check)
    {
        var kind = SumKind.Named(name)!;
        ulong[] sums = [kind.Append(0, "123456789"u8), 0, 1, ulong.MaxValue >> (64 - (4 * digits))];
        var disk = new SimulatedDisk(new FakeTimeProvider());
        using (var journal = await Journal.ReplaceAsync(disk, Paths, ForgedJournal.Header with { Sum = name }, [], areFlushed: false, CancellationToken.None))
        {
            foreach (var (sum, number) in sums.Select(static (sum, number) => (sum, number)))
            {
                await journal.AppendAsync(new SummedRun(new ByteRange(10 * number, (10 * number) + 9), sum));
            }
        }

        var text = Encoding.UTF8.GetString(disk.Bytes(Paths.Journal)!);
        Assert.Contains($"{{\"at\":0,\"len\":9,\"sum\":\"{check}\",", text, StringComparison.Ordinal);
        Assert.Contains($"\"sum\":\"{new string('0', digits)}\",", text, StringComparison.Ordinal);
        var image = Assert.IsType<JournalReading.Held>(JournalFold.Read(disk.Bytes(Paths.Journal))).Image;
        Assert.Equal(sums, image.Runs.Select(static run => run.Run.Sum));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_sum_of_another_number_of_digits_ends_what_is_believed(string name)
    {
        var digits = SumKind.Named(name)!.HexDigits;
        foreach (var odd in new[] { digits - 1, digits + 1, 24 - digits, 0 })
        {
            var bytes = ForgedJournal.Of(ForgedJournal.Header with { Sum = name }, Run(0, digits), Run(1, odd), Run(2, digits));
            var held = Assert.IsType<JournalReading.Held>(JournalFold.Read(bytes));
            Assert.True(held.IsCutOff);
            Assert.Equal(new ByteRange(0, 100), Assert.Single(held.Image.Runs).Run.Range);
        }
    }

    [Theory]
    [InlineData("\"crc16\"")]
    [InlineData("\"CRC32C\"")]
    [InlineData("\"crc64 \"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("64")]
    [InlineData("[\"crc64\"]")]
    public void A_kind_of_sum_that_is_not_known_is_damage_and_never_an_error(string kind)
    {
        var header = Encoding.UTF8.GetString((ForgedJournal.Header with { Sum = "?" }).ToJson())[..^1].Replace("\"?\"", kind, StringComparison.Ordinal);
        Assert.IsType<JournalReading.Damaged>(JournalFold.Read(ForgedJournal.Of(header, Run(0, 8))));
    }

    [Fact]
    public void A_header_without_a_kind_of_sum_is_damage_and_never_an_error()
    {
        var header = Encoding.UTF8.GetString((ForgedJournal.Header with { Sum = "?" }).ToJson())[..^1].Replace(",\"sum\":\"?\"", "", StringComparison.Ordinal);
        Assert.DoesNotContain("sum", header, StringComparison.Ordinal);
        Assert.IsType<JournalReading.Damaged>(JournalFold.Read(ForgedJournal.Of(header, Run(0, 8))));
    }

    [Fact]
    public async Task Of_a_journal_with_an_unknown_kind_of_sum_nothing_is_trusted()
    {
        var version = ResourceVersion.Random(3000, 1, "\"v1\"");
        using var bench = new Bench(version);
        await bench.KeepAsync(2000);
        var header = bench.Claims()!.Header;
        var forged = Encoding.UTF8.GetString(bench.Disk.Bytes(bench.Paths.Journal)!).Replace("\"crc32c\"", "\"blake3\"", StringComparison.Ordinal);
        bench.Disk.Put(bench.Paths.Journal, Encoding.UTF8.GetBytes(forged));
        Assert.Equal("crc32c", header.Sum);

        var result = await bench.RunAsync();

        Assert.Equal((0L, 3000L), (result.ResumedFrom, result.Received));
        Assert.Equal(1, bench.Logger.Count(5));
        bench.AssertWhole(version);
    }

    public static TheoryData<string> Targets =>
    [
        "film.mp4",
        "say \"hi\" \\ c'est.mp4",
        "tab\tline\r\nend",
        "\u0001\u001f\u007f\u0080\u2028\ufeff",
        "\u00e9\u65e5\u672c\U0001F600.tar.gz",
        "...",
        ",\"c\":\"00000000\"}",
        new('x', 255),
        new('\u0001', 255),
        string.Concat(Enumerable.Repeat("\u65e5", 85)),
        string.Concat(Enumerable.Repeat("\U0001F600", 63)),
    ];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task A_target_of_any_name_is_one_line_and_comes_back(string name)
    {
        var disk = new SimulatedDisk(new FakeTimeProvider());
        using (var journal = await Journal.ReplaceAsync(disk, Paths, ForgedJournal.Header, [], areFlushed: false, CancellationToken.None))
        {
            await journal.AppendAsync(new JournalEntry.Target("earlier"));
            await journal.AppendAsync(new JournalEntry.Target(name));
        }

        var bytes = disk.Bytes(Paths.Journal)!;
        var held = Assert.IsType<JournalReading.Held>(JournalFold.Read(bytes));
        Assert.Equal((name, false, 3), (held.Image.Target, held.IsCutOff, bytes.Count(static value => value == '\n')));
    }

    [Theory]
    [InlineData("'../film.mp4'")]
    [InlineData("'/etc/passwd'")]
    [InlineData("'folder/film.mp4'")]
    [InlineData("'film.mp4/'")]
    [InlineData("'..'")]
    [InlineData("'.'")]
    [InlineData("''")]
    [InlineData("'a\\u0000b'")]
    [InlineData("'a\\u002fb'")]
    [InlineData("'\\ud800'")]
    [InlineData("'\\q'")]
    [InlineData("'open")]
    [InlineData("'a' 'b'")]
    [InlineData("'a','flushed':0")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("['a']")]
    [InlineData("")]
    public void A_target_that_is_no_name_in_the_folder_ends_what_is_believed(string value)
    {
        var held = ForgedJournal.Held(Length, "{'target':'good'", "{'target':" + value, "{'length':3000");
        Assert.Equal(("good", true), (held.Image.Target, held.IsCutOff));
    }

    [Fact]
    public void A_target_in_bytes_that_are_no_UTF8_is_not_believed_and_never_an_error()
    {
        // A lone byte 0xFF in place of the X, under a proof that holds.
        var content = "{\"target\":\"X\""u8.ToArray();
        content[^2] = 0xFF;
        Assert.Null(JournalLine.Read(content, SumKind.Crc32C));
    }

    [Theory]
    [InlineData("{'at':9223372036854775807,'len':1,'sum':'00000000'")]
    [InlineData("{'at':9223372036854775808,'len':1,'sum':'00000000'")]
    [InlineData("{'at':-1,'len':1,'sum':'00000000'")]
    [InlineData("{'at':0,'len':-1,'sum':'00000000'")]
    [InlineData("{'at':0,'len':0,'sum':'00000000'")]
    [InlineData("{'at':0,'len':1,'sum':'0000000g'")]
    [InlineData("{'at':0,'len':1,'sum':'00000000','x':1")]
    [InlineData("{'trait':'ignores-if-range")]
    [InlineData("{'trait':'ignores-if-range','learned':")]
    [InlineData("{'trait':'ignores-if-range','learned':-1")]
    [InlineData("{'trait':'ignores-if-range','learned':9223372036854775808")]
    [InlineData("{'trait':'Ignores-If-Range','learned':1")]
    [InlineData("{'trait':'','learned':1")]
    [InlineData("{'trait':'no-ranges','learned':1,'more':1")]
    [InlineData("{'flushed':99999999999")]
    [InlineData("{'length':-1")]
    [InlineData("{'length':1.5")]
    [InlineData("{'length':3001")]
    [InlineData("{'unknown':1")]
    [InlineData("{}")]
    [InlineData("")]
    public void A_line_that_holds_but_says_what_our_writer_never_says_ends_what_is_believed(string line)
    {
        var held = ForgedJournal.Held(Length, line, "{'target':'after'");
        Assert.Equal((3000L, null, true), (held.Image.Length, held.Image.Target, held.IsCutOff));
        Assert.Empty(held.Image.Runs);
        Assert.Empty(held.Image.Lessons);
    }

    /// <summary>Of a body without a length it is noted after the last byte.</summary>
    [Theory]
    [InlineData(2999, true)]
    [InlineData(3000, true)]
    [InlineData(3001, false)]
    public void A_length_is_believed_unless_more_was_received(int received, bool isBelieved)
    {
        var held = ForgedJournal.Held(string.Create(CultureInfo.InvariantCulture, $"{{'at':0,'len':{received},'sum':'00000000'"), Length);
        Assert.Equal((isBelieved ? 3000L : null, !isBelieved), (held.Image.Length, held.IsCutOff));
    }

    /// <summary>As the first versions wrote it; of an origin it is out of date, of the bytes it holds for ever.</summary>
    [Fact]
    public void A_lesson_without_a_time_is_one_from_long_ago()
    {
        var held = ForgedJournal.Held("{'trait':'no-ranges'", "{'trait':'kept-differs'", Length);
        Assert.Equal([new(OriginTraits.NoRanges, 0), new(OriginTraits.KeptDiffers, 0)], held.Image.Lessons);
        Assert.Equal((OriginTraits.KeptDiffers, false), (held.Image.TraitsAt(ForgedJournal.Header.Date), held.IsCutOff));
    }

    private static string Run(int number, int digits) =>
        string.Create(CultureInfo.InvariantCulture, $"{{'at':{100 * number},'len':100,'sum':'{new string('7', digits)}'");
}
