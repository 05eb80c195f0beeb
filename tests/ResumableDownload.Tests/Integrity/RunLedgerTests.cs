using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Integrity;

public sealed class RunLedgerTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public void Runs_in_any_order_keep_their_sums() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var file = new byte[random.Next(1, 2000)];
        random.NextBytes(file);
        var runs = Cut(file, random).Where(_ => random.Next(8) > 0).ToArray();
        random.Shuffle(runs);
        var ledger = new RunLedger(SumKind.Crc32C);
        foreach (var run in runs)
        {
            ledger.Add(run);
        }

        AssertTrue(ledger, file, runs);
    });

    // One connection: what comes in order is one line of the checkpoint, not a thousand.
    [Fact]
    public void Neighbours_in_order_become_one_run()
    {
        var file = Enumerable.Range(0, 1000).Select(static value => (byte)value).ToArray();
        var ledger = new RunLedger(SumKind.Crc32C);
        foreach (var run in Cut(file, new Random(7)))
        {
            ledger.Add(run);
        }

        Assert.Equal(new SummedRun(new ByteRange(0, 1000), Crc32C.Of(file)), Assert.Single(ledger.Runs));
    }

    // One bad byte costs one run.
    [Fact]
    public void No_run_grows_beyond_64_MiB()
    {
        var ledger = new RunLedger(SumKind.Crc32C);
        for (var at = 0L; at < 200; at++)
        {
            ledger.Add(new SummedRun(new ByteRange(at * MiB, (at + 1) * MiB), (uint)at));
        }

        Assert.Equal([64 * MiB, 64 * MiB, 64 * MiB, 8 * MiB], ledger.Runs.Select(static run => run.Range.Length));
    }

    [Theory]
    [InlineData("crc32c")]
    [InlineData("crc64")]
    public void The_sum_of_the_whole_needs_every_byte_of_it_and_no_other(string name) => Law.Holds(Law.Seed, seed =>
    {
        var (random, kind) = (new Random(seed), SumKind.Named(name)!);
        var file = new byte[random.Next(1, 2000)];
        random.NextBytes(file);
        var runs = Cut(file, random).Select(run => run with { Sum = kind.Append(0, file.AsSpan((int)run.Range.Start, (int)run.Range.Length)) }).ToArray();
        random.Shuffle(runs);
        var ledger = new RunLedger(kind);
        foreach (var run in runs)
        {
            Assert.Null(ledger.SumOfAll(file.Length));
            ledger.Add(run);
        }

        Assert.Equal(kind.Append(0, file), ledger.SumOfAll(file.Length));
        Assert.Null(ledger.SumOfAll(file.Length - 1));
        Assert.Null(ledger.SumOfAll(file.Length + 1));
    }, count: 200);

    [Fact]
    public void The_sum_of_an_empty_file_is_zero()
    {
        Assert.Equal(0UL, new RunLedger(SumKind.Crc64).SumOfAll(0));
        Assert.Null(new RunLedger(SumKind.Crc64).SumOfAll(1));
    }

    private static void AssertTrue(RunLedger ledger, byte[] file, SummedRun[] added)
    {
        var all = added.Aggregate(ByteRangeSet.Empty, static (set, run) => set.Add(run.Range));
        Assert.Equal(all.Ranges.AsEnumerable(), ledger.Runs.Aggregate(ByteRangeSet.Empty, static (set, run) => set.Add(run.Range)).Ranges);
        Assert.Equal(all.Length, ledger.Runs.Sum(static run => run.Range.Length));
        Assert.Equal(ledger.Runs.OrderBy(static run => run.Range.Start), ledger.Runs);
        Assert.All(ledger.Runs, run => Assert.Equal(Crc32C.Of(file.AsSpan((int)run.Range.Start, (int)run.Range.Length)), run.Sum));
    }

    private static IEnumerable<SummedRun> Cut(byte[] file, Random random)
    {
        for (var at = 0; at < file.Length;)
        {
            var end = Math.Min(file.Length, at + random.Next(1, 100));
            yield return new SummedRun(new ByteRange(at, end), Crc32C.Of(file.AsSpan(at, end - at)));
            at = end;
        }
    }
}
