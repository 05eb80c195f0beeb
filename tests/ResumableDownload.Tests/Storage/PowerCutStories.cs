using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Short downloads in which everything happens that the disk has to do with.</summary>
internal static class PowerCutStories
{
    public static readonly IReadOnlyDictionary<string, Func<PowerCutStory, Task>> All = new Dictionary<string, Func<PowerCutStory, Task>>
    {
        [nameof(StartedOverAsync)] = StartedOverAsync,
        [nameof(ChangedInTheMiddleAsync)] = ChangedInTheMiddleAsync,
        [nameof(FourSegmentsAsync)] = FourSegmentsAsync,
        [nameof(NotOverwritingAsync)] = NotOverwritingAsync,
        [nameof(CompactedAsync)] = CompactedAsync,
        [nameof(RecoveredAsync)] = RecoveredAsync,
    };

    /// <summary>A story that is yet to be told.</summary>
    /// <param name="name">Which.</param>
    /// <param name="lie">What the disk says it did and did not.</param>
    /// <param name="edit">What is done to each image.</param>
    /// <param name="looksAtMarks">Whether the marks are held against the bytes.</param>
    /// <param name="isKill">Whether the process is killed only.</param>
    public static PowerCutStory New(
        string name,
        Func<PowerCutStory, DiskCall, bool>? lie = null,
        Action<PowerCutMoment, SimulatedDisk>? edit = null,
        bool looksAtMarks = true,
        bool isKill = false) =>
        new(name == nameof(NotOverwritingAsync) ? ExistingDestination.Fail : ExistingDestination.Replace) { Lie = lie, Edit = edit, LooksAtMarks = looksAtMarks, IsKill = isKill };

    /// <summary>A run that is cut by the server; a second one that finds another version; a third that goes on and commits.</summary>
    public static async Task StartedOverAsync(PowerCutStory story)
    {
        var bench = story.Bench;
        story.Watch(bench.Disk);
        await FailAsync(story, PowerCutStory.Slow with { CutAfter = 5000 });
        bench.Server.Version = PowerCutStory.Second;
        await FailAsync(story, PowerCutStory.Slow with { CutAfter = 5500 });
        await FinishAsync(story);
    }

    /// <summary>A run that goes on with one version, and starts over with the next one.</summary>
    public static async Task ChangedInTheMiddleAsync(PowerCutStory story)
    {
        var bench = story.Bench;
        story.Watch(bench.Disk);
        await FailAsync(story, PowerCutStory.Slow with { CutAfter = 4000 });
        bench.Server.Then(PowerCutStory.Slow with { CutAfter = 900 });
        bench.Server.OnRequest = number => bench.Server.Version = number < 4 ? PowerCutStory.First : PowerCutStory.Second;
        await FinishAsync(story);
    }

    /// <summary>Four segments that write by turns, two flushes during which others write, and a commit.</summary>
    public static async Task FourSegmentsAsync(PowerCutStory story)
    {
        var bench = story.Bench;
        story.Watch(bench.Disk);
        using var file = (await PartialFile.OpenAsync(bench.Setup, CancellationToken.None)).File;
        await file.BeginAsync(StorageBench.Representation(PowerCutStory.First.EntityTag!, PowerCutStory.Length), "https://origin.test/", OriginTraits.None, CancellationToken.None);
        var gate = new TaskCompletionSource();
        bench.Disk.FlushGate = call => call.Is(DiskOperation.Flush, bench.Paths.Partial) ? gate.Task : Task.CompletedTask;
        for (var piece = 0; piece < 12; piece++)
        {
            if (piece is 4 or 8)
            {
                bench.Time.Advance(TimeSpan.FromSeconds(2));
            }

            // The fsync that was begun two pieces ago ends now, and all that follows from it: before the next piece looks whether it may begin another.
            if (piece is 6 or 10)
            {
                Inline.Run(() => Interlocked.Exchange(ref gate, new()).SetResult());
            }

            var start = (piece % 4 * 1500) + (piece / 4 * 500);
            await file.WriteAsync(start, PowerCutStory.First.Content.AsMemory(start, 500), CancellationToken.None);
        }

        bench.Disk.FlushGate = null;
        await file.CommitAsync(PowerCutStory.Length, null, CancellationToken.None);
        story.End();
    }

    /// <summary>A commit that must not overwrite.</summary>
    public static async Task NotOverwritingAsync(PowerCutStory story)
    {
        story.Watch(story.Bench.Disk);
        await FinishAsync(story);
    }

    /// <summary>A killed run leaves lines that are not flushed, and one byte of them is damaged: the next run compacts the journal.</summary>
    public static async Task CompactedAsync(PowerCutStory story)
    {
        var bench = story.Bench;
        await FailAsync(story, new Conduct { Piece = 500, Pause = TimeSpan.FromMilliseconds(150), CutAfter = 3000 });
        bench.Disk.Tamper(bench.Paths.Partial, static node => node.Corrupt(2600));
        story.Watch(bench.Disk.AfterKill());
        await FinishAsync(story);
    }

    /// <summary>A run that is killed in mid-commit, and one that finds the commit done but for its end.</summary>
    public static async Task RecoveredAsync(PowerCutStory story)
    {
        var bench = story.Bench;
        SimulatedDisk? left = null;
        bench.Disk.Before = call => left ??= call.Operation == DiskOperation.FlushFolder && bench.Disk.Bytes(bench.Target).AsSpan().SequenceEqual(PowerCutStory.First.Content) ? bench.Disk.AfterKill() : null;
        await bench.RunAsync();
        story.Watch(left!);
        await bench.RunAsync();
        story.End();
    }

    private static async Task FailAsync(PowerCutStory story, Conduct conduct)
    {
        var settings = story.Bench.Settings;
        story.Bench.Settings = settings with { Retry = settings.Retry with { MostFruitless = 1 } };
        story.Bench.Server.Then(conduct, PowerCutStory.Down);
        await story.Bench.FailAsync();
        story.Bench.Settings = settings;
    }

    private static async Task FinishAsync(PowerCutStory story)
    {
        story.Bench.Server.Otherwise = PowerCutStory.Slow;
        await story.Bench.RunAsync();
        story.End();
        story.Bench.AssertWhole(story.Bench.Server.Version);
    }
}
