using System.Collections.Concurrent;

namespace ResumableDownload.Tests.Management;

/// <summary>What is told, to whom, and on which thread.</summary>
public sealed class NoticeTests
{
    [Fact]
    public async Task A_listener_that_throws_harms_nobody_and_is_logged_with_the_downloads_id()
    {
        await using var bench = new ManagerBench();
        var file = bench.Origin.Put("a");
        var heard = new Heard { OnNotice = static _ => throw new InvalidOperationException("mine") };
        var download = bench.Begin("a", heard);
        await ManagerBench.Soon(download.Completion);
        await heard.Ended;
        bench.AssertWhole("a", file);
        Assert.Contains(bench.Logger.Lines, line => line.Contains(download.Id.ToString(), StringComparison.Ordinal) && line.StartsWith("A listener", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_listener_that_blocks_holds_up_neither_its_download_nor_others()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        bench.Origin.Put("b");
        using var blocked = new ManualResetEventSlim();
        var slow = new Heard { OnNotice = _ => blocked.Wait() };
        var (first, second) = (bench.Begin("a", slow), bench.Begin("b"));
        await ManagerBench.Soon(first.Completion);
        await ManagerBench.Soon(second.Completion);
        Assert.Empty(slow.Notices);
        blocked.Set();
        await slow.Ended;
        Assert.Equal(["Queued -> Running", "Running -> Completed", "completed 200000"], slow.Notices);
    }

    [Fact]
    public async Task A_failure_that_nobody_awaits_is_no_unobserved_exception()
    {
        const string Text = "A handler of the caller's failed, and nobody awaits the download.";
        var unobserved = 0;
        void Note(object? sender, UnobservedTaskExceptionEventArgs arguments) => unobserved += arguments.Exception.ToString().Contains(Text, StringComparison.Ordinal) ? 1 : 0;
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await FailAsync(Text);
            for (var round = 0; round < 5; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Yield();
            }

            Assert.Equal(0, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    [Fact]
    public async Task Progress_never_comes_after_the_end()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a", 5_000_000);
        var heard = new Heard();
        await ManagerBench.Soon(bench.Begin("a", heard).Completion);
        await heard.Ended;
        Assert.Contains("progress", heard.All);
        Assert.Equal("completed 5000000", heard.All[^1]);
    }

    [Fact]
    public async Task Notices_come_on_the_context_on_which_the_listener_was_given()
    {
        await using var bench = new ManagerBench();
        bench.Origin.Put("a");
        using var window = new SingleThread();
        var threads = new ConcurrentBag<int>();
        var heard = new Heard { OnNotice = _ => threads.Add(Environment.CurrentManagedThreadId) };
        var download = await window.Run(() => bench.Begin("a", heard));
        await ManagerBench.Soon(download.Completion);
        await heard.Ended;
        Assert.Equal([window.Id], threads.Distinct());
    }

    [Fact]
    public async Task Who_watches_hears_of_what_there_is_and_of_everything_that_happens()
    {
        var bench = new ManagerBench();
        bench.Origin.Put("a");
        bench.Origin.Put("b");
        var first = bench.Manager.Add(bench.Request("a"));
        await using var watching = bench.Manager.WatchAsync().GetAsyncEnumerator();
        Assert.True(await watching.MoveNextAsync());
        Assert.Equal((first, DownloadEventKind.Added), (watching.Current.Download, watching.Current.Kind));

        var second = bench.Begin("b");
        await ManagerBench.Soon(second.Completion);
        bench.Manager.Remove(second);
        await ManagerBench.Soon(bench.DisposeAsync().AsTask());
        var heard = new List<string>();
        while (await watching.MoveNextAsync())
        {
            Assert.Same(second, watching.Current.Download);
            heard.Add(watching.Current.Kind == DownloadEventKind.StateChanged ? watching.Current.To.ToString() : watching.Current.Kind.ToString());
        }

        Assert.Equal(["Added", "Running", "Completed", "Removed"], heard.Where(static notice => notice != "Progress"));
    }

    [Fact]
    public async Task Watching_ends_with_its_token()
    {
        await using var bench = new ManagerBench();
        using var stop = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            await foreach (var _ in bench.Manager.WatchAsync(stop.Token))
            {
            }
        });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ManagerBench.Soon(watching));
    }

    [Fact]
    public async Task No_notice_and_no_line_holds_a_secret()
    {
        await using var bench = new ManagerBench();
        var download = bench.Begin("missing");
        var failure = await Assert.ThrowsAsync<DownloadException>(() => ManagerBench.Soon(download.Completion));
        Assert.All([failure.ToString(), download.ToString(), .. bench.Logger.Lines], static text => Assert.DoesNotContain("secret", text, StringComparison.Ordinal));
    }

    private static async Task FailAsync(string text)
    {
        await using var bench = new ManagerBench();
        bench.Origin.Fault = () => new InvalidOperationException(text);
        var heard = new Heard();
        var download = bench.Begin("a", heard);
        _ = download.Completion;
        await heard.Ended;
        Assert.Equal(DownloadState.Failed, download.State);
    }

    /// <summary>A thread that works off what is posted to it, as a window's does.</summary>
    private sealed class SingleThread : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Call, object? State)> _calls = [];
        private readonly Thread _thread;

        public SingleThread()
        {
            _thread = new(Work) { IsBackground = true };
            _thread.Start();
        }

        public int Id => _thread.ManagedThreadId;

        public Task<T> Run<T>(Func<T> call)
        {
            var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            Post(_ => done.SetResult(call()), null);
            return done.Task;
        }

        public override void Post(SendOrPostCallback d, object? state) => _calls.Add((d, state));

        public void Dispose()
        {
            _calls.CompleteAdding();
            _thread.Join();
            _calls.Dispose();
        }

        private void Work()
        {
            SetSynchronizationContext(this);
            foreach (var (call, state) in _calls.GetConsumingEnumerable())
            {
                call(state);
            }
        }
    }
}
