using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>The life of a queue file, cut off before each of its disk operations.</summary>
public sealed class QueuePowerCuts
{
    private readonly QueueScene _scene = new();
    private readonly List<Moment> _moments = [];
    private readonly List<IReadOnlyList<SavedDownload>> _states = [[]];
    private int _flushed;

    [Fact]
    public async Task A_kill_at_any_moment_loses_no_change()
    {
        await RecordAsync();
        foreach (var moment in _moments)
        {
            AssertOneOf(moment.Volume.AfterKill(), moment.States - 1, moment.States);
        }
    }

    [Fact]
    public async Task A_power_cut_at_any_moment_loses_nothing_that_was_flushed_and_makes_nothing_up()
    {
        await RecordAsync();
        foreach (var (moment, number) in _moments.Select(static (moment, number) => (moment, number)))
        {
            foreach (var image in PowerCuts.Of(moment.Volume, torn: 10, seed: 31 * number))
            {
                AssertOneOf(image, moment.Flushed, moment.States);
            }
        }
    }

    /// <summary>Opening writes anew what it read; whatever stops it, the next one reads the same.</summary>
    [Fact]
    public async Task A_power_cut_while_opening_after_a_power_cut_changes_nothing()
    {
        await RecordAsync();
        foreach (var (moment, number) in _moments.Select(static (moment, number) => (moment, number)).Where(static at => at.number % 3 == 0))
        {
            var image = moment.Volume.AfterPowerCut(Unsynced.Torn, number);
            var expected = QueueScene.Left(image.AfterKill());
            List<SimulatedDisk> seconds = [];
            image.Before = _ => seconds.Add(image.AfterKill());
            QueueScene.Left(image);
            image.Before = null;
            foreach (var second in seconds.Append(image).SelectMany(disk => PowerCuts.Of(disk, seed: number)))
            {
                Assert.Equal(expected, QueueScene.Left(second));
            }
        }
    }

    [Fact]
    public void A_power_cut_while_a_damaged_file_is_put_aside_keeps_it_under_one_of_its_names()
    {
        _scene.Disk.Put(QueueScene.Path, "damaged"u8);
        List<SimulatedDisk> moments = [];
        _scene.Disk.Before = _ => moments.Add(_scene.Disk.AfterKill());
        _scene.Open().Dispose();
        _scene.Disk.Before = null;

        foreach (var image in moments.Append(_scene.Disk).SelectMany(static moment => PowerCuts.Of(moment, torn: 60)))
        {
            byte[]?[] there = [image.Bytes(QueueScene.Path), image.Bytes(QueueScene.Paths.Damaged)];
            Assert.Contains(there, static bytes => bytes is not null && bytes.AsSpan().SequenceEqual("damaged"u8));
            Assert.Empty(QueueScene.Left(image));
        }
    }

    /// <summary>Two processes, changes of all sorts, a flush, and so much that came and went that the file is written anew.</summary>
    private async Task RecordAsync()
    {
        _scene.Disk.Before = _ => _moments.Add(new(_scene.Disk.AfterKill(), _states.Count, _flushed));
        using (var queue = Open())
        {
            Do(queue, () => queue.Add(QueueScene.Download(1)));
            Do(queue, () => queue.Add(QueueScene.Download(2)));
            Do(queue, () => queue.SetState(QueueScene.Download(1).Id, DownloadState.Queued));
            await FlushAsync(queue);
            Do(queue, () => queue.Add(QueueScene.Download(3)));
            Do(queue, () => queue.SetState(QueueScene.Download(2).Id, DownloadState.Failed));
            Do(queue, () => queue.Add(QueueScene.Download(1) with { Source = new Uri("https://host.example/fresh") }));
        }

        using (var queue = Open())
        {
            for (var number = 10; number < 13; number++)
            {
                Do(queue, () => queue.Add(QueueScene.Download(number) with { ResourceKey = new string('k', 30_000) }));
                Do(queue, () => queue.End(QueueScene.Download(number).Id));
            }

            Do(queue, () => queue.SetPriority(QueueScene.Download(3).Id, 9));
            await FlushAsync(queue);
            Do(queue, () => queue.End(QueueScene.Download(1).Id));
        }

        _moments.Add(new(_scene.Disk.AfterKill(), _states.Count, _flushed));
        _scene.Disk.Before = null;
        Assert.Equal(3, _scene.Disk.Calls.Count(static call => call.Is(DiskOperation.Rename, QueueScene.Path)));
        Assert.InRange(_moments.Count, 40, 100);
    }

    private QueueFile Open()
    {
        var queue = _scene.Open();
        _flushed = _states.Count - 1;
        return queue;
    }

    private async Task FlushAsync(QueueFile queue)
    {
        await queue.FlushAsync();
        _flushed = _states.Count - 1;
    }

    // A moment within a change has one state more than were noted before it.
    private void Do(QueueFile queue, Action change)
    {
        change();
        _states.Add(queue.Downloads());
    }

    /// <summary>The volume leaves one of the states from one number up to, and with, another.</summary>
    private void AssertOneOf(SimulatedDisk disk, int first, int last)
    {
        var left = QueueScene.Left(disk);
        Assert.Contains(_states.Skip(first).Take(last - first + 1), state => state.SequenceEqual(left));
        Assert.False(disk.FileExists(QueueScene.Paths.Damaged), "A power cut must not look like damage");
    }

    private sealed record Moment(SimulatedDisk Volume, int States, int Flushed);
}
