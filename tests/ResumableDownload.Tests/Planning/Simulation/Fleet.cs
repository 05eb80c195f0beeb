using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>How an idle connection chooses.</summary>
internal delegate SegmentChoice? Rule(IReadOnlyList<ByteRange> gaps, IReadOnlyList<SegmentView> segments, double speed, SetupCost cost);

/// <summary>What a run cost.</summary>
/// <param name="Time">From the first byte to the last.</param>
internal readonly record struct Outcome(TimeSpan Time, long Dropped, int Requests);

/// <summary>Many connections that fetch one file, as a fluid: bytes come at the speed of the moment, in steps to the next event.</summary>
internal sealed class Fleet
{
    /// <summary>The longest step: a read brings what came meanwhile.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private const long SocketBuffer = 64 << 10;

    private readonly World _world;
    private readonly Rule _rule;
    private readonly Random _random;
    private readonly Slot[] _slots;
    private readonly List<ByteRange> _gaps = [];
    private readonly List<SegmentView> _views = [];
    private readonly List<Slot> _owners = [];
    private ByteRangeSet _received = ByteRangeSet.Empty;
    private TimeSpan _now;
    private long _dropped;
    private long _delivered;
    private int _requests;
    private int _most;

    public Fleet(World world, Rule rule, int seed)
    {
        (_world, _rule, _random) = (world, rule, new Random(seed));
        _slots = [.. world.Lines.Select(static line => new Slot(line))];
        _most = _slots.Length;
    }

    /// <summary>Sees every moment of the run.</summary>
    public Action<Fleet>? Watch { get; init; }

    /// <summary>Sees every choice of the run, with what is left of the owner's range.</summary>
    public Action<SegmentChoice, ByteRange?>? WatchChoice { get; init; }

    /// <summary>How many connections are wanted; all that the server accepts when it is not given.</summary>
    public Ramp? Ramp { get; private set; }

    public ByteRangeSet Received => _received;

    public IReadOnlyList<ByteRange> Gaps => _gaps;

    public IEnumerable<ByteRange> Held => _slots.Where(static slot => !slot.IsIdle).Select(static slot => slot.Left);

    public static Outcome Run(World world, Rule rule, int seed) => new Fleet(world, rule, seed).Run();

    public static Outcome RunWithRamp(World world, Rule rule, int seed) => new Fleet(world, rule, seed) { Ramp = Ramp.Begin }.Run();

    public Outcome Run()
    {
        Take(_slots[0], new ByteRange(0, _world.Total));
        _now = _slots[0].FirstByteAt;
        var begin = _now;
        while (_delivered < _world.Total)
        {
            Arrive();
            Plan(begin);
            Watch?.Invoke(this);
            Deliver();
            Assert.True(_now < TimeSpan.FromHours(1), "It never ends.");
        }

        return new(_now - begin, _dropped, _requests);
    }

    private void Take(Slot slot, ByteRange range)
    {
        _requests++;
        slot.Take(range, _now);
    }

    private void Arrive()
    {
        for (var index = 0; index < _slots.Length; index++)
        {
            var slot = _slots[index];
            if (!slot.IsIdle && !slot.IsDelivering && slot.FirstByteAt <= _now)
            {
                if (index < _world.Accepted)
                {
                    slot.Begin();
                }
                else
                {
                    GiveUp(slot);
                    _most = _world.Accepted;
                }
            }
        }
    }

    private void GiveUp(Slot slot)
    {
        _gaps.Add(slot.GiveUp());
        _gaps.Sort(static (one, other) => one.Start.CompareTo(other.Start));
    }

    // A stalled connection counts for nothing, so that a fresh one may take its place; unless the whole network is silent.
    private void Replace()
    {
        if (_slots.Any(slot => slot.Speed.At(_now) > 0))
        {
            foreach (var slot in _slots.Where(slot => slot.IsStalled(_now)))
            {
                GiveUp(slot);
            }
        }
    }

    private void Plan(TimeSpan begin)
    {
        Replace();
        var most = Math.Min(_most, _slots.Length);
        var setup = _slots[0].Line.Setup;
        Ramp = Ramp?.Next(new(_now - begin, _delivered, _slots.Count(static slot => slot.IsDelivering), _world.Total - _delivered, setup, most));
        var wanted = Ramp?.Wanted ?? most;
        foreach (var slot in _slots.Take(most))
        {
            if (slot.IsIdle && _slots.Count(static other => !other.IsIdle) < wanted)
            {
                Choose(slot, slot.IsKept ? new(slot.Setup) : new(setup, slot.Line.RoundTrip));
            }
        }
    }

    private void Choose(Slot slot, SetupCost cost)
    {
        _owners.Clear();
        _views.Clear();
        _owners.AddRange(_slots.Where(static other => !other.IsIdle));
        _views.AddRange(_owners.Select(owner => owner.View(_now)));
        var choice = _rule(_gaps, _views, slot.LastSpeed, cost);
        switch (choice)
        {
            case SegmentChoice.Gap gap:
                WatchChoice?.Invoke(gap, null);
                Assert.True(_gaps.Remove(gap.Range));
                Take(slot, gap.Range);
                break;
            case SegmentChoice.LaterPart part:
                WatchChoice?.Invoke(part, _views[part.Owner].Left);
                Take(slot, new ByteRange(part.At, _owners[part.Owner].Left.End));
                _owners[part.Owner].EndAt(part.At);
                Close(_owners[part.Owner], speed: 0);
                break;
        }
    }

    private void Deliver()
    {
        var speeds = _slots.Select(Speed).ToArray();
        var scale = Math.Min(1, _world.Capacity / Math.Max(1, speeds.Sum()));
        var step = Beat.TotalSeconds;
        for (var index = 0; index < _slots.Length; index++)
        {
            speeds[index] *= scale;
            var slot = _slots[index];
            step = slot.IsDelivering ? Math.Min(step, slot.SecondsLeft(speeds[index])) : step;
            step = !slot.IsDelivering && !slot.IsIdle ? Math.Min(step, (slot.FirstByteAt - _now).TotalSeconds) : step;
        }

        _now += TimeSpan.FromSeconds(step) + TimeSpan.FromTicks(10);
        for (var index = 0; index < _slots.Length; index++)
        {
            Receive(_slots[index], speeds[index], step + 1e-6);
        }
    }

    private void Receive(Slot slot, double speed, double step)
    {
        if (slot.IsDelivering)
        {
            var came = slot.Receive(speed * step, _now);
            _received = _received.Add(came);
            _delivered += came.Length;
            Close(slot, speed);
        }
    }

    // An owner closes at its shortened end: what is on the way to it, and in its buffer, is lost.
    private void Close(Slot slot, double speed)
    {
        if (slot.IsDelivering && slot.Left.IsEmpty)
        {
            var inFlight = (long)(slot.Line.RoundTrip.TotalSeconds * speed) + SocketBuffer;
            _dropped += Math.Min(inFlight, slot.Asked - slot.Left.End);
            slot.Finish(_now);
        }
    }

    private double Speed(Slot slot)
    {
        if (!slot.IsDelivering || (slot.Line.Death is { } death && slot.Began <= death && _now >= death))
        {
            return 0;
        }

        var speed = slot.Line.SpeedAt(_now) * (1 + (_world.Jitter * ((2 * _random.NextDouble()) - 1)));
        return _world.StartsSlowly ? Math.Min(speed, slot.Line.SlowStart((_now - slot.QuickSince).TotalSeconds)) : speed;
    }
}
