using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Attempts that a strategy wants at the same time: a connection makes one after the other.</summary>
public sealed class ExecutionTests : IDisposable
{
    private static readonly AttemptOutcome Nothing = AttemptOutcome.Fruitless(DownloadFailure.Connection, "down");

    private readonly CancellationTokenSource _caller = new();
    private readonly List<Made> _attempts = [];
    private readonly Execution _execution;

    public ExecutionTests() => _execution = new("https://origin.test", MakeAsync, static (_, _) => { }, _caller.Token);

    public void Dispose() => _caller.Dispose();

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
    public async Task Whoever_gave_way_waits_for_the_last_of_those_who_came_after_it()
    {
        var first = _execution.ShareAsync(default).AsTask();
        var second = _execution.ShareAsync(default).AsTask();
        _attempts[0].End(new OperationCanceledException());
        await Until(() => _attempts.Count == 2);
        var third = _execution.ShareAsync(default).AsTask();
        _attempts[1].End(new OperationCanceledException());
        await Until(() => _attempts.Count == 3);

        Assert.False(first.IsCompleted || second.IsCompleted || third.IsCompleted);
        _attempts[2].End(Nothing);

        Assert.All(await Task.WhenAll(first, second, third), static outcome => Assert.Same(Nothing, outcome));
    }

    [Fact]
    public async Task The_first_byte_is_enough_and_its_body_goes_on_until_it_has_come()
    {
        using var strategy = new CancellationTokenSource();
        var first = _execution.ShareAsync(strategy.Token).AsTask();
        _execution.NoteGain();
        var outcome = await first;
        await strategy.CancelAsync();

        var end = _execution.EndAsync(outcome).AsTask();

        Assert.True(outcome.IsFruitful);
        Assert.False(end.IsCompleted || _attempts[0].Stop.IsCancellationRequested);
        _attempts[0].End(AttemptOutcome.Advanced);
        Assert.True((await end).IsFruitful);
    }

    [Fact]
    public async Task One_that_has_brought_a_byte_is_shared()
    {
        _ = _execution.ShareAsync(default).AsTask();
        _execution.NoteGain();

        Assert.True((await _execution.ShareAsync(default)).IsFruitful);

        Assert.False(Assert.Single(_attempts).Stop.IsCancellationRequested);
        _attempts[0].End(AttemptOutcome.Advanced);
        Assert.True((await _execution.EndAsync(AttemptOutcome.Advanced)).IsFruitful);
    }

    [Fact]
    public async Task One_that_was_cut_short_to_give_way_has_not_failed()
    {
        var first = _execution.ShareAsync(default).AsTask();
        var second = _execution.ShareAsync(default).AsTask();

        _attempts[0].End(Nothing);
        await Until(() => _attempts.Count == 2);
        _attempts[1].End(AttemptOutcome.Advanced);

        Assert.All(await Task.WhenAll(first, second), static outcome => Assert.True(outcome.IsFruitful));
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
        var given = _execution.ShareAsync(impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        var end = _execution.EndAsync(Nothing).AsTask();

        Assert.True(_attempts[0].Stop.IsCancellationRequested);
        Assert.False(end.IsCompleted);
        _attempts[0].End(new OperationCanceledException());
        Assert.Same(Nothing, await end);
    }

    [Fact]
    public async Task Whoever_comes_when_it_is_over_makes_no_attempt()
    {
        await _execution.EndAsync(Nothing);

        var stopped = await Assert.ThrowsAsync<OperationCanceledException>(() => _execution.ShareAsync(default).AsTask());

        Assert.Equal("The execution is over.", stopped.Message);
        Assert.Empty(_attempts);
    }

    [Fact]
    public async Task What_no_attempt_can_mend_is_hidden_from_strategies_and_thrown_after_them()
    {
        var outcome = _execution.ShareAsync(default).AsTask();
        _attempts[0].End(new IOException("full"));

        Assert.True((await outcome).IsFruitful);
        Assert.Equal("full", (await Assert.ThrowsAsync<IOException>(() => _execution.EndAsync(outcome.Result).AsTask())).Message);
    }

    [Fact]
    public async Task Of_several_that_no_attempt_can_mend_the_first_is_thrown()
    {
        foreach (var fault in (string[])["full", "gone"])
        {
            var outcome = _execution.ShareAsync(default).AsTask();
            _attempts[^1].End(new IOException(fault));
            await outcome;
        }

        Assert.Equal("full", (await Assert.ThrowsAsync<IOException>(() => _execution.EndAsync(AttemptOutcome.Advanced).AsTask())).Message);
    }

    [Fact]
    public async Task What_stops_all_stops_those_who_wait_for_a_first_byte()
    {
        var waiting = _execution.ShareAsync(default).AsTask();
        await _caller.CancelAsync();
        _attempts[0].End(new OperationCanceledException());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_is_over_is_not_stopped_any_more()
    {
        var outcome = _execution.ShareAsync(default).AsTask();
        _attempts[0].End(AttemptOutcome.Advanced);
        await _execution.EndAsync(await outcome);
        await _caller.CancelAsync();
        Assert.False(_attempts[0].Stop.IsCancellationRequested);
    }

    [Fact]
    public async Task What_stops_all_stops_a_body_that_goes_on()
    {
        var outcome = _execution.ShareAsync(default).AsTask();
        _execution.NoteGain();
        var end = _execution.EndAsync(await outcome).AsTask();

        await _caller.CancelAsync();
        Assert.True(_attempts[0].Stop.IsCancellationRequested);
        _attempts[0].End(new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end);
    }

    [Fact]
    public async Task A_strategy_that_cancels_when_all_is_over_does_no_harm()
    {
        using var late = new CancellationTokenSource();
        var first = _execution.ShareAsync(late.Token).AsTask();
        _attempts[0].End(Nothing);
        await first;
        var turn = new AttemptTurn(default);
        turn.Finish(null);
        turn.Dispose();

        await _execution.EndAsync(Nothing);
        await late.CancelAsync();
        turn.GiveUp();
    }

    [Fact]
    public async Task The_next_one_after_a_failure_is_made_anew()
    {
        var first = _execution.ShareAsync(default).AsTask();
        _attempts[0].End(Nothing);
        Assert.Same(Nothing, await first);

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
