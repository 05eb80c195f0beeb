using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Attempts that a strategy wants at the same time: a connection makes one after the other.</summary>
public sealed class ExecutionTests
{
    private readonly List<Made> _attempts = [];
    private readonly Execution _execution;
    private long _fetched;

    public ExecutionTests() => _execution = new(MakeAsync, () => _fetched, static (_, _) => { });

    [Fact]
    public async Task One_that_brought_nothing_gives_way_but_only_when_it_has_let_go()
    {
        var first = _execution.ShareAsync(default).AsTask();
        var second = _execution.ShareAsync(default).AsTask();

        Assert.True(Assert.Single(_attempts).Stop.IsCancellationRequested);
        _attempts[0].End(new OperationCanceledException());
        await Until(() => _attempts.Count == 2);

        _attempts[1].End(AttemptOutcome.Advanced);
        Assert.All(await Task.WhenAll(first, second), static outcome => Assert.True(outcome.IsFruitful));
    }

    [Fact]
    public async Task One_that_brought_bytes_is_shared()
    {
        var first = _execution.ShareAsync(default).AsTask();
        _fetched = 1;
        var second = _execution.ShareAsync(default).AsTask();

        Assert.False(Assert.Single(_attempts).Stop.IsCancellationRequested);
        _attempts[0].End(AttemptOutcome.Advanced);

        Assert.Same(await first, await second);
        Assert.Single(_attempts);
    }

    [Fact]
    public async Task One_that_succeeds_although_it_was_to_give_way_is_enough()
    {
        var first = _execution.ShareAsync(default).AsTask();
        var second = _execution.ShareAsync(default).AsTask();

        _attempts[0].End(AttemptOutcome.Advanced);

        Assert.True((await first).IsFruitful && (await second).IsFruitful);
        Assert.Single(_attempts);
    }

    [Fact]
    public async Task What_a_strategy_gives_up_and_leaves_running_is_stopped_and_waited_for()
    {
        using var impatience = new CancellationTokenSource();
        _ = _execution.ShareAsync(default).AsTask();
        _fetched = 1;
        var joined = _execution.ShareAsync(impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joined);

        var end = _execution.EndAsync().AsTask();

        Assert.True(_attempts[0].Stop.IsCancellationRequested);
        Assert.False(end.IsCompleted);
        _attempts[0].End(new OperationCanceledException());
        await end;
    }

    [Fact]
    public async Task A_failure_reaches_all_who_share_it()
    {
        var first = _execution.ShareAsync(default).AsTask();
        _fetched = 1;
        var second = _execution.ShareAsync(default).AsTask();

        _attempts[0].End(new IOException("full"));

        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
    }

    [Fact]
    public async Task The_next_one_after_a_failure_is_made_anew()
    {
        var first = _execution.ShareAsync(default).AsTask();
        _attempts[0].End(AttemptOutcome.Fruitless(DownloadFailure.Connection, "down"));
        Assert.False((await first).IsFruitful);

        var second = _execution.ShareAsync(default).AsTask();
        _attempts[1].End(AttemptOutcome.Advanced);

        Assert.True((await second).IsFruitful);
    }

    private static async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
        }
    }

    private ValueTask<AttemptOutcome> MakeAsync(CancellationToken stop)
    {
        Assert.All(_attempts, static one => Assert.True(one.Outcome.Task.IsCompleted, "Two attempts at once."));
        _attempts.Add(new(new(), stop));
        return new(_attempts[^1].Outcome.Task);
    }

    private sealed record Made(TaskCompletionSource<AttemptOutcome> Outcome, CancellationToken Stop)
    {
        public void End(AttemptOutcome outcome) => Outcome.SetResult(outcome);

        public void End(Exception fault) => Outcome.SetException(fault);
    }
}
