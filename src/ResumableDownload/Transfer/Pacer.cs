using ResumableDownload.Planning;

namespace ResumableDownload.Transfer;

/// <summary>Gives the bytes that a limit allows to those who wait for them, one after the other.</summary>
/// <remarks>
/// A read is counted when it is allowed, and what it did not bring is given back. So however many begin at once, they do not all read at once.
/// Nobody is woken while the gate is held.
/// </remarks>
internal sealed class Pacer
{
    /// <summary>Timers know no less; what is late is made up for.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly List<PaceShare> _waiting = [];
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private PaceSchedule _schedule;
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private long _common;
    private int _readers;

    public Pacer(TimeProvider time, long bytesPerSecond)
    {
        (_time, _origin) = (time, time.GetTimestamp());
        _schedule = new(bytesPerSecond, TimeSpan.Zero, 0);
        _timer = time.CreateTimer(static self => ((Pacer)self!).WakeWhoIsDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long BytesPerSecond
    {
        get
        {
            lock (_gate)
            {
                return _schedule.BytesPerSecond;
            }
        }

        set
        {
            lock (_gate)
            {
                _schedule = Current().AtRate(value);
                _waiting.ForEach(Seat);
                Arm();
            }
        }
    }

    public void Enter(PaceShare share)
    {
        lock (_gate)
        {
            share.Turn = new(_common);
            _readers++;
        }
    }

    public void Leave(PaceShare share)
    {
        lock (_gate)
        {
            _waiting.Remove(share);
            _readers--;
            Settle(share, 0);
        }
    }

    /// <summary>Counts what a reader did with what it was given.</summary>
    public void Pay(PaceShare share, int bytes)
    {
        lock (_gate)
        {
            Settle(share, bytes);
        }
    }

    /// <summary>Gives bytes at once if nobody else wants them; otherwise the share will be woken when it is given some, or when its patience ends.</summary>
    public bool Ask(PaceShare share, TimeSpan? patience)
    {
        lock (_gate)
        {
            if (share.Given == 0)
            {
                _schedule = Current();
                Seat(share);
                if (_waiting.Count > 0 || _schedule.Wait > TimeSpan.Zero)
                {
                    share.Until = _schedule.Now + patience ?? TimeSpan.MaxValue;
                    _waiting.Add(share);
                    Arm();
                    return false;
                }

                Give(share);
            }

            return true;
        }
    }

    /// <summary>Ends a wait; <see langword="false"/> when there is none, or when it is ended already.</summary>
    public bool Withdraw(PaceShare share)
    {
        lock (_gate)
        {
            var waited = _waiting.Remove(share);
            Arm();
            return waited;
        }
    }

    private void WakeWhoIsDue()
    {
        lock (_gate)
        {
            _armedFor = TimeSpan.MaxValue;
        }

        while (Next() is { } share)
        {
            share.Wake();
        }
    }

    // The timer is set before the one is woken: should it keep this thread for long, another goes on with the rest.
    private PaceShare? Next()
    {
        lock (_gate)
        {
            _schedule = Current();
            var next = _schedule.Wait > TimeSpan.Zero ? FirstImpatient() : FirstInTurn();
            if (next is not null)
            {
                _waiting.Remove(next);
                if (_schedule.Wait == TimeSpan.Zero)
                {
                    Give(next);
                }
            }

            Arm();
            return next;
        }
    }

    private PaceShare? FirstInTurn()
    {
        PaceShare? first = null;
        foreach (var share in _waiting)
        {
            first = first is null || share.Turn.Place < first.Turn.Place ? share : first;
        }

        return first;
    }

    private PaceShare? FirstImpatient()
    {
        PaceShare? first = null;
        foreach (var share in _waiting)
        {
            first = share.Until < (first?.Until ?? TimeSpan.MaxValue) ? share : first;
        }

        return first?.Until <= _schedule.Now ? first : null;
    }

    private PaceSchedule Current() => _schedule.At(_time.GetElapsedTime(_origin));

    private void Seat(PaceShare share) => share.Turn = share.Turn.Near(_common, PaceSchedule.Reach(_schedule.BytesPerSecond, _readers));

    private void Give(PaceShare share)
    {
        share.Given = PaceSchedule.ReadSize(_schedule.BytesPerSecond, _readers);
        _common = Math.Max(_common, share.Turn.Place);
        Correct(share, share.Given);
    }

    private void Settle(PaceShare share, int bytes)
    {
        _schedule = Current();
        Correct(share, bytes - share.Given);
        share.Given = 0;
        Arm();
    }

    private void Correct(PaceShare share, int bytes)
    {
        _schedule = _schedule.Plus(bytes);
        share.Turn = share.Turn.Plus(bytes);
    }

    private void Arm()
    {
        var at = TimeSpan.MaxValue;
        foreach (var share in _waiting)
        {
            at = share.Until < at ? share.Until : at;
        }

        if (_waiting.Count > 0)
        {
            var open = _schedule.Now + _schedule.Wait;
            at = open < at ? open : at;
        }

        // A timer that fires too early sets itself anew; but one that nobody waits for is stopped.
        if (at < _armedFor || (_waiting.Count == 0 && _armedFor < TimeSpan.MaxValue))
        {
            _armedFor = at;
            _timer.Change(_waiting.Count == 0 ? Timeout.InfiniteTimeSpan : Rounded(at - _time.GetElapsedTime(_origin)), Timeout.InfiniteTimeSpan);
        }
    }

    private static TimeSpan Rounded(TimeSpan wait) => wait <= ShortestWait ? ShortestWait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
