using ResumableDownload.Planning;

namespace ResumableDownload.Transfer;

/// <summary>Gives the bytes that a limit allows to those who wait for them, one after the other: to the downloads in turn, and within each to its connections in turn.</summary>
/// <remarks>
/// A read is counted when it is allowed, and what it did not bring is given back. So however many begin at once, they do not all read at once.
/// Nobody is woken while the gate is held.
/// </remarks>
internal sealed class Pacer
{
    /// <summary>Timers know no less; what is late is made up for.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly PaceQueue _waiting = new();
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly ITimer _timer;
    private PaceSchedule _schedule;
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private long _common;
    private int _parties;

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
            // Who comes is served when those who are there have had a read: else small downloads, one after the other, would leave a large one nothing.
            var party = share.Party;
            if (party.Readers++ == 0)
            {
                _parties++;
                party.Turn = new(_common + PaceSchedule.ReadSize(_schedule.BytesPerSecond, _parties));
            }

            share.Turn = new(party.Common + ReadSize(party));
        }
    }

    public void Leave(PaceShare share)
    {
        lock (_gate)
        {
            _waiting.Remove(share);
            _parties -= --share.Party.Readers == 0 ? 1 : 0;
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
                if (!_waiting.IsEmpty || _schedule.Wait > TimeSpan.Zero)
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
            var next = _schedule.Wait > TimeSpan.Zero ? _waiting.FirstImpatient(_schedule.Now) : _waiting.FirstInTurn();
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

    private PaceSchedule Current() => _schedule.At(_time.GetElapsedTime(_origin));

    private void Seat(PaceShare share)
    {
        var party = share.Party;
        party.Turn = party.Turn.Near(_common, PaceSchedule.Reach(_schedule.BytesPerSecond, _parties));
        share.Turn = share.Turn.Near(party.Common, PaceSchedule.Reach(_schedule.BytesPerSecond, Readers(party)));
    }

    private void Give(PaceShare share)
    {
        var party = share.Party;
        share.Given = ReadSize(party);
        _common = Math.Max(_common, party.Turn.Place);
        party.Common = Math.Max(party.Common, share.Turn.Place);
        Correct(share, share.Given);
    }

    private int ReadSize(PaceParty party) => PaceSchedule.ReadSize(_schedule.BytesPerSecond, Readers(party));

    // As many as there would be if each download had as many as this one.
    private int Readers(PaceParty party) => _parties * party.Readers;

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
        share.Party.Turn = share.Party.Turn.Plus(bytes);
        share.Turn = share.Turn.Plus(bytes);
    }

    private void Arm()
    {
        var at = _waiting.Earliest;
        if (!_waiting.IsEmpty)
        {
            var open = _schedule.Now + _schedule.Wait;
            at = open < at ? open : at;
        }

        // A timer that fires too early sets itself anew; but one that nobody waits for is stopped.
        if (at < _armedFor || (_waiting.IsEmpty && _armedFor < TimeSpan.MaxValue))
        {
            _armedFor = at;
            _timer.Change(_waiting.IsEmpty ? Timeout.InfiniteTimeSpan : Rounded(at - _time.GetElapsedTime(_origin)), Timeout.InfiniteTimeSpan);
        }
    }

    private static TimeSpan Rounded(TimeSpan wait) => wait <= ShortestWait ? ShortestWait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
