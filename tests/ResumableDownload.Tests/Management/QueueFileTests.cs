using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>What is noted in a queue file, and what a change that fails leaves.</summary>
public sealed class QueueFileTests
{
    private static readonly SavedDownload First = QueueScene.Download(1);
    private static readonly SavedDownload Second = QueueScene.Download(2);

    private readonly QueueScene _scene = new();

    [Fact]
    public void A_new_queue_is_empty_and_its_folder_is_made()
    {
        using var queue = QueueFile.Open(_scene.Disk, "/volume/state/app/downloads");
        Assert.Empty(queue.Downloads());
        Assert.False(queue.IsCutOff);
        Assert.Null(queue.DamagedPath);
        Assert.Equal(["/volume/state/app/downloads", "/volume/state/app/downloads.lock"], _scene.Disk.Names);
    }

    [Theory]
    [InlineData(DownloadState.Queued, true)]
    [InlineData(DownloadState.Paused, true)]
    [InlineData(DownloadState.Paused, false)]
    [InlineData(DownloadState.Failed, true)]
    public void A_state_is_remembered(DownloadState state, bool isStarted)
    {
        using var queue = _scene.Open();
        queue.Add(First);
        queue.Add(Second);

        queue.SetState(Second.Id, state, isStarted);

        Assert.Equal([First, Second with { State = state, IsStarted = isStarted }], _scene.Left());
    }

