using ResumableDownload.Planning;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Planning;

/// <summary>How much of a body is worth waking up for.</summary>
public sealed class GatheringMarkTests
{
    [Theory]
    [InlineData(300_000, 1)]
    [InlineData(408_000, 1)]
    [InlineData(410_000, 4 << 10)]
    [InlineData(1_000_000, 8 << 10)]
    [InlineData(10_000_000, 64 << 10)]
    [InlineData(50_000_000, 256 << 10)]
    [InlineData(5_000_000_000, 256 << 10)]
    public void A_hundredth_of_a_second_is_gathered_in_a_power_of_two_but_not_of_a_slow_link_and_never_without_bound(long bytesPerSecond, int expected) =>
        Assert.Equal(expected, After(bytesPerSecond).BytesOf(1 << 20));

    [Fact]
    public void Nothing_is_gathered_before_the_speed_is_known() => Assert.Equal(1, new GatheringMark().BytesOf(1 << 20));

    // A mark above what is asked for would wait for bytes that no read of this body may take.
    [Fact]
    public void No_more_is_waited_for_than_is_asked() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var asked = random.Next(1, 1 << 20);
        Assert.InRange(After(random.NextInt64(5_000_000_000)).BytesOf(asked), 1, asked);
    }, count: 500);

    [Fact]
    public void A_link_that_slows_down_is_believed_at_once()
    {
        var mark = After(50_000_000);

        mark.Note(1000, TimeSpan.FromMilliseconds(50));

        Assert.Equal(1, mark.BytesOf(1 << 20));
    }

    private static GatheringMark After(long bytesPerSecond)
    {
        var mark = new GatheringMark();
        for (var piece = 0; piece < 100; piece++)
        {
            mark.Note((int)(bytesPerSecond / 1000), TimeSpan.FromMilliseconds(1));
        }

        return mark;
    }
}
