using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>What happens to a queue file while it is written anew, which takes as long as the disk likes.</summary>
public sealed class QueueSlowFlushTests : IDisposable
{
    private readonly LongQueue _long = new();

    public void Dispose() => _long.Dispose();

    [Fact]
    public async Task Changes_during_a_slow_flush_are_in_both_files()
    {
        var gate = _long.HoldFlushes();
        _long.FillUp();
        Assert.True(_long.IsCompacting);

        _long.Queue.Add(QueueScene.Download(7));
        _long.Queue.SetState(LongQueue.Id(2), DownloadState.Queued);
        SavedDownload[] expected = [LongQueue.Kept[0], LongQueue.Kept[1] with { State = DownloadState.Queued }, LongQueue.Kept[2], QueueScene.Download(7)];
        Assert.Equal(expected, _long.Scene.Left());
        gate.SetResult();
        await _long.Queue.FlushAsync();

        Assert.False(_long.IsCompacting);
        Assert.InRange(_long.Length, 1, 3000);
        Assert.Equal(expected, _long.Scene.Left());
        Assert.Equal(expected, QueueScene.Left(_long.Scene.Disk.AfterPowerCut(Unsynced.Dropped)));
        _long.Queue.Add(QueueScene.Download(8));
        Assert.Equal([.. expected, QueueScene.Download(8)], _long.Scene.Left());
    }

    [Fact]
    public async Task A_change_that_the_new_file_cannot_take_is_in_the_present_one()
    {
        var gate = _long.HoldFlushes();
        _long.FillUp();
        _long.Scene.Fail(DiskOperation.Write, DiskError.Full(torn: 9), QueueScene.Paths.Successor);
        _long.Queue.Add(QueueScene.Download(7));
        Assert.False(_long.IsCompacting);
        _long.Scene.Disk.Before = null;

        // So that another one has its name when the flush of the first ends.
        _long.FillUp();
        Assert.True(_long.IsCompacting);
        gate.SetResult();
        await _long.Queue.FlushAsync();

        Assert.Equal([.. LongQueue.Kept, QueueScene.Download(7)], _long.Scene.Left());
        _long.Queue.Add(QueueScene.Download(8));
        Assert.Equal([.. LongQueue.Kept, QueueScene.Download(7), QueueScene.Download(8)], _long.Scene.Left());
    }

    [Fact]
    public async Task A_queue_that_is_closed_meanwhile_is_closed_when_the_flush_has_ended()
    {
        var gate = _long.HoldFlushes();
        _long.FillUp();
        var closing = Task.Run(_long.Queue.Dispose);
        Assert.Throws<DownloadException>(() => _long.Scene.Open());
        gate.SetResult();
        await closing.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(0, _long.Scene.Disk.OpenFiles);
        Assert.Equal([QueueScene.Path], _long.Scene.Disk.Names);
        Assert.Equal(LongQueue.Kept, QueueScene.Left(_long.Scene.Disk));
    }

    /// <summary>Whoever closes it waits for the writer already, and comes before the flush.</summary>
    [Fact]
    public void A_queue_that_is_closed_before_the_flush_began_gives_it_up()
    {
        var closing = new Thread(_long.Queue.Dispose);
        _long.HoldFlushes();
        _long.Scene.Disk.Before = call =>
        {
            if (call.Is(DiskOperation.Create, QueueScene.Paths.Successor))
            {
                closing.Start();
                Assert.True(SpinWait.SpinUntil(() => Waits(closing), TimeSpan.FromSeconds(20)));
            }
        };
        Assert.IsType<ObjectDisposedException>(Record.Exception(() =>
        {
            _long.FillUp();
            closing.Join(TimeSpan.FromSeconds(20));
            _long.ComeAndGo();
        }));

        // Nothing is done to the file any more once others may have it.
        Assert.Equal(new(DiskOperation.Delete, QueueScene.Paths.Lock), _long.Scene.Disk.Calls[^1]);
        Assert.Equal([QueueScene.Path], _long.Scene.Disk.Names);
        Assert.Equal(0, _long.Scene.Disk.OpenFiles);
        Assert.Equal(LongQueue.Kept, QueueScene.Left(_long.Scene.Disk.AfterKill()).Take(3));
    }

    // Not for the moment only that it gives to others while it spins.
    private static bool Waits(Thread thread) => Enumerable.Range(0, 100).All(_ =>
    {
        Thread.Yield();
        return thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin);
    });
}
