using System.Diagnostics;

namespace ResumableDownload.Tests.TestKit;

/// <summary>A clock that stands still until a test moves it. Timers fire in the order in which they are due.</summary>
internal sealed class FakeTimeProvider : TimeProvider
{
    /// <summary>No test needs more real time than this for work that is between two timers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>After so many rounds through the queue of the pool, what still waits there for a thread is another test's. Two are enough when nothing waits.</summary>
    private const int MostRounds = 256;

    /// <summary>Those of the system take no longer one.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly BusyThreads _threads = new();
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<(CancellationToken Token, int Number)> _waits = [];
    private int _begun;
    private long _now = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many times a timer has fired.</summary>
    public int Fired { get; private set; }

    private static bool IsNobodyWaiting => ThreadPool.PendingWorkItemCount == 0;

    /// <summary>The time since this clock was made.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(GetTimestamp() - TimeSpan.TicksPerDay);

    /// <summary>How many timers nobody has disposed of.</summary>
    public int Timers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Notes that something waits until a token ends it. Until the wait is over by itself, dispose what is returned.</summary>
    public IDisposable Wait(CancellationToken token)
    {
        lock (_gate)
        {
            _waits.Add((token, ++_begun));
            return new Registration(() => Forget(token));
        }
    }

    /// <summary>Waits for so much fake time, if any.</summary>
    public async Task PassAsync(TimeSpan span, CancellationToken token)
    {
        if (span > TimeSpan.Zero)
        {
            var pause = Task.Delay(span, this, token);
            using var wait = Wait(token);
            await pause.ConfigureAwait(false);
        }
    }

    /// <summary>Moves on, and fires on the way what is due. What the timers set going runs inside this call.</summary>
    public void Advance(TimeSpan span)
    {
        var target = GetTimestamp() + span.Ticks;
        while (FireNext(target))
        {
        }

        lock (_gate)
        {
            Interlocked.Exchange(ref _now, Math.Max(target, _now));
        }
    }

    /// <summary>Begins something for which time stands still while any thread works for it.</summary>
    public T Begin<T>(Func<T> work) => _threads.Follow(work);

    /// <summary>Moves from timer to timer for as long as a task needs them: waits take no real time.</summary>
    public async Task DriveAsync(Task task)
    {
        var (began, idle) = (Stopwatch.GetTimestamp(), 0);
        while (!task.IsCompleted)
        {
            // What runs in other threads gets a chance to go on before the time does.
            await Task.Factory.StartNew(static () => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
            idle = _threads.AreBusy ? 0 : idle + (IsNobodyWaiting ? MostRounds / 2 : 1);
            if (!task.IsCompleted && idle >= MostRounds && IsAwaited())
            {
                FireNext(long.MaxValue);
                idle = 0;
            }

            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"The task still runs after {Elapsed} of fake time.");
            }
        }

        await task;
    }

    /// <inheritdoc cref="DriveAsync(Task)"/>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        await DriveAsync((Task)task);
        return await task;
    }

    // Time stands still unless something waits for it. CancelAsync ends a wait in another thread: it stands still, too, until what comes
    // of that waits for something new.
    private bool IsAwaited()
    {
        lock (_gate)
        {
            if (_waits.Exists(wait => wait.Token.IsCancellationRequested && wait.Number == _begun))
            {
                return false;
            }

            _waits.RemoveAll(static wait => wait.Token.IsCancellationRequested);
            return _waits.Count > 0 || _timers.Exists(static timer => timer.IsDelay && timer.Due != FakeTimer.Never);
        }
    }

    private void Forget(CancellationToken token)
    {
        lock (_gate)
        {
            _waits.RemoveAll(wait => wait.Token == token && !token.IsCancellationRequested);
        }
    }

    private bool FireNext(long target)
    {
        FakeTimer? next;
        lock (_gate)
        {
            next = _timers.MinBy(static timer => timer.Due);
            if (next is null || next.Due > target || next.Due == FakeTimer.Never)
            {
                return false;
            }

            Interlocked.Exchange(ref _now, Math.Max(_now, next.Due));
            next.Renew();
        }

        Fired++;
        Inline.Run(next.Fire);
        return true;
    }

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private sealed class FakeTimer(FakeTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        public const long Never = long.MaxValue;

        private TimeSpan _period;

        public long Due { get; private set; } = Never;

        /// <summary>Somebody waits for this one, unlike for a beat or a time limit.</summary>
        public bool IsDelay => _period <= TimeSpan.Zero && state is not CancellationTokenSource;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(dueTime, LongestTimer);
            ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero);
            lock (owner._gate)
            {
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? Never : owner._now + dueTime.Ticks;
                owner._begun += IsDelay && Due != Never ? 1 : 0;
                return true;
            }
        }

        public void Renew() => Due = _period > TimeSpan.Zero ? Due + _period.Ticks : Never;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (owner._gate)
            {
                Due = Never;
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
