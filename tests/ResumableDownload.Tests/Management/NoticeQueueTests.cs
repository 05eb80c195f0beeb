using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>What a slow taker gets.</summary>
public sealed class NoticeQueueTests
{
    private readonly NoticeQueue _notices = new();
    private readonly Download _one = Made.Download();
    private readonly Download _other = Made.Download();

    [Fact]
    public void Nothing_comes_of_nothing() => Assert.False(_notices.TryTake(out _));

    [Fact]
    public void Every_change_of_state_is_kept_in_order()
    {
        Add(_one, DownloadEventKind.Added, DownloadEventKind.StateChanged, DownloadEventKind.StateChanged, DownloadEventKind.Removed);
        Assert.Equal([DownloadEventKind.Added, DownloadEventKind.StateChanged, DownloadEventKind.StateChanged, DownloadEventKind.Removed], TakeAll().Select(static notice => notice.Kind));
    }

    [Fact]
    public void Of_progress_the_newest_is_kept_in_the_place_of_the_oldest()
    {
        Progress(_one, 1);
        Progress(_other, 10);
        Progress(_one, 2);
        Progress(_one, 3);
        Assert.Equal([(_one, 3L), (_other, 10L)], TakeAll().Select(Fetched));
    }

    [Fact]
    public void Progress_never_moves_before_a_change_that_came_between()
    {
        Progress(_one, 1);
        Add(_one, DownloadEventKind.StateChanged);
        Progress(_one, 2);
        Progress(_one, 3);
        Assert.Equal(
            [(DownloadEventKind.Progress, 1L), (DownloadEventKind.StateChanged, 0L), (DownloadEventKind.Progress, 3L)],
            TakeAll().Select(static notice => (notice.Kind, notice.Progress!.Fetched)));
    }

    [Fact]
    public void A_change_of_another_download_stands_in_nobodys_way()
    {
        Progress(_one, 1);
        Add(_other, DownloadEventKind.StateChanged);
        Progress(_one, 2);
        Assert.Equal([(_one, 2L), (_other, 0L)], TakeAll().Select(Fetched));
    }

    [Fact]
    public void What_was_taken_is_not_replaced()
    {
        Progress(_one, 1);
        Assert.True(_notices.TryTake(out _));
        Progress(_one, 2);
        Assert.Equal([(_one, 2L)], TakeAll().Select(Fetched));
    }

    // A taker that is always some changes behind would get all progress of a download, and the queue would grow with it.
    [Fact]
    public void An_older_progress_that_is_taken_leaves_the_newer_one_replaceable()
    {
        Progress(_one, 1);
        Add(_one, DownloadEventKind.StateChanged);
        Progress(_one, 2);
        Assert.True(_notices.TryTake(out _));
        Progress(_one, 3);
        Assert.Equal([0L, 3L], TakeAll().Select(static notice => notice.Progress!.Fetched));
    }

    private static (Download Download, long Fetched) Fetched(DownloadEvent notice) => (notice.Download, notice.Progress!.Fetched);

    private void Progress(Download download, long fetched) => _notices.Add(Made.Event(download, DownloadEventKind.Progress, fetched));

    private void Add(Download download, params DownloadEventKind[] kinds)
    {
        foreach (var kind in kinds)
        {
            _notices.Add(Made.Event(download, kind));
        }
    }

    private List<DownloadEvent> TakeAll()
    {
        var taken = new List<DownloadEvent>();
        while (_notices.TryTake(out var notice))
        {
            taken.Add(notice);
        }

        return taken;
    }
}
