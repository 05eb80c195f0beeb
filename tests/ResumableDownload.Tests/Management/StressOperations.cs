namespace ResumableDownload.Tests.Management;

/// <summary>What a program, or several, may do to a manager.</summary>
internal sealed class StressOperations(StressBench bench, int seed)
{
    private static readonly NetworkKind[] Networks = Enum.GetValues<NetworkKind>();

    private readonly Random _random = new(seed);
    private readonly List<Download> _mine = [];

    /// <summary>Does so many things, one after the other.</summary>
    public async Task RunAsync(int count)
    {
        for (var step = 0; step < count; step++)
        {
            try
            {
                await ManagerBench.Soon(_random.Next(10) < 6 && _mine.Count > 0 ? Steer(_mine[^_random.Next(1, Math.Min(_mine.Count, 6) + 1)]) : Manage());
                if (_random.Next(3) == 0)
                {
                    await bench.Origin.GetsOnAsync();
                }
            }
            catch (Exception exception)
            {
                bench.Violations.Enqueue($"step {step}: {exception}");
                return;
            }
        }
    }

    private Task Steer(Download download)
    {
        switch (_random.Next(12))
        {
            case 0:
                download.Pause();
                break;
            case 1:
                return download.PauseAsync();
            case 2 when _random.Next(3) == 0:
                return download.CancelAsync(keepPartial: _random.Next(2) == 0);
            case 3 when _random.Next(3) == 0:
                _ = download.CancelAsync(keepPartial: _random.Next(2) == 0);
                break;
            case 4:
                download.Priority = _random.Next(-2, 3);
                break;
            case 5:
                Allow(() => bench.Manager.Remove(download));
                break;
            case 6:
                _ = download.Completion;
                break;
            default:
                Allow(_random.Next(2) == 0 ? download.Start : download.Resume);
                break;
        }

        return Task.CompletedTask;
    }

    private Task Manage()
    {
        switch (_random.Next(16))
        {
            case 0:
                bench.Manager.MaxConcurrentDownloads = _random.Next(1, StressBench.MostDownloads + 1);
                break;
            case 1:
                bench.Manager.MaxConcurrentPerHost = _random.Next(1, StressBench.MostPerHost + 1);
                break;
            case 2:
                bench.Network.Switch(Networks[_random.Next(Networks.Length)]);
                break;
            case 3:
                bench.Manager.ResumeAll();
                break;
            case 4 when _random.Next(4) == 0:
                return bench.Manager.PauseAllAsync();
            case 5 when _random.Next(4) == 0:
                bench.Watch();
                break;
            case 6:
                bench.Origin.Change($"file{_random.Next(StressBench.Slots)}");
                break;
            case 7 or 8 or 9:
                bench.Origin.Release();
                break;
            default:
                Add();
                break;
        }

        return Task.CompletedTask;
    }

    private void Add()
    {
        if (bench.Add(_random.Next(StressBench.Slots), isOther: _random.Next(6) == 0, listens: _random.Next(2) == 0, priority: _random.Next(3)) is { } download)
        {
            _mine.Add(download);
            Allow(download.Start);
        }
    }

    // What was cancelled meanwhile, or is not ended yet, may be refused.
    private static void Allow(Action act)
    {
        try
        {
            act();
        }
        catch (InvalidOperationException)
        {
        }
    }

    private static void Allow(Func<bool> act) => Allow(() => { _ = act(); });
}
