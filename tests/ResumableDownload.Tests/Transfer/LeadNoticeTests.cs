using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What the further connections tell the first one reaches it once, and is never lost.</summary>
public sealed class LeadNoticeTests : IDisposable
{
    private static readonly ResponseDecision First = new ResponseDecision.StartOver(StartOverReason.Changed);
    private static readonly ResponseDecision Second = new ResponseDecision.StartOver(StartOverReason.Damaged);

    private readonly CancellationTokenSource _caller = new();
    private readonly FakeTimeProvider _time = new();
    private readonly LeadNotice _notice;

    public LeadNoticeTests() => _notice = new(_caller.Token);

    public void Dispose()
    {
        _notice.Dispose();
        _caller.Dispose();
    }

    [Fact]
    public void The_first_change_that_was_told_is_the_one_and_it_is_taken_once()
    {
        _notice.Recall(First);
        _notice.Recall(Second);
        Assert.Equal((true, true), (_notice.IsRecalled, _notice.Token.IsCancellationRequested));
        Assert.Same(First, _notice.Take());
        Assert.Equal((false, false), (_notice.IsRecalled, _notice.Token.IsCancellationRequested));
        Assert.Null(_notice.Take());
    }

    [Fact]
    public void Of_several_faults_the_first_ends_the_download()
    {
        _notice.ThrowIfFailed();
        _notice.Fail(new IOException("first"));
        _notice.Fail(new IOException("second"));
        Assert.True(_notice.IsRecalled);
        Assert.Equal("first", Assert.Throws<IOException>(() => _notice.Take()).Message);
        Assert.Equal("first", Assert.Throws<IOException>(_notice.ThrowIfFailed).Message);
    }

    [Fact]
    public void A_token_that_nobody_cancelled_stays_the_same()
    {
        var token = _notice.Token;
        Assert.Null(_notice.Take());
        Assert.Equal(token, _notice.Token);
    }

    [Fact]
    public void The_callers_cancellation_is_no_recall()
    {
        _caller.Cancel();
        Assert.Equal((true, false), (_notice.Token.IsCancellationRequested, _notice.IsRecalled));
    }

    [Fact]
    public void What_is_new_wakes_once_and_only_a_whole_file_recalls()
    {
        var before = _notice.Woken;
        Assert.False(before.IsCompleted);
        _notice.Wake();
        Assert.Equal((true, false, false), (before.IsCompletedSuccessfully, _notice.Woken.IsCompleted, _notice.IsRecalled));
        _notice.Wake(isWhole: true);
        Assert.True(_notice.IsRecalled);
    }

    [Fact]
    public async Task A_wait_ends_when_something_is_new_or_after_a_tenth_of_a_second()
    {
        var (woken, late) = (Wait(_notice.Woken), Wait(new TaskCompletionSource().Task));
        _notice.Wake();
        await woken.WaitAsync(TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(late.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await late.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_wait_that_is_stopped_is_a_cancellation()
    {
        var wait = Wait(_notice.Woken);
        await _caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private Task Wait(Task woken) => LeadNotice.WaitAsync(woken, _time, _notice.Token).AsTask();
}
