using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>What a disk may do to one run.</summary>
internal enum DiskMood
{
    Well,
    Slow,
    Full,
    Small,
    Broken,
    NoFlush,
    NoRead,
    Forbidden,
    Locked,
}

/// <summary>The disk of one run, and the moment at which the process is killed or loses its power.</summary>
internal sealed class WorldDisk : IDisposable
{
    private readonly Random _random;
    private readonly SimulatedDisk _disk;
    private readonly FakeTimeProvider _time;
    private readonly WorldStory _story;
    private readonly int _from;
    private readonly int _to;
    private readonly DiskFile? _lock;
    private int _operations;

    public WorldDisk(Draw draw, int run, Bench bench, bool isGood, WorldStory story)
    {
        (_random, _disk, _time, _story) = (draw.For("disk", run), bench.Disk, bench.Time, story);
        Mood = !isGood && _random.Chance(0.25) ? _random.Pick<DiskMood>(Enum.GetValues<DiskMood>()) : DiskMood.Well;
        _from = _random.Next(40);
        _to = _from + _random.Pick(1, 2, 10, int.MaxValue / 2);
        _disk.Free = Mood == DiskMood.Small ? _random.Next(300_000) : null;
        _disk.FlushGate = Mood == DiskMood.Slow ? WaitAsync : null;
        _disk.Before = Meet;
        _disk.BeforeRead = MeetReading;
        _lock = Mood == DiskMood.Locked ? _disk.OpenLocked(bench.Paths.Partial) : null;
        Seen = Mood switch
        {
            DiskMood.Small => Trouble.DiskFull,
            DiskMood.Locked => Trouble.DiskLocked,
            _ => Trouble.None,
        };
    }

    public DiskMood Mood { get; }

    /// <summary>What befell the run.</summary>
    public Trouble Seen { get; private set; }

    public bool HasFailedFlush { get; private set; }

    /// <summary>Whether an fsync failed, and what would have voided its bytes failed as well.</summary>
    public bool HasFailedTwice { get; private set; }

    /// <summary>Before which operation something is to happen, and what.</summary>
    public (int Operation, Action Act)? At { get; init; }

    public void Dispose()
    {
        (_disk.Before, _disk.BeforeRead, _disk.FlushGate, _disk.Free) = (null, null, null, null);
        _lock?.Dispose();
    }

    private void Meet(DiskCall call)
    {
        var number = _operations++;
        _story.Add(() => $"    {number}: {call.Operation} {Path.GetFileName(call.Path)}");
        if (number == At?.Operation)
        {
            At.Value.Act();
        }

        if (number >= _from && number < _to && FaultOf(call) is { } fault)
        {
            _story.Add(() => $"        {fault.Message}");
            HasFailedTwice |= HasFailedFlush;
            HasFailedFlush |= call.Operation == DiskOperation.Flush;
            throw fault;
        }
    }

    private Exception? FaultOf(DiskCall call) => Mood switch
    {
        DiskMood.Full when call.Operation is DiskOperation.Create or DiskOperation.Write => Saw(Trouble.DiskFull, DiskError.Full(_random.Next(40))),
        DiskMood.Broken => Saw(Trouble.DiskBroken, DiskError.Broken()),
        DiskMood.NoFlush when call.Operation is DiskOperation.Flush or DiskOperation.FlushFolder => Saw(Trouble.DiskBroken, DiskError.Broken()),
        DiskMood.Forbidden => Saw(Trouble.DiskForbidden, new UnauthorizedAccessException("Access to the path is denied.")),
        _ => null,
    };

    private void MeetReading(string path)
    {
        if (Mood == DiskMood.NoRead && _operations >= _from && _operations < _to)
        {
            Seen |= Trouble.DiskBroken;
            throw DiskError.Broken();
        }
    }

    private Exception Saw(Trouble trouble, Exception fault)
    {
        Seen |= trouble;
        return fault;
    }

    private Task WaitAsync(DiskCall call) => Task.Delay(_random.Seconds(6), _time);
}
