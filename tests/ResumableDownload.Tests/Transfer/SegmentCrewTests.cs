using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Who joins, who goes on, and what the further connections may tell.</summary>
public sealed class SegmentCrewTests : IAsyncLifetime
{
    private static readonly Conduct Second = new() { Serves = new(new byte[CrewBench.Whole], "\"v2\""), IgnoresConditions = true };

    private CrewBench _bench = null!;

    public async Task InitializeAsync() => _bench = await CrewBench.BeginAsync();

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Theory]
    [InlineData(null, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Who_has_brought_a_range_gets_another_unless_the_first_one_is_enough_by_now(int? most, bool goesOn)
    {
        _bench.DeliverAndBreak();
        Assert.True(_bench.Crew.IsWorking);
        if (most is { } limit)
        {
            _bench.Memory.LimitConnections(Bench.Source, limit);
        }

        Assert.Equal(goesOn, _bench.Next() is not null);
    }

    [Fact]
    public void Once_the_caller_has_cancelled_nobody_gets_another_range()
    {
        _bench.DeliverAndBreak();
        _bench.Caller.Cancel();
        Assert.Null(_bench.Next());
    }

    [Fact]
    public void A_range_that_comes_back_wakes_the_first_connection()
    {
        var woken = _bench.Crew.Lead.Woken;
        _bench.Crew.Release(_bench.Lead);
        Assert.True(woken.IsCompleted);
    }

    [Fact]
    public async Task After_all_were_stopped_it_begins_with_one_again()
    {
        _bench.Deliver();
        Assert.Equal(2, _bench.Crew.Size.Wanted(4));
        await _bench.Crew.DisbandAsync();
        Assert.Equal(1, _bench.Crew.Size.Wanted(4));
    }

    /// <summary>Another is wanted before, but finds nothing that would be worth its long set-up.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_joins_when_none_delivers(bool delivers)
    {
        _bench.Crew.Size.NoteSetup(TimeSpan.FromSeconds(20), isWarm: false);
        _bench.Deliver(CrewBench.Whole);
        Assert.Equal((2, false), (_bench.Crew.Size.Wanted(4), _bench.Crew.IsWorking));
        _bench.Time.Advance(TimeSpan.FromMilliseconds(25));

        _bench.Lead.End = CrewBench.MiB;
        _bench.Lead.Reach(CrewBench.MiB - (delivers ? 1 : 0));

        Assert.Equal(delivers, _bench.Crew.IsWorking);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, null)]
    public void A_refusal_is_the_servers_only_while_somebody_else_delivers(bool delivers, int? most)
    {
        if (delivers)
        {
            _bench.Lead.Begin(CrewBench.Kept, CrewBench.Whole);
            _bench.Lead.Reach(2 * CrewBench.Kept);
        }

        _bench.Crew.Limit.NoteRefusal();

        Assert.Equal(most, _bench.Memory.MostConnections(Bench.Source));
    }

    [Fact]
    public void A_change_ends_all_of_them_and_is_told_to_the_first_one()
    {
        _bench.Server.Chooses = static _ => Second;
        _bench.DeliverAndBreak();
        Assert.Equal((true, true, false), (_bench.Crew.Lead.IsRecalled, _bench.Crew.Change.IsSeen, _bench.Crew.IsWorking));
        Assert.NotNull(_bench.Crew.Lead.Take());
    }

    [Fact]
    public void A_change_that_is_seen_when_the_first_one_was_recalled_already_is_not_told()
    {
        _bench.Server.Chooses = _ =>
        {
            _bench.Crew.Lead.Wake(isWhole: true);
            return Second;
        };
        _bench.DeliverAndBreak();
        Assert.Equal((true, false), (_bench.Crew.Lead.IsRecalled, _bench.Crew.Change.IsSeen));
        Assert.Null(_bench.Crew.Lead.Take());
        Assert.NotNull(_bench.Next());
    }

    [Fact]
    public async Task A_change_that_is_seen_while_all_are_stopped_is_not_told()
    {
        var stopped = Task.CompletedTask;
        _bench.Server.Chooses = _ =>
        {
            stopped = _bench.Crew.DisbandAsync().AsTask();
            return Second;
        };
        _bench.DeliverAndBreak();
        await stopped.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((false, false, 206), (_bench.Crew.Lead.IsRecalled, _bench.Crew.Change.IsSeen, _bench.Server.Requests[0].Status));
    }

    [Fact]
    public void A_change_after_a_change_recalls_nobody_and_leaves_the_first_connection_alone()
    {
        _bench.Server.Chooses = _ =>
        {
            _bench.Crew.Change.Note();
            return Second;
        };
        _bench.DeliverAndBreak();
        Assert.Equal((false, false), (_bench.Crew.Lead.IsRecalled, _bench.Crew.IsWorking));
        Assert.Null(_bench.Next());
    }

    [Fact]
    public async Task At_its_end_a_download_lets_go_of_the_callers_token()
    {
        _bench.DeliverAndBreak();
        await _bench.Crew.DisbandAsync();
        var (lead, segment) = (_bench.Crew.Lead.Token, _bench.Next()!.Stop);

        await _bench.Crew.DisposeAsync();
        await _bench.Caller.CancelAsync();

        Assert.Equal((false, false), (lead.IsCancellationRequested, segment.IsCancellationRequested));
    }

    [Fact]
    public async Task Of_several_changes_the_first_says_what_is_newer()
    {
        var (crew, file) = (_bench.Crew, _bench.File);
        await BeginAsync("Mon, 29 Dec 2025 12:00:00 GMT");
        crew.Change.Note();
        await BeginAsync("Tue, 30 Dec 2025 12:00:00 GMT");
        crew.Change.Note();
        Assert.True(crew.Change.AllowsOthers(file.Checkpoint!));

        async Task BeginAsync(string date)
        {
            var version = StorageBench.Representation("\"v\"", CrewBench.Whole) with { Validator = new() { LastModified = date } };
            await file.BeginAsync(version, "https://host/", OriginTraits.None, CancellationToken.None);
        }
    }
}
