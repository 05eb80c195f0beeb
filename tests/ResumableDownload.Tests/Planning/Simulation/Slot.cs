using ResumableDownload.Model;
using ResumableDownload.Planning;

namespace ResumableDownload.Tests.Planning.Simulation;

/// <summary>One connection and the range that it holds.</summary>
internal sealed class Slot(Line line)
{
    private double _position;

    public Line Line { get; } = line;

    public SegmentSpeed Speed { get; private set; } = new();

    /// <summary>What was measured over its last range.</summary>
    public double LastSpeed { get; private set; }

    public bool IsIdle { get; private set; } = true;

    public bool IsDelivering { get; private set; }

    /// <summary>Whether its last answer was read to its end, so that the connection serves once more.</summary>
    public bool IsKept { get; private set; }

    public TimeSpan Began { get; private set; }

    public TimeSpan FirstByteAt { get; private set; }

    /// <summary>When the connection, over all its ranges, brought its first byte.</summary>
    public TimeSpan QuickSince { get; private set; }

    public long Asked { get; private set; }

    public ByteRange Left => new(Math.Min((long)_position, End), End);

    private long End { get; set; }

    /// <summary>What the next range would wait.</summary>
    public TimeSpan Setup => IsKept ? Line.FirstByte : Line.Setup;

    public SegmentView View(TimeSpan now) => new(Left, Speed.At(now), Speed.Bytes > 0 || IsOverdue(now), Speed.Bytes > 0 && Speed.IsYoung(now, Line.Setup));

    /// <summary>Whether nothing came for a whole window.</summary>
    public bool IsStalled(TimeSpan now) => !IsIdle && Speed.At(now) == 0 && (Speed.Bytes > 0 || IsOverdue(now));

    private bool IsOverdue(TimeSpan now) => !IsIdle && now - FirstByteAt > TimeSpan.FromSeconds(2);

    public void Take(ByteRange range, TimeSpan now)
    {
        FirstByteAt = now + Setup;
        QuickSince = IsKept ? QuickSince : FirstByteAt;
        (IsIdle, IsDelivering, IsKept, Began, Speed) = (false, false, false, now, new());
        (_position, End, Asked) = (range.Start, range.End, range.End);
    }

    public void EndAt(long end) => End = end;

    public void Begin() => IsDelivering = true;

    /// <summary>What a step brings.</summary>
    public ByteRange Receive(double bytes, TimeSpan now)
    {
        var before = Left.Start;
        _position = Math.Min(_position + bytes, End);
        if (Left.Start > before)
        {
            Speed.Note(now, Left.Start - before);
        }

        return new(before, Left.Start);
    }

    public void Finish(TimeSpan now)
    {
        LastSpeed = Speed.At(now) is > 0 and var speed ? speed : LastSpeed;
        (IsIdle, IsDelivering, IsKept) = (true, false, End == Asked);
    }

    public ByteRange GiveUp()
    {
        (IsIdle, IsDelivering, IsKept) = (true, false, false);
        return Left;
    }

    public double SecondsLeft(double speed) => speed > 0 ? (End - _position) / speed : double.PositiveInfinity;
}
