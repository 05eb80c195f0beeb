using ResumableDownload.Planning;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>How many connections there should be, and what the next range of each costs, by what was measured.</summary>
public sealed class CrewSizeTests : IAsyncLifetime
{
    private const int Whole = 64 << 20;

    private readonly StorageBench _bench = new();
    private PartialFile? _file;
    private SegmentBoard? _board;
    private CrewSize? _size;

    public async Task InitializeAsync()
    {
        _file = await _bench.BeginAsync(length: Whole);
        _board = new(_file, _bench.Time);
        _size = new(_board, _bench.Time);
    }

    public Task DisposeAsync()
    {
        _file?.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void A_set_up_is_the_mean_of_what_was_measured_and_a_round_trip_the_shortest()
    {
        Assert.Equal(new SetupCost(TimeSpan.Zero), _size!.CostOf(default));
        _size.NoteSetup(Milliseconds(100), isWarm: false);
        AssertCosts(setup: 100, roundTrip: 50);
        _size.NoteSetup(Milliseconds(60), isWarm: true);
        AssertCosts(setup: 80, roundTrip: 50);
        _size.NoteSetup(Milliseconds(40), isWarm: true);
        AssertCosts(setup: 60, roundTrip: 40);
    }

    [Fact]
    public void It_is_looked_every_25_milliseconds()
    {
        Assert.True(_size!.IsDue);
        Assert.Equal(1, _size.Wanted(4));
        Assert.False(_size.IsDue);
        _bench.Time.Advance(Milliseconds(25) - TimeSpan.FromTicks(1));
        Assert.False(_size.IsDue);
        _bench.Time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_size.IsDue);
    }

    [Fact]
    public void Two_are_wanted_soon_after_the_first_bytes_and_never_more_than_there_may_be()
    {
        Deliver();
        Assert.Equal(2, _size!.Wanted(4));
        Assert.Equal(1, _size.Wanted(1));
        Assert.Equal(2, _size.Wanted(4));
    }

    [Fact]
    public void After_a_restart_it_begins_with_one()
    {
        Deliver();
        Assert.Equal(2, _size!.Wanted(4));
        _size.Restart();
        Assert.Equal(1, _size.Wanted(4));
        Assert.Null(_board!.Look(TimeSpan.Zero, 4));
    }

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private void Deliver()
    {
        var segment = _board!.Take(0, default)!;
        segment.Begin(0, Whole);
        segment.Reach(1000);
        _bench.Time.Advance(Milliseconds(60));
        segment.Reach(100_000);
    }

    private void AssertCosts(int setup, int roundTrip)
    {
        Assert.Equal(Milliseconds(setup), _size!.Setup);
        Assert.Equal(new SetupCost(Milliseconds(setup), Milliseconds(roundTrip)), _size.CostOf(default));
        Assert.Equal(new SetupCost(Milliseconds(setup)), _size.CostOf(new(1, IsWarm: true)));
    }
}
