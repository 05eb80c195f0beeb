using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Downloads to one destination, each moment of which is remembered; and what must hold of whatever a power cut leaves at any of them.</summary>
internal sealed class PowerCutStory : IDisposable
{
    public const int Length = 6000;

    public static readonly byte[] Old = [1, 2, 3];
    public static readonly ResourceVersion First = ResourceVersion.Random(Length, 1, "\"v1\"");
    public static readonly ResourceVersion Second = ResourceVersion.Random(Length, 2, "\"v2\"");

    /// <summary>Ten pieces take two and a half seconds, so that a flush comes in between.</summary>
    public static readonly Conduct Slow = new() { Piece = 500, Pause = TimeSpan.FromMilliseconds(250) };

    private readonly List<PowerCutMoment> _moments = [];
    private byte[] _journal = [];
    private byte[] _former = [];
    private (string? Tag, ByteRangeSet Marked) _promised = (null, ByteRangeSet.Empty);
    private DiskCall? _last;

    public PowerCutStory(ExistingDestination existing = ExistingDestination.Replace)
    {
        Bench = new(First) { Existing = existing };
        if (existing == ExistingDestination.Replace)
        {
            Bench.Disk.Put(Bench.Target, Old);
        }
    }

    /// <summary>Goes on from what is left of a moment.</summary>
    public PowerCutStory(PowerCutStory former, PowerCutMoment moment, SimulatedDisk left) =>
        Bench = new(moment.Served, former.Bench.Time, former.Bench.Target) { Disk = left, Existing = former.Bench.Existing };

    public Bench Bench { get; }

    public IReadOnlyList<PowerCutMoment> Moments => _moments;

    /// <summary>What the disk says it did and did not.</summary>
    public Func<PowerCutStory, DiskCall, bool>? Lie { get; init; }

    /// <summary>What is done to each image before it is looked at.</summary>
    public Action<PowerCutMoment, SimulatedDisk>? Edit { get; init; }

    /// <summary>Whether the marks are held against the bytes. The file at the end is always.</summary>
    public bool LooksAtMarks { get; init; } = true;

    /// <summary>Whether only the process was killed: then all that is journaled is safe.</summary>
    public bool IsKill { get; init; }

    /// <summary>How many images were gone on with.</summary>
    public int Images { get; private set; }

    public static Conduct Down => new() { Fails = new HttpRequestException("down") };

    /// <summary>From here on, on this disk, each moment is remembered.</summary>
    public void Watch(SimulatedDisk disk)
    {
        (Bench.Disk, _last) = (disk, null);
        (disk.Before, disk.LiesAbout) = (call => Note(call), Lie is null ? null : call => Lie(this, call));
    }

    /// <summary>The last moment: everything is done.</summary>
    public void End()
    {
        Note(null);
        (Bench.Disk.Before, Bench.Disk.LiesAbout) = (null, null);
    }

    /// <summary>Goes on with what may be left of each moment.</summary>
    public async Task CheckAsync(Func<PowerCutMoment, IEnumerable<SimulatedDisk>> imagesOf)
    {
        foreach (var moment in _moments)
        {
            foreach (var image in imagesOf(moment))
            {
                Images++;
                Edit?.Invoke(moment, image);
                await GoOnAsync(moment, image);
            }
        }
    }

    /// <summary>Goes on with all that a power cut may leave: nothing of what was not synced, all of it, and some of the states in between.</summary>
    public Task CheckAsync(int torn) => CheckAsync(moment => PowerCuts.Of(moment.Disk, torn).Concat(Enumerable.Range(0, torn / 2).Select(seed => moment.Disk.AfterPowerCut(Unsynced.Reordered, seed))));

    public void Dispose() => Bench.Dispose();

    private void Note(DiskCall? next)
    {
        var claims = Bench.Claims();
        var journal = Bench.Disk.Bytes(Bench.Paths.Journal) ?? [];
        if (_last is { Operation: DiskOperation.FlushFolder } || _last?.Is(DiskOperation.Flush, Bench.Paths.Journal) == true)
        {
            _promised = claims is null ? _promised : (claims.Header.Etag, StorageBench.Marked(claims).Aggregate(ByteRangeSet.Empty, static (set, run) => set.Add(run.Run.Range)));
        }

        if (_journal.Length > 0 && JournalFold.Read(_journal) is JournalReading.Held former && claims is not null && former.Image.Header.Generation != claims.Header.Generation)
        {
            _former = _journal;
        }

        _journal = journal;
        _last = next;

        // What was kept of another version than the one that is served is of no use.
        var served = Bench.Server.Version;
        _moments.Add(new(Bench.Disk.AfterKill(), served, _promised.Tag == served.EntityTag ? _promised.Marked : ByteRangeSet.Empty) { Before = next, FormerJournal = _former });
    }

    private async Task GoOnAsync(PowerCutMoment moment, SimulatedDisk image)
    {
        var where = $"Cut off before {moment.Before}";
        using var bench = new Bench(moment.Served, Bench.Time, Bench.Target) { Disk = image };
        var before = image.Bytes(bench.Target);
        var isWhole = before.AsSpan().SequenceEqual(moment.Served.Content);
        Assert.True(isWhole || before is null || before.AsSpan().SequenceEqual(Old), $"{where}: the destination is neither the old file nor the new one");
        if (LooksAtMarks)
        {
            PowerCuts.AssertMarksAreTrue(image, bench.Paths, static claims => claims.Header.Etag == First.EntityTag ? First.Content : Second.Content);
        }

        if (isWhole && !image.FileExists(bench.Paths.Journal))
        {
            // It is finished; and whoever asks for it again wants it again.
            return;
        }

        var safe = IsKill && bench.Claims() is { } claims && claims.Header.Etag == moment.Served.EntityTag ? claims.Received : moment.Promised;
        await bench.RunAsync();

        bench.AssertWhole(moment.Served);
        foreach (var request in bench.Server.Requests)
        {
            var sent = new ByteRange(request.BodyStart, request.BodyStart + request.BodySent);
            Assert.True(sent.IsEmpty || !safe.Overlaps(sent), $"{where}: of {sent} some was safe, and was fetched again");
        }
    }
}
