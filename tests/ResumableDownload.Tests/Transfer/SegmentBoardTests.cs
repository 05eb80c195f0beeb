using ResumableDownload.Model;
using ResumableDownload.Planning;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Who fetches what: no byte by two, and none by nobody.</summary>
public sealed class SegmentBoardTests : IDisposable
{
    private const int MiB = 1 << 20;
    private const int Whole = 8 * MiB;

    private static readonly SetupCost Cost = new(TimeSpan.FromMilliseconds(100));

    private readonly StorageBench _bench = new();
    private PartialFile? _file;

    public void Dispose() => _file?.Dispose();

    [Fact]
    public async Task One_connection_alone_takes_the_first_gap_and_asks_for_its_end_only_where_something_follows()
    {
        var board = await BoardAsync(length: null);
        Assert.Equal((0L, null), board.GapOf(board.TakeAll()));
        await _bench.WriteAsync(_file!, 0, 1000);
        await _bench.WriteAsync(_file!, 3000, 4000);
        var gap = board.TakeAll();
        Assert.Equal((new ByteRange(1000, 3000), (1000L, 3000L)), (gap.Held, board.GapOf(gap)));
    }

    [Fact]
    public async Task The_last_range_is_asked_for_without_an_end_and_one_in_the_middle_with()
    {
        var board = await BoardAsync(length: 20_000);
        await _bench.WriteAsync(_file!, 5000, 6000);
        var (first, last) = (board.Take(0, Cost)!, board.Take(0, Cost)!);
        Assert.Equal((0L, 5000L), board.GapOf(first));
        Assert.Equal((6000L, null), board.GapOf(last));
        Assert.Equal(new ByteRange(6000, 20_000), last.Held);
    }

    [Fact]
    public async Task Where_the_length_is_not_known_there_is_nothing_for_a_further_connection()
    {
        var board = await BoardAsync(length: null);
        Assert.Null(board.Take(0, Cost));
        Assert.Null(board.Look(TimeSpan.Zero, 4));
    }

    [Fact]
    public async Task A_range_whose_first_byte_is_long_overdue_is_taken_whole()
    {
        var board = await BoardAsync();
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        var owner = board.Take(0, Cost)!;
        Assert.False(board.PastOf(owner).IsWarm);
        _bench.Time.Advance(TimeSpan.FromMilliseconds(2100));
        Assert.Null(board.Take(0, Cost));
        _bench.Time.Advance(TimeSpan.FromTicks(1));

        var taken = board.Take(0, Cost)!;
        Assert.Equal((new ByteRange(0, Whole), true, false), (taken.Held, owner.IsTakenBack, owner.IsAwaited));
        Assert.True(owner.Held.IsEmpty);
        Assert.Equal((false, true), (owner.Begin(0, Whole), taken.Begin(0, Whole)));
    }

    /// <summary>The server answered with another range than the one that was taken back.</summary>
    [Fact]
    public async Task A_body_that_begins_elsewhere_is_as_long_as_its_answer_says()
    {
        var board = await BoardAsync();
        var owner = board.Take(0, Cost)!;
        owner.TakeBack();
        Assert.True(owner.Begin(500, 1500));
        Assert.Equal((500L, 500L, 1500L, 1500L), (owner.Start, owner.Position, owner.End, owner.BodyEnd));
    }

    [Fact]
    public async Task A_delivering_range_is_shared_and_its_later_part_given_up_when_its_body_comes_there_first()
    {
        var board = await BoardAsync();
        var owner = Delivering(board, MiB);
        var later = board.Take(0, Cost)!;
        Assert.Equal((later.Start, Whole), (owner.End, later.End));
        Assert.InRange(later.Start, 4L * MiB, 5L * MiB);

        Assert.Equal(later.Start, owner.Reach(later.Start - 1));
        Assert.Equal((Whole, true), (owner.Reach(later.Start), later.IsTakenBack));
        Assert.True(owner.IsDelivering);
        Assert.False(later.Begin(later.Start, Whole));
    }

    [Fact]
    public async Task A_later_part_whose_body_has_begun_is_not_taken_back()
    {
        var board = await BoardAsync();
        var owner = Delivering(board, MiB);
        var later = board.Take(0, Cost)!;
        Assert.True(later.Begin(later.Start, Whole));
        Assert.Equal(later.Start, owner.Reach(later.Start + 10));
        Assert.Equal((later.Start, false, false), (owner.Position, owner.IsDelivering, later.IsTakenBack));
    }

