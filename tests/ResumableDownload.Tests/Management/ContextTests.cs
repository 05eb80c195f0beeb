using System.Collections.Concurrent;

namespace ResumableDownload.Tests.Management;

/// <summary>Contexts that behave badly.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task A_context_that_runs_at_once_what_is_posted_runs_no_listener_under_the_gate()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        var isFree = new ConcurrentBag<bool>();
        var heard = new Heard { OnNotice = _ => isFree.Add(Task.Run(() => bench.Manager.Downloads.Count).Wait(TimeSpan.FromSeconds(2))) };
        var download = On(new Immediate(), () => bench.Begin("a", heard));
        await ManagerBench.Soon(download.Completion);
        await heard.Ended;
        Assert.DoesNotContain(false, isFree);
    }

    [Fact]
    public async Task A_context_whose_window_is_gone_harms_no_download()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a");
        var heard = new Heard();
        var download = On(new Gone(), () => bench.Begin("a", heard));
        await ManagerBench.Soon(download.Completion);
        bench.AssertWhole("a", file);
        Assert.True(SpinWait.SpinUntil(() => bench.Logger.Lines.Any(static line => line.StartsWith("A listener", StringComparison.Ordinal)), TimeSpan.FromSeconds(20)));
        Assert.Empty(heard.All);
    }

    [Fact]
    public async Task A_context_that_runs_nothing_does_not_keep_the_manager_from_its_end()
    {
        var bench = On(new Deaf(), static () => new ManagerBench());
        await bench.DisposeAsync();
    }

    private static T On<T>(SynchronizationContext context, Func<T> act)
    {
        var usual = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            return act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(usual);
        }
    }

    private sealed class Immediate : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => d(state);
    }

    private sealed class Gone : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("The window is gone.");
    }

    private sealed class Deaf : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
