using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Fuzz;

/// <summary>Whatever lies where a journal should: it is read without an error, and claims nothing that cannot be.</summary>
public sealed class JournalFuzz
{
    private static readonly string[] Contents =
    [
        "{'at':0,'len':1000,'sum':'00000000'", "{'at':1000,'len':1,'sum':'ffffffff'", "{'at':9223372036854775806,'len':1,'sum':'00000000'", "{'at':0,'len':0,'sum':'00000000'",
        "{'flushed':0", "{'flushed':300", "{'length':0", "{'length':2000", "{'length':9223372036854775807", "{'target':'file.bin'", "{'target':'..'", "{'target':'../x'", "{'target':'a\\u0000b'",
        "{'trait':'ignores-if-range'", "{'trait':'no-ranges','learned':1700000000", "{'trait':'kept-differs','learned':9223372036854775807", "{}", "{'at':0", "{'unknown':1",
    ];

    private static readonly JournalHeader[] Headers =
    [
        ForgedJournal.Header,
        ForgedJournal.Header with { Sum = "crc64" },
        ForgedJournal.Header with { Sum = "sha1" },
        ForgedJournal.Header with { Name = "../../etc/passwd", Etag = "a\r\nb", LastModified = "never", ContentType = "\0" },
        ForgedJournal.Header with { Digests = "x=sha-256:00 y=crc32c:00000000 = =", ResourceLength = -1, Date = DateTimeOffset.MaxValue },
        ForgedJournal.Header with { Uri = "", Resource = "", Etag = "", Date = DateTimeOffset.MinValue },
    ];

    [Fact]
    public async Task What_was_tampered_with_claims_what_was_written_or_nothing()
    {
        var journals = await Task.WhenAll(Enumerable.Range(0, 64).Select(static seed => RandomJournal.MakeAsync(seed / 2, seed % 2)));
        await Fuzzing.PlayAsync(80_000, random =>
        {
            var (journal, other) = (random.Pick(journals), random.Pick(journals));

            var damaged = Mutation.Of(journal.Bytes, random, other.Bytes);

            AssertPossible(damaged);
            JournalAssert.OneOf(damaged, damaged.AsSpan().StartsWith(journal.Bytes.AsSpan(0, (int)journal.Claims[0].End.Offset)) ? [journal] : [journal, other]);
        });
    }

    [Fact]
    public Task Lines_that_prove_themselves_and_say_anything_claim_nothing_impossible() => Fuzzing.PlayAsync(50_000, static random =>
    {
        var lines = Enumerable.Range(0, random.Next(8)).Select(_ => random.Pick(Contents)).Select(line => random.Next(3) == 0 ? Mutation.Of(line, random) : line);

        var journal = ForgedJournal.Of(random.Pick(Headers), [.. lines.Select(static line => line.Replace("\n", "", StringComparison.Ordinal))]);

        AssertPossible(random.Next(4) == 0 ? Mutation.Of(journal, random) : journal);
    });

    [Fact]
    public Task Noise_is_no_journal() => Fuzzing.PlayAsync(20_000, static random =>
    {
        var noise = new byte[random.Next(600)];
        random.NextBytes(noise);
        Assert.IsNotType<JournalReading.Held>(JournalFold.Read(noise));
    });

    /// <summary>A whole opening: of the bytes that are taken up each one is as it was received.</summary>
    [Fact]
    public Task What_is_taken_up_is_what_was_received() => Fuzzing.PlayAsync(8_000, 1, static async (_, random) =>
    {
        var bench = new StorageBench { Verification = random.Next(2) == 0 ? PartialVerification.Unflushed : PartialVerification.Full };
        using (var file = await bench.BeginAsync(length: random.Next(2) == 0 ? bench.Content.Length : null))
        {
            for (var at = 0; at < bench.Content.Length; at += 4000)
            {
                await bench.WriteAsync(file, at, at + random.Next(1, 4001));
                if (random.Next(3) == 0)
                {
                    bench.LetFlushBecomeDue();
                }
            }
        }

        var damaged = Mutation.Of(bench.Disk.Bytes(bench.Paths.Journal)!, random);
        bench.Disk.Put(bench.Paths.Journal, damaged);

        await AssertTakesUpOnlyWhatCameAsync(bench);
    });

    private static async Task AssertTakesUpOnlyWhatCameAsync(StorageBench bench)
    {
        try
        {
            using var opened = (await bench.OpenedAsync()).File;
            var bytes = bench.Disk.Bytes(bench.Paths.Partial)!;
            foreach (var range in opened.Checkpoint?.Received.Ranges ?? [])
            {
                Assert.Equal(bench.Content.AsSpan((int)range.Start, (int)range.Length), bytes.AsSpan((int)range.Start, (int)range.Length));
            }
        }
        catch (DownloadException failure)
        {
            Assert.Equal(DownloadFailure.NewerCheckpoint, failure.Failure);
        }
    }

    private static void AssertPossible(byte[] bytes)
    {
        if (JournalFold.Read(bytes) is not JournalReading.Held { Image: var image })
        {
            return;
        }

        Assert.InRange(image.End.Offset, 1, bytes.Length);
        Assert.InRange(image.Flushed.Offset, 1, image.End.Offset);
        Assert.Equal(image.Runs.Sum(static run => (decimal)run.Run.Range.Length), image.Received.Ranges.Sum(static range => (decimal)range.Length));
        Assert.True(image.Length is not { } length || image.Received.End <= length, $"{image.Received.End} of {image.Length}");
        Assert.True(image.Target is null || Path.GetFileName(Path.GetFullPath("/folder/" + image.Target)) == image.Target, image.Target);
        var described = image.Header.Describe(image.Length);
        Assert.True(described.FileName is null || Path.GetFileName(described.FileName) == described.FileName, described.FileName);
        _ = image.TraitsAt(DateTimeOffset.UnixEpoch);
    }
}
