using ResumableDownload.Management;

namespace ResumableDownload.Tests.Management;

/// <summary>Who must stop when fewer may run.</summary>
public sealed class TurnLimitsTests
{
    [Fact]
    public void Within_the_limits_nobody_stops() =>
        Assert.Empty(new TurnLimits(3, 2).SurplusOf([Run("one"), Run("two"), Run("one")]));

    [Fact]
    public void The_last_places_stop_first()
    {
        var (first, last, urgent) = (Run("one"), Run("two"), Run("three", priority: 1));
        Assert.Equal([last], new TurnLimits(2, 2).SurplusOf([last, urgent, first]));
        Assert.Equal([first, last], new TurnLimits(1, 1).SurplusOf([last, urgent, first]));
    }

    [Fact]
    public void A_host_that_has_too_many_costs_the_others_nothing()
    {
        var (first, second, other) = (Run("one"), Run("one"), Run("two"));
        Assert.Equal([second], new TurnLimits(3, 1).SurplusOf([first, second, other]));

        // Nor does the one that stops take the place of one that may stay.
        Assert.Equal([second], new TurnLimits(2, 1).SurplusOf([first, second, other]));
    }

    [Fact]
    public void Who_stops_already_does_not_count()
    {
        var (stopping, first, second) = (Run("one"), Run("one"), Run("one"));
        stopping.Stop(StopReason.Pause);
        Assert.Empty(new TurnLimits(2, 2).SurplusOf([stopping, first, second]));
    }

    [Fact]
    public void What_only_winds_up_has_no_turn_to_give_back() =>
        Assert.Empty(new TurnLimits(1, 1).SurplusOf([new ManagedRun(null!, Made.Download(), host: null), Run("one")]));

    private static ManagedRun Run(string host, int priority = 0) => Made.Run(Made.Download(Made.Request(host: host), priority));
}
