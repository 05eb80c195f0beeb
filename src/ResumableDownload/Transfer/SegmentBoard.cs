using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Storage;

namespace ResumableDownload.Transfer;

/// <summary>Who fetches what. No byte is given to two connections, and none that is missing is forgotten.</summary>
internal sealed class SegmentBoard(PartialFile partial, TimeProvider time)
{
    /// <summary>As long as a body may bring nothing before it counts as stalled.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly List<Segment> _held = [];
    private readonly long _began = time.GetTimestamp();
    private TimeSpan? _firstByte;
    private long _delivered;

    /// <summary>Called now and then while bodies are read: it may be time for another connection.</summary>
    public Action? Beat { get; set; }

    private TimeSpan Now => time.GetElapsedTime(_began);

    /// <summary>Gives an idle connection its next range; <see langword="null"/> when none is worth a request.</summary>
    public Segment? Take(double speed, SetupCost cost)
    {
        lock (_gate)
        {
            return Length is { } length ? Choose(length, speed, cost) : null;
        }
    }

    /// <summary>Gives the only connection the first gap, however long that may turn out to be, or what comes after all that is known.</summary>
    public Segment TakeAll()
    {
        lock (_gate)
        {
            var (start, end) = NextRange.Of(partial.Kept?.Received ?? ByteRangeSet.Empty);
            return Hold(new(start, end ?? long.MaxValue));
        }
    }

    /// <summary>The range as it is asked for: without an end where nothing that is kept, or that another fetches, comes after it.</summary>
    public (long Start, long? End) GapOf(Segment segment) => (segment.Start, segment.End == (Length ?? long.MaxValue) || segment.End == long.MaxValue ? null : segment.End);

    /// <summary>Notes that a body begins; <see langword="false"/> when another one brings its range already.</summary>
    public bool Begin(Segment segment, long start, Action begin)
    {
        lock (_gate)
        {
            if (segment.IsTakenBack && start == segment.Start)
            {
                return false;
            }

            begin();
            return true;
        }
    }

    /// <summary>What a range told of its connection.</summary>
    public ConnectionPast PastOf(Segment segment)
    {
        lock (_gate)
        {
            return new(segment.Speed.At(Now), segment.IsBroughtWhole);
        }
    }

    /// <summary>Gives a range back. What nobody holds is a gap; where a body on the wire comes to it next, that takes it up again.</summary>
    public void Release(Segment segment)
    {
        lock (_gate)
        {
            _held.Remove(segment);
            TakeUp();
        }
    }

    /// <summary>Notes how far a connection has come; returns where it must stop.</summary>
    public long Reach(Segment segment, long position)
    {
        long end;
        lock (_gate)
        {
            var gained = position - segment.Position;
            if (gained > 0)
            {
                Count(segment, gained);
            }

            TakeBack(segment, position);
            LetGo(segment, gained);
            end = segment.End;
            segment.Position = Math.Min(position, end);
            segment.IsDelivering &= position < end;
        }

        Beat?.Invoke();
        return end;
    }

    /// <summary>What the ramp judges by; <see langword="null"/> before the first byte.</summary>
    public RampView? Look(TimeSpan setup, int most)
    {
        lock (_gate)
        {
            return _firstByte is { } first && Length is { } length
                ? new(Now - first, _delivered, Delivering, length - (partial.Checkpoint?.Received.Length ?? 0), setup, most)
                : null;
        }
    }

    /// <summary>How many connections deliver now.</summary>
    public int CountDelivering()
    {
        lock (_gate)
        {
            return Delivering;
        }
    }

    /// <summary>How many connections hold a range, but for one.</summary>
    public int CountOthers(Segment? but)
    {
        lock (_gate)
        {
            return _held.Count(segment => segment != but);
        }
    }

    /// <summary>Begins to measure anew.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            (_firstByte, _delivered) = (null, 0);
        }
    }

    private long? Length => partial.Checkpoint?.Representation.Length;

    private IReadOnlyList<ByteRange> GapsUpTo(long length) => MissingRuns.Of(partial.Checkpoint!.Received, _held.Select(static segment => segment.Held), length);

    private int Delivering => _held.Count(static segment => segment.IsDelivering);

    // Whoever was to bring the later part still waits for an answer, which may never come: a body that delivers is not closed for a promise.
    private void TakeBack(Segment segment, long position)
    {
        while (position >= segment.End && _held.Find(other => other != segment && other.IsAwaited && other.Start == segment.End && segment.BodyEnd >= other.End) is { } later)
        {
            segment.End = later.End;
            later.TakeBack();
        }
    }

    // Also what was given back before: while its neighbour was itself held by one who waited, no body came to it.
    private void TakeUp()
    {
        foreach (var gap in Length is { } length ? GapsUpTo(length) : [])
        {
            if (_held.Find(owner => owner.IsDelivering && owner.End == gap.Start && owner.BodyEnd > gap.Start) is { } neighbour)
            {
                neighbour.End = Math.Min(gap.End, neighbour.BodyEnd);
            }
        }
    }

    // A connection that stalls while others deliver is closed, and asks anew for what it did not bring.
    private void LetGo(Segment segment, long gained)
    {
        if (gained == 0 && segment.IsDelivering && segment.Speed.At(Now) == 0 && _held.Exists(other => other.IsDelivering && other.Speed.At(Now) > 0))
        {
            segment.End = segment.Position;
        }
    }

    private Segment? Choose(long length, double speed, SetupCost cost)
    {
        var received = partial.Checkpoint!.Received;
        var gaps = GapsUpTo(length);
        var (now, setup) = (Now, cost.FirstByte);
        var views = _held.ConvertAll(segment => new SegmentView(
            segment.Left,
            segment.Speed.At(now),
            (segment.IsDelivering || IsOverdue(segment, now, setup)) && IsMissing(received, segment.Left),
            segment.IsDelivering && segment.Speed.IsYoung(now, setup)));
        return SegmentPlanner.Choose(gaps, views, speed, cost) switch
        {
            SegmentChoice.Gap gap => Hold(gap.Range),
            SegmentChoice.LaterPart part => Split(_held[part.Owner], part.At),
            _ => null,
        };
    }

    // Its first byte should have come long ago: that is as good as a stall.
    private static bool IsOverdue(Segment segment, TimeSpan now, TimeSpan setup) => segment.IsAwaited && now - segment.Since > setup + LongestDelay;

    private Segment Split(Segment owner, long at)
    {
        var taken = new ByteRange(at, owner.End);
        if (owner.IsAwaited)
        {
            owner.TakeBack();
        }

        owner.End = at;
        return Hold(taken);
    }

    private Segment Hold(ByteRange range)
    {
        var segment = new Segment(this, range, Now);
        _held.Add(segment);
        return segment;
    }

    private void Count(Segment segment, long gained)
    {
        _firstByte ??= Now;
        _delivered += gained;
        segment.IsDelivering = true;
        segment.Speed.Note(Now, gained);
    }

    private static bool IsMissing(ByteRangeSet received, ByteRange range) => range.IsEmpty || received.RunAt(range.Start, range.End) is (var run, false) && run.End == range.End;
}
