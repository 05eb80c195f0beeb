using ResumableDownload.Management;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Management;

/// <summary>Whose turn it is.</summary>
public sealed class TurnQueueTests
{
    private readonly TurnQueue _turns = new();

    [Fact]
    public void The_first_that_was_added_is_next_whatever_the_order_in_which_they_begin_to_wait()
    {
        var (first, second, third) = (Waiting(), Waiting(), Waiting());
        Add(third, first, second);
        Assert.Equal([first, second, third], TakeAll());
    }

    [Fact]
    public void A_greater_priority_goes_before_an_earlier_arrival()
    {
        var (usual, late, urgent, least) = (Waiting(), Waiting(), Waiting(priority: 1), Waiting(priority: -1));
        Add(usual, late, urgent, least);
        Assert.Equal([urgent, usual, late, least], TakeAll());
    }

    [Fact]
    public void The_greatest_and_the_least_of_all_priorities_are_in_order()
    {
        var (least, most) = (Waiting(priority: int.MinValue), Waiting(priority: int.MaxValue));
        Add(least, most);
        Assert.Equal([most, least], TakeAll());
    }

    [Fact]
    public void A_host_that_has_all_its_turns_lets_others_go_before()
    {
        var (busy, other) = (Waiting("one.test", priority: 9), Waiting("two.test"));
        Add(busy, other);
        _turns.NoteBegun(TurnQueue.HostOf(busy));
        Assert.Equal(other, _turns.Next(mostPerHost: 1));
        Assert.Equal(busy, _turns.Next(mostPerHost: 2));

        _turns.NoteBegun(TurnQueue.HostOf(other));
        Assert.Null(_turns.Next(mostPerHost: 1));

        _turns.NoteEnded(TurnQueue.HostOf(busy));
        Assert.Equal(busy, _turns.Next(mostPerHost: 1));
    }

    [Fact]
    public void Nobody_is_next_of_nobody() => Assert.Null(_turns.Next(mostPerHost: 1));

    [Fact]
    public void Who_is_removed_is_not_next_and_may_be_removed_again()
    {
        var (first, second) = (Waiting(), Waiting());
        Add(first, second);
        _turns.Remove(first);
        _turns.Remove(first);
        Assert.Equal((second, 1, false, true), (_turns.Next(1), _turns.Count, _turns.Contains(first), _turns.Contains(second)));
    }

    [Fact]
    public void Turns_are_counted_for_each_host_and_for_all()
    {
        _turns.NoteBegun("one");
        _turns.NoteBegun("one");
        _turns.NoteBegun("two");
        Assert.Equal((3, 2, 1, 0), (_turns.Running, _turns.RunningOf("one"), _turns.RunningOf("two"), _turns.RunningOf("three")));

        _turns.NoteEnded("one");
        _turns.NoteEnded("two");
        Assert.Equal((1, 1, 0), (_turns.Running, _turns.RunningOf("one"), _turns.RunningOf("two")));
    }

    [Theory]
    [InlineData("https://host/a", "https://host/b", true)]
    [InlineData("https://host/a", "https://HOST:443/b", true)]
    [InlineData("https://host/a", "https://user:word@host/a?b#c", true)]
    [InlineData("https://host/a", "https://host:8443/a", false)]
    [InlineData("https://host/a", "http://host/a", false)]
    [InlineData("https://host/a", "https://other/a", false)]
    public void A_host_is_its_name_and_its_port(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Of(one) == Of(other));

    /// <summary>Against the plain way to say it: sort, and take the first whose host has a turn left.</summary>
    [Fact]
    public void It_is_what_a_sorted_list_would_give() => Law.Holds(Law.Seed, static seed =>
    {
        var (random, turns, plain) = (new Random(seed), new TurnQueue(), new List<Download>());
        var running = new List<string>();
        for (var step = 0; step < 60; step++)
        {
            switch (random.Next(5))
            {
                case 0 or 1:
                    plain.Add(Made.Download(Made.Request(host: $"host{random.Next(4)}"), random.Next(3)));
                    turns.Add(plain[^1]);
                    break;
                case 2 when plain.Count > 0:
                    var gone = plain[random.Next(plain.Count)];
                    plain.Remove(gone);
                    turns.Remove(gone);
                    break;
                case 3:
                    running.Add($"host{random.Next(4)}:443");
                    turns.NoteBegun(running[^1]);
                    break;
                case 4 when running.Count > 0:
                    turns.NoteEnded(running[0]);
                    running.RemoveAt(0);
                    break;
            }

            var most = random.Next(1, 4);
            var expected = plain.OrderBy(static download => download.Place).FirstOrDefault(download => running.Count(host => host == TurnQueue.HostOf(download)) < most);
            Assert.Equal((expected, plain.Count, running.Count), (turns.Next(most), turns.Count, turns.Running));
        }
    }, count: 300);

    private static string Of(string address) => TurnQueue.HostOf(Made.Download(new(new Uri(address), "/folder/a")));

    private static Download Waiting(string host = "one.test", int priority = 0) => Made.Download(Made.Request(host: host), priority);

    private void Add(params Download[] downloads)
    {
        foreach (var download in downloads)
        {
            _turns.Add(download);
        }
    }

    private List<Download> TakeAll()
    {
        var taken = new List<Download>();
        while (_turns.Next(int.MaxValue) is { } next)
        {
            taken.Add(next);
            _turns.Remove(next);
        }

        return taken;
    }
}
