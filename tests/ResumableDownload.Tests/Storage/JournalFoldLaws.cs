using FsCheck;
using FsCheck.Fluent;
using ResumableDownload.Integrity;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Whatever happens to a journal, it never claims what it did not claim when it was written.</summary>
public sealed class JournalFoldLaws
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(600).WithReplay(20260101, 7);

    public static TheoryData<string> Kinds => ["crc32c", "crc32", "crc64", "crc64nvme"];

    [Fact]
    public void A_journal_is_read_as_it_was_written() =>
        ForAll(static (_, journal, _) => JournalAssert.Claims(journal.Claims[^1], journal.Bytes));

    [Fact]
    public void A_truncated_journal_claims_its_whole_lines_and_nothing_else() => ForAll(static (_, journal, random) =>
    {
        for (var cuts = 0; cuts < 8; cuts++)
        {
            var length = random.Next(journal.Bytes.Length);
            JournalAssert.Claims(journal.Claims.LastOrDefault(claim => claim.End.Offset <= length), journal.Bytes.AsSpan(0, length));
        }
    });

    [Fact]
    public void A_flipped_bit_costs_its_line_and_those_after_it_and_makes_nothing_up() => ForAll(static (_, journal, random) =>
    {
        for (var flips = 0; flips < 8; flips++)
        {
            FlipAndCheck(journal, random.Next(8 * journal.Bytes.Length));
        }
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_single_bit_of_a_journal_counts(string kind)
    {
        var journal = await EveryLineAsync(kind);
        for (var bit = 0; bit < 8 * journal.Bytes.Length; bit++)
        {
            FlipAndCheck(journal, bit);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_length_of_a_torn_journal_is_read(string kind)
    {
        var journal = await EveryLineAsync(kind);
        for (var length = 0; length < journal.Bytes.Length; length++)
        {
            JournalAssert.Claims(journal.Claims.LastOrDefault(claim => claim.End.Offset <= length), journal.Bytes.AsSpan(0, length));
        }
    }

    [Fact]
    public void The_end_of_another_generations_journal_is_not_believed() => ForAll(static (number, journal, random) =>
    {
        var stale = Other(number, journal, random);
        for (var splices = 0; splices < 4; splices++)
        {
            var at = random.Next(1, journal.Bytes.Length);
            JournalAssert.OneOf([.. journal.Bytes[..at], .. stale.Bytes[at..]], journal, stale);
        }
    });

    [Fact]
    public void A_stale_block_in_the_middle_of_a_journal_is_not_believed() => ForAll(static (number, journal, random) =>
    {
        var stale = Other(number, journal, random);
        for (var splices = 0; splices < 4; splices++)
        {
            var from = random.Next(1, journal.Bytes.Length);
            var to = random.Next(from, journal.Bytes.Length);
            JournalAssert.OneOf([.. journal.Bytes[..from], .. stale.Bytes[from..to], .. journal.Bytes[to..]], journal, stale);
        }
    });

    [Fact]
    public void Whole_lines_of_another_generation_at_their_own_place_are_not_believed() => ForAll(static (number, journal, random) =>
    {
        var stale = Other(number, journal, random);
        var edge = journal.Claims[random.Next(journal.Claims.Count)].End.Offset;
        var image = JournalAssert.OneOf([.. journal.Bytes[..(int)edge], .. stale.Bytes[(int)edge..]], journal);
        Assert.Equal(edge, image?.End.Offset);
    });

    [Fact]
    public void A_block_of_zeros_or_noise_in_a_journal_is_not_believed() => ForAll(static (_, journal, random) =>
    {
        var damaged = journal.Bytes.ToArray();
        var from = random.Next(damaged.Length);
        var hole = damaged.AsSpan(from, random.Next(1, damaged.Length - from + 1));
        hole.Clear();
        if (random.Next(2) == 0)
        {
            random.NextBytes(hole);
        }

        JournalAssert.OneOf(damaged, journal);
    });

    [Fact]
    public void Bytes_that_are_no_journal_are_damage_and_never_an_error() =>
        Prop.ForAll<byte[]>(static bytes => Assert.IsNotType<JournalReading.Held>(JournalFold.Read(bytes))).Check(Repeatable);

    // The first journal that has a line of each sort.
    private static async Task<RandomJournal> EveryLineAsync(string kind)
    {
        for (var seed = 0; ; seed++)
        {
            var journal = await RandomJournal.MakeAsync(seed, 0, SumKind.Named(kind));
            if (journal.Claims[^1] is { Length: not null, Target: not null, Runs.Count: > 2, Lessons.Count: > 1 } last && last.Flushed != journal.Claims[0].Flushed)
            {
                return journal;
            }
        }
    }

    // Journals from numbers: the same numbers make the same journals on every machine.
    private static void ForAll(Action<int, RandomJournal, Random> law) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), number =>
    {
        var journal = RandomJournal.MakeAsync(number).GetAwaiter().GetResult();
        law(number, journal, new Random(number));
    }).Check(Repeatable);

    private static RandomJournal Other(int number, RandomJournal journal, Random random)
    {
        var other = RandomJournal.MakeAsync(number, random.Next(1, int.MaxValue)).GetAwaiter().GetResult();
        Assert.Equal(journal.Bytes.Length, other.Bytes.Length);
        return other;
    }

    private static void FlipAndCheck(RandomJournal journal, int bit)
    {
        var damaged = journal.Bytes.ToArray();
        damaged[bit / 8] ^= (byte)(1 << (bit % 8));
        JournalAssert.DamagedAt(bit / 8, journal, damaged);
    }
}
