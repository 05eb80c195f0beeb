using ResumableDownload.Planning;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Planning;

/// <summary>The two windows: is a connection stalled, and how fast is it.</summary>
public sealed class WindowTests
{
    private const long Least = 1000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Silence_is_a_stall_after_the_window_and_not_before()
    {
        var stall = new StallWindow(Window, Least);
        var beats = 1;
        for (; !stall.Note(0, Beat); beats++)
        {
        }

        Assert.Equal(Window, beats * Beat);
    }

    // Not an idle timeout: a byte a second keeps one of those quiet for ever.
    [Fact]
    public void A_dribble_is_a_stall() => Law.Holds(Law.Seed, static seed =>
    {
        var stalledAt = StalledAt(new Random(seed), share: 0.8, most: 3 * Window);
        Assert.InRange(stalledAt ?? TimeSpan.MaxValue, Window, Window + Beat);
    }, count: 500);

    [Fact]
    public void Enough_is_never_a_stall() => Law.Holds(Law.Seed, static seed =>
        Assert.Null(StalledAt(new Random(seed), share: 1.3, most: 5 * Window)), count: 500);

    [Fact]
    public void A_burst_keeps_a_connection_for_one_window()
    {
        var stall = new StallWindow(Window, Least);
        stall.Note(Least * 1000, Beat);
        var (beats, stalled) = (1, false);
        for (; !stalled; beats++)
        {
            stalled = stall.Note(0, Beat);
        }

        Assert.InRange(beats * Beat, Window, 1.11 * Window);
    }

    [Theory]
    [InlineData(Least - 1, true)]
    [InlineData(Least, false)]
    public void What_is_just_enough_is_no_stall(long bytes, bool isStall) => Assert.Equal(isStall, new StallWindow(Window, Least).Note(bytes, Window));

    // Our own limit and a slow disk take time in which no read was pending.
    [Fact]
    public void Time_in_which_nothing_was_asked_for_does_not_count()
    {
        var stall = new StallWindow(Window, Least);
        Assert.DoesNotContain(true, Enumerable.Range(0, 10_000).Select(_ => stall.Note(0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_steady_speed_is_told_exactly() => Law.Holds(Law.Seed, static seed =>
    {
        var random = new Random(seed);
        var (speed, window, now) = (random.Next(1, 1_000_000), new SpeedWindow(), TimeSpan.FromHours(random.Next(100)));
        Assert.Equal(0, window.Note(now, 0));
        for (var (begin, sample) = (now, 0); sample < 100; sample++)
        {
            now += TimeSpan.FromSeconds(random.Next(1, 3000) / 1000.0);
            var bytes = (long)((now - begin).TotalSeconds * speed);
            Assert.InRange(window.Note(now, bytes), speed - 1001, speed + 1001);
        }
    }, count: 500);

    [Fact]
    public void What_was_long_ago_no_longer_counts()
    {
        var (window, now) = (new SpeedWindow(), TimeSpan.Zero);
        window.Note(now, 0);
        window.Note(now += TimeSpan.FromSeconds(1), 1_000_000);
        for (var second = 0; second < 5; second++)
        {
            window.Note(now += TimeSpan.FromSeconds(1), 1_000_000);
        }

        Assert.Equal(0, window.Note(now + TimeSpan.FromSeconds(1), 1_000_000));
    }

    [Fact]
    public void The_speed_is_the_average_of_five_seconds()
    {
        var window = new SpeedWindow();
        window.Note(TimeSpan.FromSeconds(10), 0);
        window.Note(TimeSpan.FromSeconds(12), 0);
        Assert.Equal(200_000, window.Note(TimeSpan.FromSeconds(15), 1_000_000));
        Assert.Equal(250_000, window.Note(TimeSpan.FromSeconds(16), 1_000_000));
    }

    [Fact]
    public void Notes_further_apart_than_five_seconds_tell_a_speed_too()
    {
        var window = new SpeedWindow();
        window.Note(TimeSpan.FromSeconds(10), 0);
        Assert.Equal(100_000, window.Note(TimeSpan.FromSeconds(20), 1_000_000));
    }

    [Fact]
    public void Two_notes_at_one_moment_are_no_infinite_speed()
    {
        var window = new SpeedWindow();
        window.Note(TimeSpan.Zero, 0);
        Assert.Equal(0, window.Note(TimeSpan.Zero, 1_000_000));
    }

    /// <summary>When a connection that delivers this share of what it must, in random pieces, counts as stalled.</summary>
    private static TimeSpan? StalledAt(Random random, double share, TimeSpan most)
    {
        var (stall, now, delivered) = (new StallWindow(Window, Least), TimeSpan.Zero, 0L);
        while (now < most)
        {
            var waited = TimeSpan.FromMilliseconds(random.Next(1, 51));
            now += waited;
            var due = (long)(now / Window * Least * share) - delivered;
            var bytes = random.Next(3) == 0 ? due : 0;
            delivered += bytes;
            if (stall.Note(bytes, waited))
            {
                return now;
            }
        }

        return null;
    }
}
