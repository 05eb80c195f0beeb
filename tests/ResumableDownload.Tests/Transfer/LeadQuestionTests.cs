using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What the first connection asks for, alone and beside others.</summary>
public sealed class LeadQuestionTests : IAsyncLifetime
{
    private const int Half = CrewBench.Whole / 2;

    private CrewBench _bench = null!;

    public async Task InitializeAsync() => _bench = await CrewBench.BeginAsync();

    public Task DisposeAsync() => _bench.DisposeAsync().AsTask();

    [Fact]
    public async Task It_rests_while_there_are_as_many_as_the_server_has_time_for()
    {
        _bench.DeliverAndBreak();
        _bench.Memory.LimitConnections(Bench.Source, 1);
        var next = NextAsync();
        Assert.False(next.IsCompleted);

        _bench.Memory.LimitConnections(Bench.Source, 2);
        _bench.Crew.Lead.Wake();
        var (_, segment) = await SoonAsync(next);
        Assert.Equal(new ByteRange(CrewBench.Kept, Half), segment.Held);
    }

    [Fact]
    public async Task It_waits_while_others_hold_all_that_is_missing()
    {
        _bench.Deliver();
        _bench.Crew.Size.NoteSetup(TimeSpan.FromSeconds(20), isWarm: false);
        var next = NextAsync();
        Assert.False(next.IsCompleted);

        _bench.Board.Release(_bench.Lead);
        _bench.Crew.Lead.Wake();
        Assert.Equal(CrewBench.Kept, (await SoonAsync(next)).Segment.Start);
    }

    [Fact]
    public async Task Alone_it_takes_what_no_other_attempt_of_it_holds()
    {
        _bench.Lead.Begin(CrewBench.Kept, Half);
        Assert.Equal(new ByteRange(Half, CrewBench.Whole), (await SoonAsync(NextAsync())).Segment.Held);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Little_is_worth_a_range_only_beside_others_who_bring_more(bool isBesideOthers)
    {
        _bench.DeliverAndBreak();
        if (!isBesideOthers)
        {
            await _bench.Crew.DisbandAsync();
        }

        var (asked, _) = await SoonAsync(NextAsync());

        Assert.Equal((isBesideOthers, isBesideOthers), (asked.Request.IsPartial, _bench.Crew.IsWorking));
    }

    [Fact]
    public async Task Before_it_asks_for_the_whole_all_others_are_stopped_and_their_ranges_are_free()
    {
        _bench.DeliverAndBreak();
        _bench.State.Disprove();

        var (asked, segment) = await SoonAsync(NextAsync());

        Assert.Equal((false, false, true), (asked.Request.IsPartial, _bench.Crew.IsWorking, _bench.Server.Requests[0].IsOver));
        Assert.Equal((1, 0), (_bench.Board.CountOthers(null), _bench.Board.CountOthers(segment)));
    }

    private static async Task<(Question Asked, Segment Segment)> SoonAsync(Task<(Question Asked, Segment Segment)?> next) =>
        (await next.WaitAsync(TimeSpan.FromSeconds(20)))!.Value;

    private Task<(Question Asked, Segment Segment)?> NextAsync() =>
        new LeadQuestion(_bench.Context, _bench.State, _bench.Board).NextAsync(_bench.Crew, _bench.Crew.Lead.Token).AsTask();
}
