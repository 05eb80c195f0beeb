using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>A queue file does not grow for ever, and loses nothing when it shrinks.</summary>
public sealed class QueueCompactionTests : IDisposable
{
    private const int Most = 64 << 10;

    private readonly QueueScene _scene = new();
    private readonly QueueFile _queue;
    private int _added = 100;
    private int _failures;

    public QueueCompactionTests()
    {
        _queue = _scene.Open();
        for (var number = 1; number <= 3; number++)
        {
            _queue.Add(QueueScene.Download(number));
        }

        _queue.SetState(Id(2), DownloadState.Paused);
        _queue.SetState(Id(3), DownloadState.Failed);
        _queue.SetPriority(Id(1), 17);
    }

    private static SavedDownload[] Kept =>
    [
        QueueScene.Download(1) with { Priority = 17 },
        QueueScene.Download(2) with { State = DownloadState.Paused, IsStarted = true },
        QueueScene.Download(3) with { State = DownloadState.Failed, IsStarted = true },
    ];

    private int Length => _scene.Disk.LengthOf(QueueScene.Path);

    private bool IsCompacting => _scene.Disk.Names.Contains(QueueScene.Paths.Successor);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void A_file_that_is_opened_has_one_line_for_each_download()
    {
        var former = _scene.Disk.AfterKill();
        Assert.Equal(Kept, QueueScene.Left(former));
        Assert.Equal(1 + Kept.Length, former.Bytes(QueueScene.Path)!.Count(static value => value == '\n'));
        Assert.Equal(Kept, QueueScene.Left(former));
    }

    [Fact]
    public void Order_and_state_survive_being_written_anew()
    {
        var most = 0;
        for (var number = 10; number < 3000; number++)
        {
            _queue.Add(QueueScene.Download(number));
            _queue.SetState(Id(number), DownloadState.Queued);
            _queue.End(Id(number));
            most = Math.Max(most, Length);
        }

        Assert.InRange(most, Most / 2, Most + 1000);
        Assert.True(_scene.Disk.Calls.Count(static call => call.Is(DiskOperation.Rename, QueueScene.Path)) > 5);
        Assert.Equal(Kept, _queue.Downloads());
        Assert.Equal(Kept, _scene.Left());
        Assert.False(IsCompacting);
    }

    [Fact]
    public void A_long_file_of_which_much_still_counts_is_left_alone()
    {
        for (var added = 10; added < 1000; added++)
        {
            _queue.Add(QueueScene.Download(added));
        }

        var counts = Length;
        Assert.True(counts > 2 * Most);
        var before = _scene.Disk.Calls.Length;
        var number = 0;
        for (; Length < 3.9 * counts; number++)
        {
            _queue.SetPriority(Id(10), number);
        }

        Assert.DoesNotContain(_scene.Disk.Calls.Skip(before), static call => call.Operation != DiskOperation.Write);
        for (; Length > 3 * counts && Length < 5 * counts; number++)
        {
            _queue.SetPriority(Id(10), number);
        }

        Assert.InRange(Length, counts / 2, 1.1 * counts);
        Assert.Equal(993, _scene.Left().Count);
    }

    [Fact]
    public async Task Changes_during_a_slow_flush_are_in_both_files()
    {
        var gate = HoldFlushes();
        FillUp();
        Assert.True(IsCompacting);

        _queue.Add(QueueScene.Download(7));
        _queue.SetState(Id(2), DownloadState.Queued);
        SavedDownload[] expected = [Kept[0], Kept[1] with { State = DownloadState.Queued }, Kept[2], QueueScene.Download(7)];
        Assert.Equal(expected, _scene.Left());
        gate.SetResult();
        await _queue.FlushAsync();

        Assert.False(IsCompacting);
        Assert.InRange(Length, 1, 3000);
        Assert.Equal(expected, _scene.Left());
        Assert.Equal(expected, QueueScene.Left(_scene.Disk.AfterPowerCut(Unsynced.Dropped)));
        _queue.Add(QueueScene.Download(8));
        Assert.Equal([.. expected, QueueScene.Download(8)], _scene.Left());
    }

