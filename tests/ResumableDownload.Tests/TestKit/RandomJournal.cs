using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A journal as our own writer makes it, with what it claimed after each line.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Claims">What it claims after the header, after the first line, and so on.</param>
internal sealed record RandomJournal(byte[] Bytes, IReadOnlyList<JournalImage> Claims)
{
    private static readonly OriginTraits[] Traits = [OriginTraits.IgnoresIfRange, OriginTraits.IgnoresIfMatch, OriginTraits.NoRanges, OriginTraits.KeptDiffers];

    private static readonly SumKind[] Kinds = [SumKind.Crc32C, SumKind.Crc32, SumKind.Crc64, SumKind.Crc64Nvme];

    private static readonly string[] Targets = ["file.bin", "film (1).tar.gz", "say \"hi\"", "tab\tand\u0001", "\u00e9\u65e5\U0001F600", new string('x', 255)];

    /// <summary>The same seed and number of lines give another journal of equal length, of another generation, for each content seed.</summary>
    public static async Task<RandomJournal> MakeAsync(int seed, int contentSeed = 0, SumKind? kind = null)
    {
        var disk = new SimulatedDisk(new FakeTimeProvider());
        var paths = new SidecarPaths("/volume/file.bin");
        var header = Header(seed, contentSeed, kind ?? Kinds[seed % Kinds.Length]);
        using var journal = await Journal.ReplaceAsync(disk, paths, header, [], areFlushed: false, CancellationToken.None);
        var (random, content) = (new Random(seed), new Random(contentSeed));
        var image = new JournalImage
        {
            Header = header,
            Length = null,
            Lessons = [],
            Runs = [],
            Received = ByteRangeSet.Empty,
            Flushed = journal.End,
            End = journal.End,
        };
        List<JournalImage> claims = [image];
        for (var left = random.Next(1, 24); left > 0; left--)
        {
            claims.Add(image = await AppendAsync(journal, claims, random, content));
        }

        return new(disk.Bytes(paths.Journal)!, claims);
    }

    private static async Task<JournalImage> AppendAsync(Journal journal, List<JournalImage> claims, Random random, Random content)
    {
        var last = claims[^1];
        switch (random.Next(9))
        {
            case 0 when last.Length is null:
                await journal.AppendAsync(new JournalEntry.Length(last.Received.End + 5000));
                return last with { Length = last.Received.End + 5000, End = journal.End };
            case 1:
                var trait = Traits[random.Next(Traits.Length)];
                var lesson = new JournalEntry.Trait(trait, random.Next() * (trait == OriginTraits.KeptDiffers ? 0L : 1L));
                await journal.AppendAsync(lesson);
                return last with { Lessons = [.. last.Lessons, lesson], End = journal.End };
            case 2 or 3:
                var flushed = claims[random.Next(claims.Count)].End;
                flushed = flushed.Offset < last.Flushed.Offset ? last.Flushed : flushed;
                await journal.AppendFlushedAsync(flushed);
                return last with { Flushed = flushed, End = journal.End };
            case 4:
                var target = new JournalEntry.Target(Targets[random.Next(Targets.Length)]);
                await journal.AppendAsync(target);
                return last with { Target = target.Name, End = journal.End };
            default:
                return await AppendRunAsync(journal, last, random, (ulong)content.NextInt64() >> (64 - (4 * journal.Sum.HexDigits)));
        }
    }

    private static async Task<JournalImage> AppendRunAsync(Journal journal, JournalImage last, Random random, ulong sum)
    {
        var start = last.Received.End + (random.Next(2) * random.Next(1000));
        var end = Math.Min(start + random.Next(1, 2000), last.Length ?? long.MaxValue);
        if (end <= start)
        {
            return last;
        }

        var run = new SummedRun(new ByteRange(start, end), sum);
        await journal.AppendAsync(run);
        return last with { Runs = [.. last.Runs, new(run, journal.End.Offset)], Received = last.Received.Add(run.Range), End = journal.End };
    }

    private static JournalHeader Header(int seed, int contentSeed, SumKind kind)
    {
        var random = new Random(seed ^ (contentSeed * 397));
        var name = new byte[16];
        random.NextBytes(name);
        return new()
        {
            Generation = Convert.ToHexStringLower(name),
            Resource = "sha256:00",
            Uri = "https://host/päth",
            Etag = $"\"{random.Next(1000, 10000)}\"",
            Date = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Name = "file \"1\".bin",
            ResourceLength = random.NextInt64(1_000_000, 10_000_000),
            Digests = $"x-goog-hash=crc32c:{random.Next(0x10000000, int.MaxValue):x8}",
            Sum = kind.Name,
        };
    }
}
