using ResumableDownload.Planning;

namespace ResumableDownload.Transfer;

/// <summary>How many connections are worth having just now, by what is measured.</summary>
/// <remarks>The set-up may be noted by any thread; the ramp is one thread's at a time.</remarks>
internal sealed class CrewSize(SegmentBoard board, TimeProvider time)
{
    /// <summary>How often it is looked whether another connection pays.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private Ramp _ramp = Ramp.Begin;
    private long _setup;
    private long _roundTrip = long.MaxValue;
    private long _looked = long.MinValue;

    /// <summary>Connection set-up and time to first byte.</summary>
    public TimeSpan Setup => new(Interlocked.Read(ref _setup));

    /// <summary>Whether it is time to look. Any thread may ask.</summary>
    public bool IsDue => Interlocked.Read(ref _looked) is var looked && (looked == long.MinValue || time.GetElapsedTime(looked) >= Interval);

    /// <summary>What the next range of a connection costs.</summary>
    public SetupCost CostOf(ConnectionPast past) => new(Setup, past.IsWarm || _roundTrip == long.MaxValue ? TimeSpan.Zero : new(Interlocked.Read(ref _roundTrip)));

    /// <param name="measured">From before the request to the head of the answer.</param>
    /// <param name="isWarm">Whether the connection was open already; otherwise there were two round trips at least.</param>
    public void NoteSetup(TimeSpan measured, bool isWarm)
    {
        Interlocked.Exchange(ref _setup, (Setup == TimeSpan.Zero ? measured : (Setup + measured) / 2).Ticks);
        Interlocked.Exchange(ref _roundTrip, Math.Min(_roundTrip, measured.Ticks / (isWarm ? 1 : 2)));
    }

    /// <summary>How many there should be.</summary>
    /// <param name="most">How many the settings and the server allow.</param>
    public int Wanted(int most)
    {
        if (IsDue)
        {
            Interlocked.Exchange(ref _looked, time.GetTimestamp());
            _ramp = board.Look(Setup, most) is { } view ? _ramp.Next(view) : _ramp;
        }

        // Somebody may just have been refused.
        return Math.Min(_ramp.Wanted, most);
    }

    /// <summary>Begins anew with one.</summary>
    public void Restart()
    {
        _ramp = Ramp.Begin;
        board.Restart();
    }
}