    [Theory]
    [InlineData(nameof(DiskOperation.Create), QueueScene.Path + ".new")]
    [InlineData(nameof(DiskOperation.Write), QueueScene.Path + ".new")]
    [InlineData(nameof(DiskOperation.Flush), QueueScene.Path + ".new")]
    [InlineData(nameof(DiskOperation.Rename), QueueScene.Path)]
    [InlineData(nameof(DiskOperation.FlushFolder), "/volume")]
    public async Task A_failure_of_it_costs_nothing_but_space_and_is_not_repeated_with_each_change(string operation, string path)
    {
        _scene.Disk.Before = call =>
        {
            if (call.Is(Enum.Parse<DiskOperation>(operation), path))
            {
                _failures++;
                throw DiskError.Full();
            }
        };
        FillUp();
        var length = Length;
        while (Length < (2 * length) - 500)
        {
            ComeAndGo();
        }

        Assert.Equal(1, _failures);
        Assert.Equal(Kept, _queue.Downloads());
        Assert.Equal(Kept, _scene.Left());
        Assert.False(IsCompacting);

        _scene.Disk.Before = null;
        FillUp();
        await _queue.FlushAsync();
        Assert.InRange(Length, 1, 1000);
        Assert.All(PowerCuts.Of(_scene.Disk), static image => Assert.Equal(Kept, QueueScene.Left(image)));
    }

    [Fact]
    public async Task A_change_that_the_new_file_cannot_take_is_in_the_present_one()
    {
        var gate = HoldFlushes();
        FillUp();
        _scene.Fail(DiskOperation.Write, DiskError.Full(torn: 9), QueueScene.Paths.Successor);
        _queue.Add(QueueScene.Download(7));
        Assert.False(IsCompacting);
        _scene.Disk.Before = null;
        gate.SetResult();
        await _queue.FlushAsync();

        Assert.Equal([.. Kept, QueueScene.Download(7)], _scene.Left());
        _queue.Add(QueueScene.Download(8));
        Assert.Equal([.. Kept, QueueScene.Download(7), QueueScene.Download(8)], _scene.Left());
    }

    [Fact]
    public async Task A_queue_that_is_closed_meanwhile_is_closed_when_the_flush_has_ended()
    {
        var gate = HoldFlushes();
        FillUp();
        var closing = Task.Run(_queue.Dispose);
        Assert.Throws<DownloadException>(() => _scene.Open());
        gate.SetResult();
        await closing.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(0, _scene.Disk.OpenFiles);
        Assert.Equal([QueueScene.Path], _scene.Disk.Names);
        Assert.Equal(Kept, QueueScene.Left(_scene.Disk));
    }

    [Fact]
    public async Task A_queue_that_is_closed_before_it_began_gives_it_up()
    {
        var gate = HoldFlushes(QueueScene.Path);
        var flush = _queue.FlushAsync();
        FillUp();
        Assert.True(IsCompacting);
        var closing = Task.Run(_queue.Dispose);
        gate.SetResult();
        await Task.WhenAll(flush, closing).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(Kept, QueueScene.Left(_scene.Disk));
        Assert.Equal([QueueScene.Path], _scene.Disk.Names);
        Assert.Equal(0, _scene.Disk.OpenFiles);
    }

    private static Guid Id(int number) => QueueScene.Download(number).Id;

    /// <summary>Changes that leave nothing, until the file is written anew, or that is tried in vain.</summary>
    private void FillUp()
    {
        var compactions = Compactions();
        for (var change = 0; change < 1000 && Compactions() == compactions; change++)
        {
            ComeAndGo();
        }

        int Compactions() => _failures + _scene.Disk.Calls.Count(static call => call.Is(DiskOperation.Create, QueueScene.Paths.Successor));
    }

    private void ComeAndGo()
    {
        _queue.Add(QueueScene.Download(++_added));
        _queue.End(Id(_added));
    }

    private TaskCompletionSource HoldFlushes(string? path = null)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _scene.Disk.FlushGate = call => path is null || call.Path == path ? gate.Task : Task.CompletedTask;
        return gate;
    }
}