    /// <summary>The answer was shorter than what was asked for: what follows is not in this body.</summary>
    [Fact]
    public async Task A_body_that_ends_before_a_part_does_not_take_it_back()
    {
        var board = await BoardAsync();
        var owner = board.Take(0, Cost)!;
        owner.Begin(0, 4 * MiB);
        var later = board.Take(0, Cost)!;
        Assert.Equal(new ByteRange(4 * MiB, Whole), later.Held);
        Assert.Equal((4L * MiB, false), (owner.Reach(4 * MiB), later.IsTakenBack));
        Assert.True(owner.IsBroughtWhole);
        board.Release(later);
        Assert.Equal(4L * MiB, owner.End);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_part_that_is_given_back_is_taken_up_by_the_body_that_comes_to_it(bool delivers)
    {
        var board = await BoardAsync();
        var owner = Delivering(board, MiB);
        var later = board.Take(0, Cost)!;
        owner.IsDelivering = delivers;
        board.Release(later);
        Assert.Equal(delivers ? Whole : later.Start, owner.End);
    }

    [Fact]
    public async Task What_is_taken_up_ends_where_another_begins()
    {
        var board = await BoardAsync();
        var owner = Delivering(board, MiB);
        var last = board.Take(0, Cost)!;
        var middle = board.Take(0, Cost)!;
        Assert.Equal((middle.Start, last.Start), (owner.End, middle.End));
        board.Release(middle);
        Assert.Equal(last.Start, owner.End);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_stalls_is_let_go_only_while_another_delivers(bool others)
    {
        var board = await BoardAsync();
        var owner = Delivering(board, MiB);
        var later = board.Take(0, Cost)!;
        later.Begin(later.Start, Whole);
        Assert.Equal(Whole, later.Reach(later.Start));
        var reached = later.Start + 1000;
        later.Reach(reached);
        _bench.Time.Advance(TimeSpan.FromSeconds(1.9));
        owner.Reach(owner.Position + (others ? 1 : 0));
        Assert.Equal(Whole, later.Reach(reached));
        _bench.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(others ? reached : Whole, later.Reach(reached));
    }

    [Fact]
    public async Task What_came_is_measured_from_the_first_byte_and_anew_after_a_restart()
    {
        var board = await BoardAsync();
        var owner = board.Take(0, Cost)!;
        owner.Begin(0, Whole);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        owner.Reach(0);
        Assert.Equal((null, 0), (board.Look(TimeSpan.Zero, 4), board.CountDelivering()));
        owner.Reach(5000);
        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        owner.Reach(7000);
        await _bench.WriteAsync(_file!, 0, 7000);
        Assert.Equal(new RampView(TimeSpan.FromSeconds(3), 7000, 1, Whole - 7000, TimeSpan.FromSeconds(2), 4), board.Look(TimeSpan.FromSeconds(2), 4));
        board.Restart();
        Assert.Null(board.Look(TimeSpan.Zero, 4));
        owner.Reach(7001);
        Assert.Equal((TimeSpan.Zero, 1L), (board.Look(TimeSpan.Zero, 4)!.Value.Now, board.Look(TimeSpan.Zero, 4)!.Value.Delivered));
    }

    [Fact]
    public async Task Who_delivers_and_who_holds_is_counted()
    {
        var board = await BoardAsync();
        var owner = Delivering(board, MiB);
        var later = board.Take(0, Cost)!;
        Assert.Equal((1, 2, 1, 1), (board.CountDelivering(), board.CountOthers(null), board.CountOthers(owner), board.CountOthers(later)));
        later.Begin(later.Start, Whole);
        Assert.Equal(1, board.CountDelivering());
        later.Reach(later.Start + 1);
        Assert.Equal(2, board.CountDelivering());
        later.Reach(Whole);
        Assert.Equal((1, true), (board.CountDelivering(), later.IsBroughtWhole));
        board.Release(later);
        Assert.Equal(1, board.CountOthers(null));
    }

    [Fact]
    public async Task A_range_tells_of_its_connection_how_fast_it_was_and_whether_it_serves_again()
    {
        var board = await BoardAsync();
        var owner = Delivering(board, MiB);
        Assert.Equal(new ConnectionPast(MiB, false), board.PastOf(owner));
        owner.Reach(Whole);
        Assert.True(board.PastOf(owner).IsWarm);
    }

    /// <summary>The repair of a damaged place goes through bytes that are there: what is there must not be fetched by two.</summary>
    [Fact]
    public async Task A_range_with_received_bytes_in_it_is_not_shared()
    {
        var board = await BoardAsync();
        _ = Delivering(board, 0);
        await _bench.WriteAsync(_file!, 10_000, 11_000);
        Assert.Null(board.Take(0, Cost));
    }

    [Fact]
    public async Task Each_step_is_a_beat()
    {
        var board = await BoardAsync();
        var owner = board.Take(0, Cost)!;
        owner.Begin(0, Whole);
        var beats = 0;
        board.Beat = () => beats++;
        Assert.Equal((Whole, Whole, 2), (owner.Reach(0), owner.Reach(10), beats));
    }

    private async Task<SegmentBoard> BoardAsync(long? length = Whole)
    {
        _file?.Dispose();
        _file = await _bench.BeginAsync(length: length);
        return new(_file, _bench.Time);
    }

    /// <summary>A range whose body has brought so much within a second.</summary>
    private Segment Delivering(SegmentBoard board, long bytes)
    {
        var segment = board.Take(0, Cost)!;
        Assert.True(segment.Begin(0, Whole));
        segment.Reach(Math.Min(1, bytes));
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Whole, segment.Reach(bytes));
        return segment;
    }
}
