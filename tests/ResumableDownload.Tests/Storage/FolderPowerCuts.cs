using ResumableDownload.Model;
using ResumableDownload.Naming;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Downloads into a folder, cut off before each of their disk operations: afterwards there is one whole file, and nothing else that was not there before.</summary>
public sealed class FolderPowerCuts
{
    private const int Length = 4000;

    private const string Plain = "/volume/named (v).tar.gz";

    private static readonly byte[] Foreign = [1, 2, 3];
    private static readonly ResourceVersion Version = ResourceVersion.Random(Length, 1, "\"v1\"");

    private readonly List<SimulatedDisk> _moments = [];

    /// <param name="existing">What becomes of a file that has the name.</param>
    /// <param name="taken">How many of the names are taken.</param>
    /// <param name="expected">The name of the file.</param>
    [Theory]
    [InlineData(ExistingDestination.Replace, 0, Plain)]
    [InlineData(ExistingDestination.Replace, 1, Plain)]
    [InlineData(ExistingDestination.Fail, 0, Plain)]
    [InlineData(ExistingDestination.Number, 0, Plain)]
    [InlineData(ExistingDestination.Number, 1, "/volume/named (v) (1).tar.gz")]
    [InlineData(ExistingDestination.Number, 3, "/volume/named (v) (3).tar.gz")]
    public async Task A_power_cut_or_kill_at_any_moment_leaves_one_file_of_the_noted_name(ExistingDestination existing, int taken, string expected)
    {
        using var bench = InFolder(existing);
        for (var number = 0; number < taken; number++)
        {
            bench.Disk.Put(Numbered(number), Foreign);
        }

        await RecordAsync(bench, expected);
        foreach (var (moment, image) in Images())
        {
            await GoOnAsync(bench, moment, image, expected);
        }
    }

    /// <summary>The second cut finds what the first recovery was doing.</summary>
    [Theory]
    [InlineData(ExistingDestination.Fail)]
    [InlineData(ExistingDestination.Number)]
    public async Task A_second_power_cut_while_going_on_is_no_worse(ExistingDestination existing)
    {
        using var bench = InFolder(existing);
        await RecordAsync(bench, Plain);
        var random = new Random(5);
        foreach (var moment in _moments[^16..])
        {
            var image = moment.AfterPowerCut(Unsynced.Torn, random.Next());
            if (IsFinished(bench, image, Plain))
            {
                continue;
            }

            List<SimulatedDisk> next = [];
            using var second = Next(bench, image);
            image.Before = _ => next.Add(image.AfterKill());
            await second.RunAsync();
            foreach (var (one, left) in next.SelectMany(static one => PowerCuts.Of(one, torn: 3).Prepend(one.AfterKill()).Select(left => (one, left))))
            {
                await GoOnAsync(bench, one, left, Plain);
            }
        }
    }

    /// <summary>A run noted a name, sealed its journal and got no further; when the next one commits, somebody else has that name.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 0)]
    public async Task A_name_that_an_earlier_run_noted_and_never_got_is_of_no_account(int noted, int free)
    {
        using var bench = InFolder(ExistingDestination.Number);
        for (var number = 0; number < noted; number++)
        {
            bench.Disk.Put(Numbered(number), Foreign);
        }

        bench.Disk.Before = call => _ = call.Is(DiskOperation.Rename, Numbered(noted)) ? throw DiskError.Broken() : 0;
        await bench.FailAsync();
        bench.Disk.Before = null;
        Assert.Equal(noted == 0 ? "named (v).tar.gz" : "named (v) (1).tar.gz", bench.Claims()?.Target);
        for (var number = 0; number < 2; number++)
        {
            bench.Disk.Delete(Numbered(number));
            if (number != free && number <= Math.Max(noted, free))
            {
                bench.Disk.Put(Numbered(number), Foreign);
            }
        }

        bench.Disk.FlushFolder("/volume");
        await RecordAsync(bench, Numbered(free));
        foreach (var (moment, image) in Images())
        {
            await GoOnAsync(bench, moment, image, Numbered(free));
        }
    }

    private static string Numbered(int number) => "/volume/" + NumberedName.Of(Path.GetFileName(Plain), number);

    private static Bench InFolder(ExistingDestination existing)
    {
        var bench = new Bench(Version) { Paths = SidecarPaths.InFolder("/volume", "file.bin", Bench.NewTarget()), Existing = existing };
        bench.Server.Otherwise = Conduct;
        return bench;
    }

    // Slow enough for a background flush in between.
    private static Conduct Conduct => new()
    {
        Piece = 500,
        Pause = TimeSpan.FromMilliseconds(300),
        Headers = [("Content-Disposition", "attachment; filename=\"named (v).tar.gz\"")],
    };

    private static Bench Next(Bench bench, SimulatedDisk image)
    {
        var next = new Bench(Version, bench.Time) { Paths = bench.Paths, Disk = image, Existing = bench.Existing };
        next.Server.Otherwise = Conduct;
        return next;
    }

    private async Task RecordAsync(Bench bench, string expected)
    {
        bench.Disk.Before = _ => _moments.Add(bench.Disk.AfterKill());
        var result = await bench.RunAsync();
        bench.Disk.Before = null;
        _moments.Add(bench.Disk.AfterKill());
        Assert.Equal(expected, result.Path);
        Assert.InRange(_moments.Count, 6, 100);
    }

    private IEnumerable<(SimulatedDisk Moment, SimulatedDisk Image)> Images() =>
        _moments.SelectMany(static moment => PowerCuts.Of(moment, torn: 8).Prepend(moment.AfterKill()).Select(image => (moment, image)));

    private static bool IsFinished(Bench bench, SimulatedDisk image, string expected) =>
        !image.FileExists(bench.Paths.Journal) && image.Bytes(expected) is { } there && there.AsSpan().SequenceEqual(Version.Content);

    private static async Task GoOnAsync(Bench bench, SimulatedDisk moment, SimulatedDisk image, string expected)
    {
        // What was there from others is there in each image, and under the name is nothing or the old file or the whole.
        var others = moment.Names.Where(path => moment.Bytes(path).AsSpan().SequenceEqual(Foreign)).ToArray();
        Assert.All(others.Where(path => path != expected), path => Assert.Equal(Foreign, image.Bytes(path)));
        Assert.True(image.Bytes(expected) is not { } there || there.AsSpan().SequenceEqual(Foreign) || there.AsSpan().SequenceEqual(Version.Content));
        PowerCuts.AssertMarksAreTrue(image, bench.Paths, Version.Content);
        var isSealed = PowerCuts.ClaimsOf(image, bench.Paths) is { IsWhole: true } claims && StorageBench.Marked(claims).Count() == claims.Runs.Count;
        if (!IsFinished(bench, image, expected))
        {
            using var next = Next(bench, image);
            var result = await next.RunAsync();
            Assert.Equal(expected, result.Path);
            Assert.True(!isSealed || result.Fetched == 0, "What was marked was fetched again");
        }

        Assert.Equal(others.Append(expected).Distinct().Order(StringComparer.Ordinal), image.Names);
        Assert.Equal(Version.Content, image.Bytes(expected));
        Assert.All(others.Where(path => path != expected), path => Assert.Equal(Foreign, image.Bytes(path)));
        Assert.Equal(0, image.OpenFiles);
    }
}
