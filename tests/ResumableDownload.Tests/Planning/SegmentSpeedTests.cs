using ResumableDownload.Planning;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Planning;

/// <summary>How fast one connection is.</summary>
public sealed class SegmentSpeedTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_steady_speed_is_told_whenever_it_began() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var (speed, now) = (new SegmentSpeed(), random.Next(3) * random.NextDouble() * Second);
        for (var (reads, begin) = (0, now); reads < 200; reads++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(1, 40));
            speed.Note(now, (long)((now - begin).TotalSeconds * 1e6) - speed.Bytes);
            if (now - begin > Second)
            {
                Assert.InRange(speed.At(now), 0.9e6, 1.1e6);
            }
        }
    }, count: 500);

    [Fact]
    public void Silence_for_two_seconds_is_no_speed_and_less_is_some()
    {
        var speed = new SegmentSpeed();
        speed.Note(5 * Second, 1000);
        Assert.True(speed.At(6.8 * Second) > 0);
        Assert.Equal(0, speed.At(7 * Second));
        Assert.Equal(0, speed.At(900 * Second));
    }

    [Fact]
    public void What_comes_after_a_long_silence_counts_alone()
    {
        var speed = new SegmentSpeed();
        speed.Note(Second, 1_000_000);
        speed.Note(60 * Second, 1000);
        Assert.InRange(speed.At(60 * Second), 500, 530);
        Assert.Equal(1_001_000, speed.Bytes);
    }

    [Fact]
    public void A_first_read_is_no_infinite_speed_and_no_stall()
    {
        var speed = new SegmentSpeed();
        Assert.Equal(0, speed.At(Second));
        speed.Note(Second, 1000);
        Assert.Equal(10_000, speed.At(Second));
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(100, 0.3)]
    [InlineData(9000, 2)]
    public void A_connection_is_young_for_three_setups(int setup, double seconds)
    {
        var speed = new SegmentSpeed();
        Assert.True(speed.IsYoung(Second, TimeSpan.Zero));
        speed.Note(Second, 1);
        Assert.True(speed.IsYoung(Second * (0.99 + seconds), TimeSpan.FromMilliseconds(setup)));
        Assert.False(speed.IsYoung(Second * (1 + seconds), TimeSpan.FromMilliseconds(setup)));
    }
}
