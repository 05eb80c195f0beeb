using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Transfer;

/// <summary>A range given to one connection. Its end may come nearer while it is fetched: another connection has taken the later part.</summary>
internal sealed class Segment(SegmentBoard board, ByteRange range, TimeSpan since)
{
    private long _end = range.End;

    public long Start { get; private set; } = range.Start;

    /// <summary>Where it ends now.</summary>
    public long End
    {
        get => Interlocked.Read(ref _end);
        set => Interlocked.Exchange(ref _end, value);
    }

    /// <summary>The next byte that is awaited.</summary>
    public long Position { get; set; } = range.Start;

    /// <summary>Where the body on the wire ends: so far the end may go back if nobody came for the later part.</summary>
    public long BodyEnd { get; private set; } = range.Start;

    /// <summary>Whether its body has brought a byte, and may bring more.</summary>
    public bool IsDelivering { get; set; }

    /// <summary>Whether its body was read to the end.</summary>
    public bool IsBroughtWhole => Position == BodyEnd && BodyEnd > Start;

    /// <summary>Stops its connection; what came is written.</summary>
    public CancellationToken Stop { get; set; }

    /// <summary>How fast it comes.</summary>
    public SegmentSpeed Speed { get; } = new();

    /// <summary>Since when it is held.</summary>
    public TimeSpan Since => since;

    public ByteRange Held => new(Start, Math.Max(Start, End));

    public ByteRange Left => new(Math.Min(Position, End), End);

    /// <summary>Whether the body before it brings its range after all, because its own was awaited in vain.</summary>
    public bool IsTakenBack { get; private set; }

    /// <summary>Whether its body has not begun.</summary>
    public bool IsAwaited => BodyEnd == Start && !IsTakenBack;

    /// <summary>Its body begins, and is as long as its answer says: perhaps shorter than what was asked for, or all there is.</summary>
    /// <returns>Whether it is wanted still.</returns>
    public bool Begin(long start, long end) => board.Begin(this, start, () => (Start, Position, BodyEnd, End) = (start, start, end, end));

    /// <summary>Nothing of it is left to bring.</summary>
    public void TakeBack() => (IsTakenBack, End) = (true, Start);

    /// <summary>Notes how far its connection has come.</summary>
    /// <returns>Where it must stop.</returns>
    public long Reach(long position) => board.Reach(this, position);
}
