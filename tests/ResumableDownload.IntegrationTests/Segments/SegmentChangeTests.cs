namespace ResumableDownload.IntegrationTests;

/// <summary>A file that changes while several connections bring it.</summary>
public sealed class SegmentChangeTests
{
    public static TheoryData<bool, bool, int> Worlds => Matrix.Of<bool, bool, int>([false, true], [false, true], [2, 3, 4]);

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task A_changed_file_of_the_same_length_is_never_mixed_and_costs_one_start_over(bool ignoresIfRange, bool ignoresIfMatch, int request)
    {
        await using var scene = Many.Scene();
        scene.Options.MaxConnections = 8;
        var count = 0;
        scene.Origin.ByRequest = _ => Many.Paced with
        {
            IgnoresIfRange = ignoresIfRange,
            IgnoresIfMatch = ignoresIfMatch,
            First = () => scene.Origin.Resource = Interlocked.Increment(ref count) < request ? scene.Origin.Resource : Many.Version(2),
        };

        var result = await scene.HurryAsync();

        // Where the first connection asked for nothing more, the old version is whole and was served: that is right, too.
        scene.AssertHolds(count < request ? Many.Version(1) : Many.Version(2));
        Assert.Equal(count < request ? [] : [StartOverReason.Changed], result.StartedOver);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(32)]
    public async Task A_file_that_changes_thrice_is_never_mixed(int connections)
    {
        await using var scene = Many.Scene();
        scene.Options.MaxConnections = connections;
        var count = 0;
        scene.Origin.ByRequest = _ => Many.Paced with { First = () => scene.Origin.Resource = Many.Version(Math.Min(4, 1 + (Interlocked.Increment(ref count) / 3))) };

        var result = await scene.HurryAsync();

        // Whoever has one of them and asks for nothing more cannot know of the next.
        var tag = result.Validator.EntityTag;
        scene.AssertHolds(Many.Version(int.Parse(tag!.AsSpan(2, 1), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.InRange(result.StartedOver.Count, 1, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Several_gaps_that_are_kept_of_a_replaced_file_are_not_filled_with_the_new_one(bool ignoresConditions)
    {
        await using var scene = Many.Scene();
        scene.Options.MaxConnections = 8;
        scene.Origin.Otherwise = Many.Paced with { IgnoresIfMatch = ignoresConditions, IgnoresIfRange = ignoresConditions };
        await scene.PauseAsync(6 * Many.MiB);
        scene.Origin.Resource = Many.Version(2);

        var result = await scene.HurryAsync();

        scene.AssertHolds(Many.Version(2));
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cluster_whose_nodes_give_different_tags_by_turn_is_brought_with_one_start_over_at_most(bool ignoresIfMatch)
    {
        await using var scene = Many.Scene();
        var count = 0;
        scene.Origin.ByRequest = _ => Many.Paced with { IgnoresIfMatch = ignoresIfMatch, First = () => scene.Origin.Resource = Many.Version(1) with { EntityTag = $"\"node{Interlocked.Increment(ref count) % 2}\"" } };

        var result = await scene.HurryAsync();

        scene.AssertHolds(Many.Version(1));
        Assert.InRange(result.StartedOver.Count, 0, 1);
        Assert.InRange(scene.Requests.Count, 2, 20);
    }

    [Fact]
    public async Task A_file_that_is_withdrawn_meanwhile_still_comes_from_the_connection_that_has_it()
    {
        await using var scene = Many.Scene();
        var count = 0;
        scene.Origin.ByRequest = _ => Interlocked.Increment(ref count) <= 1 ? Many.Paced : Conduct.Refuse(404);

        await scene.HurryAsync();

        scene.AssertHolds(Many.Version(1));
    }

    [Fact]
    public async Task A_file_that_is_withdrawn_when_others_had_joined_fails_honestly_and_keeps_what_came()
    {
        await using var scene = Many.Scene();
        var count = 0;
        scene.Origin.ByRequest = _ => Interlocked.Increment(ref count) <= 2 ? Many.Paced with { BodyLimit = 2 * Many.MiB, Ending = Ending.Reset } : Conduct.Refuse(404);

        var failure = await Assert.ThrowsAsync<DownloadException>(() => scene.HurryAsync());

        Assert.Equal(DownloadFailure.NotFound, failure.Failure);
        Assert.InRange(failure.Kept, Many.MiB, 4 * Many.MiB);
        Assert.False(File.Exists(scene.Destination));
        scene.Origin.ByRequest = null;
        Assert.Equal(failure.Kept, (await scene.HurryAsync()).ResumedFrom);
        scene.AssertHolds(Many.Version(1));
    }
}
