using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>A queue file does not grow for ever, and loses nothing when it shrinks.</summary>
public sealed class QueueCompactionTests : IDisposable
{
    private readonly LongQueue _long = new();

    public void Dispose() => _long.Dispose();

    [Fact]
    public void A_file_that_is_opened_has_one_line_for_each_download()
    {
        var former = _long.Scene.Disk.AfterKill();
        Assert.Equal(LongQueue.Kept, QueueScene.Left(former));
        Assert.Equal(1 + LongQueue.Kept.Length, former.Bytes(QueueScene.Path)!.Count(static value => value == '\n'));
        Assert.Equal(LongQueue.Kept, QueueScene.Left(former));
    }

    [Fact]
    public void Order_and_state_survive_being_written_anew()
    {
        var most = 0;
        for (var number = 10; number < 3000; number++)
        {
            _long.Queue.Add(QueueScene.Download(number));
            _long.Queue.SetState(LongQueue.Id(number), DownloadState.Queued);
            _long.Queue.End(LongQueue.Id(number));
            most = Math.Max(most, _long.Length);
        }

        Assert.InRange(most, LongQueue.Most / 2, LongQueue.Most + 1000);
        Assert.True(_long.Scene.Disk.Calls.Count(static call => call.Is(DiskOperation.Rename, QueueScene.Path)) > 5);
        Assert.Equal(LongQueue.Kept, _long.Queue.Downloads());
        Assert.Equal(LongQueue.Kept, _long.Scene.Left());
        Assert.False(_long.IsCompacting);
    }

    [Fact]
    public void A_download_that_is_added_again_and_again_does_not_lengthen_the_file()
    {
        for (var priority = 0; priority < 1000; priority++)
        {
            _long.Queue.Add(QueueScene.Download(1) with { Priority = priority }, order: 1);
        }

        Assert.InRange(_long.Length, 1, LongQueue.Most + 1000);
        Assert.Equal([QueueScene.Download(1) with { Priority = 999 }, .. LongQueue.Kept[1..]], _long.Scene.Left());
    }

    [Fact]
    public void A_long_file_of_which_much_still_counts_is_left_alone()
    {
        for (var added = 10; added < 1000; added++)
        {
            _long.Queue.Add(QueueScene.Download(added));
        }

        var counts = _long.Length;
        Assert.True(counts > 2 * LongQueue.Most);
        var before = _long.Scene.Disk.Calls.Length;
        var number = 0;
        for (; _long.Length < 3.9 * counts; number++)
        {
            _long.Queue.SetPriority(LongQueue.Id(10), number);
        }

        Assert.DoesNotContain(_long.Scene.Disk.Calls.Skip(before), static call => call.Operation != DiskOperation.Write);
        for (; _long.Length > 3 * counts && _long.Length < 5 * counts; number++)
        {
            _long.Queue.SetPriority(LongQueue.Id(10), number);
        }

        Assert.InRange(_long.Length, counts / 2, 1.1 * counts);
        Assert.Equal(993, _long.Scene.Left().Count);
    }

    [Theory]
    [InlineData(nameof(DiskOperation.Create), QueueScene.Path + ".new")]
    [InlineData(nameof(DiskOperation.Write), QueueScene.Path + ".new")]
    [InlineData(nameof(DiskOperation.Flush), QueueScene.Path + ".new")]
    [InlineData(nameof(DiskOperation.Rename), QueueScene.Path)]
    [InlineData(nameof(DiskOperation.FlushFolder), "/volume")]
    public async Task A_failure_of_it_costs_nothing_but_space_and_is_not_repeated_with_each_change(string operation, string path)
    {
        _long.Scene.Disk.Before = call =>
        {
            if (call.Is(Enum.Parse<DiskOperation>(operation), path))
            {
                _long.Failures++;
                throw DiskError.Full();
            }
        };
        _long.FillUp();
        var length = _long.Length;
        while (_long.Length < (2 * length) - 500)
        {
            _long.ComeAndGo();
        }

        Assert.Equal(1, _long.Failures);
        Assert.Equal(LongQueue.Kept, _long.Queue.Downloads());
        Assert.Equal(LongQueue.Kept, _long.Scene.Left());
        Assert.False(_long.IsCompacting);

        _long.Scene.Disk.Before = null;
        _long.FillUp();
        await _long.Queue.FlushAsync();
        Assert.InRange(_long.Length, 1, 1000);
        Assert.All(PowerCuts.Of(_long.Scene.Disk), static image => Assert.Equal(LongQueue.Kept, QueueScene.Left(image)));
    }

    /// <summary>Until its name is flushed, a power cut brings the former file back.</summary>
    [Fact]
    public async Task A_flush_makes_up_for_that_of_the_folder_that_failed()
    {
        _long.Scene.Fail(DiskOperation.FlushFolder, DiskError.Broken());
        _long.FillUp();
        Assert.Contains(_long.Scene.Disk.Calls, static call => call.Is(DiskOperation.Rename, QueueScene.Path));
        _long.Scene.Disk.Before = null;
        _long.Queue.Add(QueueScene.Download(7));

        await _long.Queue.FlushAsync();

        Assert.All(PowerCuts.Of(_long.Scene.Disk), static image => Assert.Equal([.. LongQueue.Kept, QueueScene.Download(7)], QueueScene.Left(image)));
    }
}
