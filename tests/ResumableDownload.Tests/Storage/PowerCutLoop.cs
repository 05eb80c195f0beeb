using ResumableDownload.Tests.TestKit;
using Xunit.Abstractions;

namespace ResumableDownload.Tests.Storage;

/// <summary>Short downloads with everything in them, cut off before each of their disk operations, and gone on with from whatever that may leave.</summary>
public sealed class PowerCutLoop(ITestOutputHelper output)
{
    private const int Torn = 12;

    public static TheoryData<string> Stories => [.. PowerCutStories.All.Keys];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_power_cut_at_any_moment_costs_no_marked_byte_and_never_a_wrong_file(string name)
    {
        using var story = PowerCutStories.New(name);
        await PowerCutStories.All[name](story);

        await story.CheckAsync(Torn);

        output.WriteLine($"{name}: {story.Moments.Count} cuts, {story.Images} images");
        Assert.InRange(story.Moments.Count, 5, 300);
        Assert.Equal(story.Moments.Count * (2 + Torn + (Torn / 2)), story.Images);
    }

    /// <summary>In one story a byte that was journaled is damaged; there, only what is marked is safe.</summary>
    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_kill_at_any_moment_costs_no_journaled_byte_and_never_a_wrong_file(string name)
    {
        using var story = PowerCutStories.New(name, isKill: name != nameof(PowerCutStories.CompactedAsync));
        await PowerCutStories.All[name](story);

        await story.CheckAsync(static moment => [moment.Disk.AfterKill()]);
    }

    /// <summary>The second cut finds what the first recovery was doing.</summary>
    [Fact]
    public async Task A_power_cut_while_going_on_after_a_power_cut_is_no_worse()
    {
        using var story = PowerCutStories.New(nameof(PowerCutStories.StartedOverAsync));
        await PowerCutStories.StartedOverAsync(story);
        var random = new Random(17);
        foreach (var moment in story.Moments.Where(static (_, number) => number % 3 == 0))
        {
            using var next = new PowerCutStory(story, moment, moment.Disk.AfterPowerCut(Unsynced.Torn, random.Next()));
            next.Watch(next.Bench.Disk);
            await next.Bench.RunAsync();
            next.End();
            await next.CheckAsync(second => [second.Disk.AfterPowerCut(Unsynced.Torn, random.Next())]);
        }
    }

    /// <summary>A file system may give a file a block that it does not write any more: then what an older file had there is in the journal.</summary>
    [Fact]
    public async Task A_journal_with_blocks_of_a_former_one_is_believed_as_far_as_its_own_lines_go()
    {
        using var story = PowerCutStories.New(nameof(PowerCutStories.StartedOverAsync), edit: EditedJournal.StaleBlocks);
        await PowerCutStories.StartedOverAsync(story);

        await story.CheckAsync(Torn);
    }
}
