using ResumableDownload.Tests.TestKit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace ResumableDownload.Tests.Storage;

/// <summary>Without any one of its precautions the library would not survive the power cuts. Each is taken away in the disk or in the images, and the check must fail.</summary>
public sealed class PowerCutBites(ITestOutputHelper output)
{
    [Theory]
    [InlineData("the fsync of the partial file before a mark", nameof(PowerCutStories.StartedOverAsync), nameof(DiskOperation.Flush), ".partial", "", 0)]
    [InlineData("the fsync of the journal after a mark", nameof(PowerCutStories.StartedOverAsync), nameof(DiskOperation.Flush), ".checkpoint", "", 0)]
    [InlineData("the fsync of the folder after the first journal", nameof(PowerCutStories.StartedOverAsync), nameof(DiskOperation.FlushFolder), "", ".checkpoint", 1)]
    [InlineData("the fsync of the folder before a new generation's bytes", nameof(PowerCutStories.StartedOverAsync), nameof(DiskOperation.FlushFolder), "", ".checkpoint", 2)]
    [InlineData("the fsync of the folder before a new generation's bytes, in one run", nameof(PowerCutStories.ChangedInTheMiddleAsync), nameof(DiskOperation.FlushFolder), "", ".checkpoint", 2)]
    [InlineData("the fsync of the folder after a commit", nameof(PowerCutStories.StartedOverAsync), nameof(DiskOperation.FlushFolder), "", ".bin", 0)]
    [InlineData("the fsync of the folder between the two steps of a commit that must not overwrite", nameof(PowerCutStories.NotOverwritingAsync), nameof(DiskOperation.FlushFolder), "", ".bin", 1)]
    [InlineData("the fsync of the folder after a commit that was found done", nameof(PowerCutStories.RecoveredAsync), nameof(DiskOperation.FlushFolder), "", "", 1)]
    [InlineData("the fsync of the partial file in a compaction", nameof(PowerCutStories.CompactedAsync), nameof(DiskOperation.Flush), ".partial", "", 1)]
    [InlineData("the fsync of a compacted journal", nameof(PowerCutStories.CompactedAsync), nameof(DiskOperation.Flush), ".checkpoint.new", "", 1)]
    [InlineData("the fsync of the folder after a compaction", nameof(PowerCutStories.CompactedAsync), nameof(DiskOperation.FlushFolder), "", ".checkpoint", 1)]
    public async Task An_fsync_that_is_not_done_is_found_out(string what, string story, string operation, string file, string after, int number) =>
        await FailsAsync(what, PowerCutStories.New(story, lie: Lie(Enum.Parse<DiskOperation>(operation), file, after, number)), story);

    /// <summary>Which bytes are late, is the last write before the next generation begins.</summary>
    [Fact]
    public async Task A_late_write_is_found_out()
    {
        var (writes, story) = (0, nameof(PowerCutStories.ChangedInTheMiddleAsync));
        using (var honest = PowerCutStories.New(story))
        {
            await PowerCutStories.All[story](honest);
            writes = honest.Moments.TakeWhile(static moment => moment.Served == PowerCutStory.First).Count(static moment => IsWrite(moment.Before));
        }

        await FailsAsync("the awaiting of late writes", PowerCutStories.New(story, lie: (_, call) => IsWrite(call) && --writes == 0), story);
    }

    [Fact]
    public async Task A_mark_that_covers_more_than_its_fsync_is_found_out() =>
        await FailsAsync("the offset in a mark", PowerCutStories.New(nameof(PowerCutStories.FourSegmentsAsync), edit: EditedJournal.LateMarks), nameof(PowerCutStories.FourSegmentsAsync));

    [Theory]
    [InlineData(nameof(PowerCutStories.StartedOverAsync))]
    [InlineData(nameof(PowerCutStories.FourSegmentsAsync))]
    public async Task A_tail_that_is_believed_without_a_look_is_found_out_by_the_file_alone(string story) =>
        await FailsAsync("the verification of the tail", PowerCutStories.New(story, edit: EditedJournal.AllMarked, looksAtMarks: false), story);

    [Fact]
    public async Task A_line_that_is_believed_without_its_proof_is_found_out() =>
        await FailsAsync("the check of the chain", PowerCutStories.New(nameof(PowerCutStories.StartedOverAsync), edit: EditedJournal.StaleBlocksUnproved), nameof(PowerCutStories.StartedOverAsync));

    private static bool IsWrite(DiskCall? call) => call is { Operation: DiskOperation.Write, Path: var path } && path.EndsWith(".partial", StringComparison.Ordinal);

    /// <summary>The disk lies about one operation of a kind, or all of them.</summary>
    /// <param name="operation">Which.</param>
    /// <param name="file">How the name of its file ends.</param>
    /// <param name="after">How the new name ends that was given just before.</param>
    /// <param name="number">Which of them, from 1; 0 for all.</param>
    private static Func<PowerCutStory, DiskCall, bool> Lie(DiskOperation operation, string file, string after, int number)
    {
        var met = 0;
        return (story, call) => call.Operation == operation
            && (file.Length == 0 || call.Path.EndsWith(file, StringComparison.Ordinal))
            && (after.Length == 0 || story.Bench.Disk.Calls.Last(static call => call.Operation != DiskOperation.FlushFolder) is { Operation: DiskOperation.Rename, Path: var path } && path.EndsWith(after, StringComparison.Ordinal))
            && (number == 0 || ++met == number);
    }

    private async Task FailsAsync(string what, PowerCutStory story, string name)
    {
        using (story)
        {
            var fault = await Record.ExceptionAsync(async () =>
            {
                await PowerCutStories.All[name](story);
                await story.CheckAsync(torn: 40);
            });
            Assert.True(fault is XunitException, $"Nobody notices that {what} is missing in {story.Images} images: {fault}");
            output.WriteLine($"Without {what}, at image {story.Images}: {fault.Message.ReplaceLineEndings(" ")}");
        }
    }
}
