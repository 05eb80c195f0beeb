namespace ResumableDownload.Tests.Management;

/// <summary>Listeners on contexts that are not as good as a window's.</summary>
public sealed class ListenerContextTests
{
    // Such a context runs what it is given where it is given.
    [Fact]
    public async Task A_context_that_runs_everything_at_once_does_not_run_it_under_the_gate()
    {
        await using var bench = new ManagerBench();
        var gate = GateOf.Manager(bench.Manager);
        var held = 0;
        var heard = new Heard { OnNotice = _ => held += gate.IsHeldByCurrentThread ? 1 : 0 };
        bench.Origin.Put("a");
        await ManagerBench.Soon(On(new Context(static (callback, state) => callback(state)), () => bench.Begin("a", heard)).Completion);
        await heard.Ended;
        Assert.Equal(0, held);
        Assert.Equal(["Queued -> Running", "Running -> Completed", "completed 200000"], heard.Notices);
    }

    // As that of a window that is closed.
    [Fact]
    public async Task A_context_that_takes_nothing_any_more_harms_no_download_and_is_logged()
    {
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        Array.ForEach(["a", "b"], name => bench.Origin.Put(name));
        var closed = new Context(static (_, _) => throw new InvalidOperationException("The window is closed."));
        var (first, second) = (On(closed, () => bench.Begin("a", new Heard())), bench.Begin("b"));
        await ManagerBench.Soon(Task.WhenAll(first.Completion, second.Completion));
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal((DownloadState.Completed, DownloadState.Completed), (first.State, second.State));
        await Until(() => bench.Logger.Lines.Count(line => line.Contains(first.Id.ToString(), StringComparison.Ordinal) && line.Contains("listener", StringComparison.Ordinal)) >= 2);
    }

    [Fact]
    public async Task A_context_that_takes_things_again_gets_the_newer_ones()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a", heldAt: 100_000);
        var isOpen = false;
        var heard = new Heard();
        var context = new Context((callback, state) =>
        {
            if (!Volatile.Read(ref isOpen))
            {
                throw new InvalidOperationException("The window is not there yet.");
            }

            ThreadPool.QueueUserWorkItem(_ => callback(state));
        });
        var download = On(context, () => bench.Begin("a", heard));
        await bench.Origin.Stopped("a");

        // That it was added, and that it runs.
        await Until(() => bench.Logger.Lines.Count(static line => line.Contains("listener", StringComparison.Ordinal)) >= 2);
        Volatile.Write(ref isOpen, true);
        file.Release();
        await heard.Ended;
        Assert.Equal(["Running -> Completed", "completed 200000"], heard.Notices);
    }

    [Fact]
    public async Task A_listener_that_is_slow_is_told_the_next_thing_when_it_is_done_with_the_last()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        var (now, most) = (0, 0);
        using var whole = new ManualResetEventSlim();
        var heard = new Heard
        {
            OnNotice = _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref now));
                whole.Wait(TimeSpan.FromSeconds(20));
                Interlocked.Decrement(ref now);
            },
        };
        await ManagerBench.Soon(bench.Begin("a", heard).Completion);
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        whole.Set();
        await heard.Ended;
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_listener_that_is_given_twice_is_told_once()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        var (heard, other) = (new Heard(), new Heard());
        bench.Manager.Add(bench.Request("a"), heard);
        bench.Manager.Add(bench.Request("a"), heard);
        bench.Begin("a", other);
        await heard.Ended;
        await other.Ended;
        Assert.Equal(["Queued -> Running", "Running -> Completed", "completed 200000"], heard.Notices);
        Assert.Equal(heard.Notices, other.Notices);
    }

    // Else the functions of one caller would see the culture, the user or the trace of another.
    [Fact]
    public async Task A_download_runs_in_nobodys_ambient_context()
    {
        var ambient = new AsyncLocal<string?>();
        await using var bench = new ManagerBench(static options => options.MaxConcurrentDownloads = 1);
        var seen = new List<string?>();
        bench.Origin.Fault = () =>
        {
            seen.Add(ambient.Value);
            return null;
        };
        Array.ForEach(["a", "b"], name => bench.Origin.Put(name));
        ambient.Value = "one caller";
        bench.Begin("a");
        ambient.Value = "another caller";
        bench.Begin("b");
        await ManagerBench.Soon(bench.Manager.WhenIdle());
        Assert.Equal([null, null], seen);
    }

    private static Download On(SynchronizationContext context, Func<Download> begin)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            return begin();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Context(Action<SendOrPostCallback, object?> post) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => post(d, state);
    }
}
