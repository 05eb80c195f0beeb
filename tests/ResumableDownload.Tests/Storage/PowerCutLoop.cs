using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A short download with everything in it, cut off before each of its disk operations, and gone on with from whatever that may leave.</summary>
public sealed class PowerCutLoop
{
    private const int Length = 6000;

    private static readonly byte[] Old = [1, 2, 3];
    private static readonly ResourceVersion First = ResourceVersion.Random(Length, 1, "\"v1\"");
    private static readonly ResourceVersion Second = ResourceVersion.Random(Length, 2, "\"v2\"");

    /// <summary>Ten pieces take two and a half seconds, so that a flush comes in between.</summary>
    private static readonly Conduct Slow = new() { Piece = 500, Pause = TimeSpan.FromMilliseconds(250) };

    private readonly List<Moment> _moments = [];

    /// <param name="unsynced">What happens to what was not synced.</param>
    /// <param name="seeds">How many ways of tearing are tried at each moment.</param>
    [Theory]
    [InlineData(nameof(Unsynced.Kept), 1)]
    [InlineData(nameof(Unsynced.Dropped), 1)]
    [InlineData(nameof(Unsynced.Torn), 12)]
    public async Task A_power_cut_at_any_moment_costs_no_marked_byte_and_never_a_wrong_file(string unsynced, int seeds)
    {
        await RecordAsync();
        var fate = Enum.Parse<Unsynced>(unsynced);
        foreach (var moment in _moments)
        {
            for (var seed = 0; seed < seeds; seed++)
            {
                await GoOnAsync(moment, moment.Disk.AfterPowerCut(fate, seed), StorageBench.Marked);
            }
        }
    }

    [Fact]
    public async Task A_kill_at_any_moment_costs_no_journaled_byte_and_never_a_wrong_file()
    {
        await RecordAsync();
        foreach (var moment in _moments)
        {
            await GoOnAsync(moment, moment.Disk.AfterKill(), static claims => claims.Runs);
        }
    }

    /// <summary>The second cut finds what the first recovery was doing.</summary>
    [Fact]
    public async Task A_power_cut_while_going_on_after_a_power_cut_is_no_worse()
    {
        await RecordAsync();
        var random = new Random(17);
        foreach (var moment in _moments.Where(static (_, number) => number % 3 == 0))
        {
            List<Moment> next = [];
            using var bench = BenchOn(moment, moment.Disk.AfterPowerCut(Unsynced.Torn, random.Next()));
            bench.Disk.Before = _ => next.Add(moment with { Disk = bench.Disk.AfterKill() });
            await bench.RunAsync();
            bench.Disk.Before = null;
            foreach (var second in next)
            {
                await GoOnAsync(second, second.Disk.AfterPowerCut(Unsynced.Torn, random.Next()), StorageBench.Marked);
            }
        }
    }

    /// <summary>A run that is cut by the server; a second one that finds another version half way; a third that goes on and commits.</summary>
    private async Task RecordAsync()
    {
        using var bench = new Bench(First);
        bench.Disk.Put(bench.Target, Old);
        Record(bench);
        bench.Settings = bench.Settings with { Retry = bench.Settings.Retry with { MostFruitless = 1 } };
        bench.Server.Then(Slow with { CutAfter = 5000 }, Down);
        await bench.FailAsync();
        bench.Server.Version = Second;
        bench.Server.Then(Slow with { CutAfter = 5500 }, Down);
        await bench.FailAsync();
        bench.Server.Otherwise = Slow;
        await bench.RunAsync();
        bench.AssertWhole(Second);
        _moments.Add(new(bench.Disk.AfterKill(), Second, bench.Time, bench.Target));
        Assert.InRange(_moments.Count, 60, 300);
    }

    private static Conduct Down => new() { Fails = new HttpRequestException("down") };

    private void Record(Bench bench) => bench.Disk.Before = _ => _moments.Add(new(bench.Disk.AfterKill(), bench.Server.Version, bench.Time, bench.Target));

    private static Bench BenchOn(Moment moment, SimulatedDisk image) => new(moment.Served, moment.Time, moment.Target) { Disk = image };

    private static async Task GoOnAsync(Moment moment, SimulatedDisk image, Func<JournalImage, IEnumerable<JournaledRun>> safe)
    {
        using var bench = BenchOn(moment, image);
        var before = image.Bytes(bench.Target);
        Assert.True(Is(before, Old) || Is(before, moment.Served.Content), "The destination is neither the old file nor the new one");
        PowerCuts.AssertMarksAreTrue(image, bench.Paths, ContentOf);
        var kept = RangesOf(bench, moment.Served, safe);

        var result = await bench.RunAsync();

        bench.AssertWhole(moment.Served);
        var fetchedAgain = bench.Server.Requests.Sum(request => Overlap(request, kept));
        Assert.True(fetchedAgain == 0, $"{fetchedAgain} safe bytes were fetched again");
        Assert.Equal(Length, result.Received + result.ResumedFrom);
    }

    private static byte[] ContentOf(JournalImage claims) => claims.Header.Etag == First.EntityTag ? First.Content : Second.Content;

    /// <summary>The claims that cannot have been lost, if they are of the version that is served now.</summary>
    private static ByteRange[] RangesOf(Bench bench, ResourceVersion served, Func<JournalImage, IEnumerable<JournaledRun>> safe) =>
        bench.Claims() is { } claims && claims.Header.Etag == served.EntityTag ? [.. safe(claims).Select(static run => run.Run.Range)] : [];

    private static long Overlap(SentRequest request, ByteRange[] kept) =>
        kept.Sum(range => Math.Max(0, Math.Min(range.End, request.BodyStart + request.BodySent) - Math.Max(range.Start, request.BodyStart)));

    private static bool Is(byte[]? bytes, byte[] expected) => bytes is not null && bytes.AsSpan().SequenceEqual(expected);

    private sealed record Moment(SimulatedDisk Disk, ResourceVersion Served, FakeTimeProvider Time, string Target);
}
