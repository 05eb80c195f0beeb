using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Seeded;

/// <summary>A world of which everything follows from one number: its server, its disk, and a caller who cancels, is killed, and comes again until the world turns good.</summary>
internal sealed class SeededWorld : IDisposable
{
    /// <summary>No run takes longer, in fake time: retries and waits are limited.</summary>
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(3);

    private static int made;

    private readonly Draw _draw;
    private readonly WorldPlan _plan;
    private readonly Bench _bench;
    private readonly WorldOrigin _origin;
    private readonly WorldCaller _caller;
    private readonly WorldLaws _laws;
    private readonly WorldStory _story;

    /// <summary>After a failed fsync the cache shows bytes that will never reach the disk. Whoever is killed then, or cannot void them either, leaves what only a power cut can disprove.</summary>
    private bool _mayLosePower = true;

    public SeededWorld(int seed)
    {
        Seed = seed;
        _draw = new(seed);
        _plan = WorldPlan.Of(_draw);
        _bench = new(new([], null), new(), $"/volume/world-{Interlocked.Increment(ref made)}-.bin");
        _story = new(_bench.Time);
        _origin = new(_draw, _plan, _bench.Time, _story);
        _caller = new(_draw, _plan, _bench, _origin);
        _laws = new(_plan, _bench, _origin);
        _bench.Server.Chooses = request => _origin.Choose(request, _bench.Server.Requests.Count(static request => !request.IsOver));
        if (_plan.HasOld)
        {
            _bench.Disk.Put(_bench.Target, WorldLaws.Old);
        }
    }

    public int Seed { get; }

    /// <summary>What happened, for people.</summary>
    public string Story => string.Join(Environment.NewLine, $"seed {Seed}: {string.Join(", ", _plan.Mischiefs)}", _plan, _story).Replace(Path.GetFileNameWithoutExtension(_bench.Target), "file", StringComparison.Ordinal);

    /// <summary>How the runs of all worlds ended, for people.</summary>
    public List<string> Ends { get; } = [];

    /// <summary>Lives it to its end.</summary>
    /// <exception cref="WorldBrokenException">A law does not hold.</exception>
    public async Task LiveAsync()
    {
        // One good run is enough; but a wrong digest that was noted in a bad one is found out first.
        for (var run = 0; run <= _plan.Runs || (run == _plan.Runs + 1 && Ends[^1] != WorldLaws.Whole); run++)
        {
            _origin.IsGood = run >= _plan.Runs;
            try
            {
                await RunAsync(run);
            }
            catch (Exception exception)
            {
                throw new WorldBrokenException(this, exception);
            }
        }
    }

    public void Dispose() => _bench.Dispose();

    private async Task RunAsync(int number)
    {
        _origin.Begin(number, Typical);
        _caller.Choose(number);
        var run = new WorldRun(number, _bench) { ClaimsBefore = _bench.Claims(), NamesBefore = _bench.Disk.Names, RequestsBefore = _bench.Server.Requests.Length };
        using var cancel = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _bench.Time);
        _bench.Server.OnRequest = null;
        using var disk = new WorldDisk(_draw, number, _bench, _origin.IsGood, _story) { At = Interrupt(run, cancel) };
        var (settings, existing) = (_bench.Settings, _bench.Existing);
        _story.Add(() => $"run {number}{(number < _plan.Runs ? "" : ", in a good world")}: {settings}, {existing}, disk {disk.Mood}");
        try
        {
            await RunToEndAsync(run, cancel.Token);
        }
        finally
        {
            (run.Seen, run.WasCancelled) = (_origin.Seen | disk.Seen | _laws.Left(run), cancel.IsCancellationRequested);
            _story.Add(run.ToString);
        }

        disk.Dispose();
        _bench.Disk = run.Left ?? _bench.Disk;
        Ends.Add(run.Left is not null ? "killed" : (run.Failure as DownloadException)?.Failure.ToString() ?? run.Failure?.GetType().Name ?? WorldLaws.Whole);
        _mayLosePower &= !disk.HasFailedTwice && !(disk.HasFailedFlush && run.Left is not null);
        _laws.Check(run);
    }

    private TimeSpan Typical => TimeSpan.FromSeconds(1) + (_plan.AtBest.Pause * (1 + ((_origin.Versions.All.Count == 0 ? 10_000 : _origin.Versions.Current.Content.Length) / _plan.AtBest.Piece)));

    private async Task RunToEndAsync(WorldRun run, CancellationToken token)
    {
        var began = _bench.Time.Elapsed;
        using var patience = new CancellationTokenSource(LongestRun, _bench.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, patience.Token);
        run.Token = either.Token;
        var task = _bench.Start(null, either.Token);
        try
        {
            run.Result = await _bench.Time.DriveAsync(task);
        }
        catch (Exception failure) when (task.IsCompleted)
        {
            run.Failure = failure;
        }

        run.Took = _bench.Time.Elapsed - began;
        if (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"The run takes longer than {LongestRun}.");
        }

        // A wait of its own: what a cancelled one has left to do is to move the clock, too.
        await _bench.Time.DriveAsync(Task.WhenAll(ClosingFlushes.WaitAsync(_bench.Paths.Partial), Task.Delay(TimeSpan.FromMilliseconds(1), _bench.Time, CancellationToken.None)));
    }

    /// <summary>Decides whether the caller cancels, is killed, or loses power, and when.</summary>
    private (int Operation, Action Act)? Interrupt(WorldRun run, CancellationTokenSource cancel)
    {
        var random = _draw.For("interruption", run.Number);
        if (_origin.IsGood || random.Chance(0.45))
        {
            return null;
        }

        var operation = random.Next(random.Pick(10, 60));
        var kind = random.Next(5);
        switch (kind)
        {
            case 0:
                cancel.CancelAfter(random.NextDouble() * 2 * Typical);
                return null;
            case 1:
                var request = run.RequestsBefore + random.Next(1, 6);
                _bench.Server.OnRequest = number => _ = number == request ? CancelNow(cancel) : 0;
                return null;
            case 2:
                return (operation, () => CancelNow(cancel));
            default:
                return (operation, () => Kill(run, kind == 3 || !_mayLosePower ? null : random, cancel));
        }
    }

    private static int CancelNow(CancellationTokenSource cancel)
    {
        cancel.Cancel();
        return 0;
    }

    private static void Kill(WorldRun run, Random? power, CancellationTokenSource cancel)
    {
        var disk = run.Bench.Disk;
        run.LostPower = power is not null;
        run.Left = power is null ? disk.AfterKill() : disk.AfterPowerCut(power.Pick(Unsynced.Dropped, Unsynced.Kept, Unsynced.Torn, Unsynced.Torn), power.Next());
        cancel.Cancel();
    }
}