    [Theory]
    [InlineData(DownloadState.Running)]
    [InlineData(DownloadState.Completed)]
    public void A_state_that_the_next_process_could_not_use_is_refused(DownloadState state)
    {
        using var queue = _scene.Open();
        queue.Add(First);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.SetState(First.Id, state));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Add(Second with { State = state }));
        Assert.Equal([First], _scene.Left());
    }

    [Fact]
    public void What_was_removed_is_forgotten_and_may_be_added_again_at_the_end()
    {
        using var queue = _scene.Open();
        queue.Add(First);
        queue.Add(Second);
        queue.End(First.Id);
        queue.Add(First);
        Assert.Equal([Second, First], _scene.Left());
    }

    [Fact]
    public void A_priority_is_remembered()
    {
        using var queue = _scene.Open();
        queue.Add(First);
        queue.SetPriority(First.Id, int.MinValue);
        Assert.Equal([First with { Priority = int.MinValue }], _scene.Left());
    }

    [Fact]
    public void What_changes_nothing_writes_nothing()
    {
        using var queue = _scene.Open();
        queue.Add(First);
        queue.SetState(First.Id, DownloadState.Queued);
        var before = _scene.Bytes;

        queue.SetState(First.Id, DownloadState.Queued);
        queue.SetPriority(First.Id, First.Priority);
        queue.SetState(Second.Id, DownloadState.Paused);
        queue.SetPriority(Second.Id, 5);
        queue.End(Second.Id);

        Assert.Equal(before, _scene.Bytes);
    }

    [Fact]
    public void One_that_is_added_again_is_what_it_became_and_keeps_its_place()
    {
        using var queue = _scene.Open();
        queue.Add(First, 3);
        queue.Add(Second, 5);
        var fresh = First with { Source = new Uri("https://host.example/file-1.bin?sig=fresh"), State = DownloadState.Paused, IsStarted = true };

        queue.Add(fresh, 9);

        Assert.Equal([(fresh, 3), (Second, 5)], queue.Saved);
        using var next = QueueFile.Open(_scene.Disk.AfterKill(), QueueScene.Path);
        Assert.Equal([(fresh, 3), (Second, 5)], next.Saved);
    }

    [Fact]
    public void The_order_is_that_of_the_numbers_and_two_have_not_the_same()
    {
        using var queue = _scene.Open();
        queue.Add(Second, 5);
        queue.Add(First, 3);
        Assert.Throws<ArgumentException>(() => queue.Add(QueueScene.Download(3), 5));
        Assert.Equal([First, Second], _scene.Left());
    }

    [Fact]
    public void Many_additions_are_as_many_writes_and_nothing_more()
    {
        using var queue = _scene.Open();
        var before = _scene.Disk.Calls.Length;
        for (var number = 0; number < 10_000; number++)
        {
            queue.Add(QueueScene.Download(number), number);
        }

        Assert.Equal(10_000, _scene.Disk.Calls.Skip(before).Count(static call => call.Is(DiskOperation.Write, QueueScene.Path)));
        Assert.Equal(10_000, _scene.Disk.Calls.Length - before);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(QueueScene.Download), _scene.Left());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60)]
    public void A_full_disk_is_told_and_a_later_change_works(int torn)
    {
        using var queue = _scene.Open();
        queue.Add(First);
        var before = _scene.Bytes;
        _scene.Fail(DiskOperation.Write, DiskError.Full(torn));

        Assert.Throws<DiskError>(() => queue.Add(Second));
        Assert.Throws<DiskError>(() => queue.SetState(First.Id, DownloadState.Queued));
        Assert.Throws<DiskError>(() => queue.End(First.Id));

        Assert.Equal(before, _scene.Bytes);
        Assert.Equal([First], queue.Downloads());
        _scene.Disk.Before = null;
        queue.Add(Second);
        queue.SetState(First.Id, DownloadState.Queued);
        Assert.Equal([First with { IsStarted = true }, Second], _scene.Left());
    }

    [Fact]
    public void A_torn_line_that_could_not_be_cut_off_is_cut_off_before_the_next()
    {
        using var queue = _scene.Open();
        queue.Add(First);
        _scene.Disk.Before = static call => throw (call.Operation == DiskOperation.Write ? DiskError.Full(torn: 200) : DiskError.Broken());
        Assert.Throws<DiskError>(() => queue.Add(Second));
        Assert.Throws<DiskError>(() => queue.Add(Second));
        _scene.Disk.Before = null;
        Assert.Equal([First], _scene.Left());

        // Shorter than what is torn, so that it would not be written over.
        queue.SetPriority(First.Id, 7);

        Assert.Equal([First with { Priority = 7 }], _scene.Left());
        Assert.False(Assert.IsType<QueueReading.Held>(QueueReading.Of(_scene.Bytes)).IsCutOff);
    }

    [Fact]
    public void A_full_disk_does_not_keep_a_queue_from_being_opened()
    {
        using (var queue = _scene.Open())
        {
            queue.Add(First);
        }

        var whole = _scene.Bytes;
        _scene.Disk.Put(QueueScene.Path, [.. whole, .. "{\"added\":\"0000"u8]);
        _scene.Fail(DiskOperation.Write, DiskError.Full(), QueueScene.Paths.Successor);

        using var next = _scene.Open();

        Assert.Equal([First], next.Downloads());
        Assert.True(next.IsCutOff);
        Assert.Equal(whole, _scene.Bytes);
        Assert.DoesNotContain(QueueScene.Paths.Successor, _scene.Disk.Names);
        next.Add(Second);
        Assert.Equal([First, Second], _scene.Left());
    }

    [Theory]
    [InlineData(true, nameof(DiskOperation.Write), DownloadFailure.DiskFull)]
    [InlineData(false, nameof(DiskOperation.Write), DownloadFailure.DiskFull)]
    [InlineData(false, nameof(DiskOperation.Flush), DownloadFailure.DiskFull)]
    [InlineData(true, nameof(DiskOperation.Rename), DownloadFailure.DiskFull)]
    [InlineData(false, nameof(DiskOperation.FlushFolder), DownloadFailure.DiskFull)]
    public void A_queue_that_cannot_be_opened_says_why_and_leaves_everything(bool isDamaged, string operation, DownloadFailure expected)
    {
        if (isDamaged)
        {
            _scene.Disk.Put(QueueScene.Path, "damaged"u8);
        }

        _scene.Fail(Enum.Parse<DiskOperation>(operation), DiskError.Full());
        var failure = Assert.Throws<DownloadException>(() => _scene.Open());

        Assert.Equal(expected, failure.Failure);
        Assert.Contains(QueueScene.Path, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _scene.Disk.OpenFiles);
        Assert.Equal(isDamaged ? "damaged"u8.ToArray() : null, _scene.Disk.AfterPowerCut(Unsynced.Dropped).Bytes(QueueScene.Path));
        _scene.Disk.Before = null;
        _scene.Open().Dispose();
    }

    [Fact]
    public void A_closed_queue_takes_nothing_and_lets_others_have_it()
    {
        var queue = _scene.Open();
        queue.Add(First);
        queue.Dispose();
        queue.Dispose();

        Assert.Throws<ObjectDisposedException>(() => queue.Add(Second));
        Assert.Equal([QueueScene.Path], _scene.Disk.Names);
        Assert.Equal(0, _scene.Disk.OpenFiles);
        Assert.Equal([First], QueueScene.Left(_scene.Disk));
    }

    [Fact]
    public void A_second_manager_is_told_so_at_once_and_the_first_goes_on()
    {
        using var queue = _scene.Open();

        var failure = Assert.Throws<DownloadException>(() => _scene.Open());

        Assert.Equal(DownloadFailure.InUse, failure.Failure);
        Assert.Contains($"Another download manager, here or in another process, uses the queue file '{QueueScene.Path}'", failure.Message, StringComparison.Ordinal);
        queue.Add(First);
        Assert.Equal([First], _scene.Left());
    }
}
