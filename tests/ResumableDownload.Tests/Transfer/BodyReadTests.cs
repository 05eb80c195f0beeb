using System.Buffers;
using System.Runtime.InteropServices;
using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>How much of a body is asked for at once, and what becomes of the memory that it is read into.</summary>
public sealed class BodyReadTests : IDisposable
{
    private const int Kilo = 1 << 10;
    private const int Mega = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StorageBench _bench = new();
    private readonly ManualStream _stream = new();
    private readonly CancellationTokenSource _caller = new();
    private PartialFile? _file;
    private Segment? _segment;

    public void Dispose()
    {
        _file?.Dispose();
        _stream.Dispose();
        _caller.Dispose();
    }

    /// <summary>One byte more shows that a body is too long.</summary>
    [Theory]
    [InlineData(20_000L, null, null, 20_001, 19_401)]
    [InlineData(null, null, 1000L, 1001, 401)]
    [InlineData(null, 900L, 1000L, 901, 301)]
    [InlineData(null, 1000L, 900L, 901, 301)]
    [InlineData(null, null, null, Mega, Mega - 600)]
    public async Task A_byte_more_is_asked_for_than_there_may_be(long? end, long? expected, long? most, int first, int afterSomeCame)
    {
        using var transfer = await BeginAsync(0, end, expected, most);
        _ = transfer.RunAsync(_caller.Token).AsTask();
        Assert.Equal(first, _stream.Buffer.Length);

        Inline.Run(() => _stream.End(600));

        Assert.Equal(afterSomeCame, _stream.Buffer.Length);
    }

    [Fact]
    public async Task Nothing_is_asked_for_that_another_connection_brings()
    {
        using var transfer = await BeginAsync(0, 20_000);
        var running = transfer.RunAsync(_caller.Token).AsTask();
        Inline.Run(() => _stream.End(1000));
        _segment!.End = 5000;

        Inline.Run(() => _stream.End(500));
        Assert.Equal(3500, _stream.Buffer.Length);
        Inline.Run(() => _stream.End(3500));

        Assert.Equal(BodyEnd.Handed, await running.WaitAsync(Patience));
        Assert.Equal([new ByteRange(0, 5000)], _bench.Claims().Received.Ranges.ToArray());
    }

    [Fact]
    public async Task Of_a_whole_body_nothing_is_asked_for_before_its_wanted_part_has_begun()
    {
        using var transfer = await BeginAsync(0, 20_000);
        transfer.Unwanted = 700;
        _ = transfer.RunAsync(_caller.Token).AsTask();
        Assert.Equal(700, _stream.Buffer.Length);
        Inline.Run(() => _stream.End(300));
        Assert.Equal(400, _stream.Buffer.Length);
        Inline.Run(() => _stream.End(400));
        Assert.Equal(20_001, _stream.Buffer.Length);
    }

    /// <summary>A thousand small downloads at once need no gigabyte.</summary>
    [Theory]
    [InlineData(0, 20_000L, 64 * Kilo)]
    [InlineData(5_000_000, 5_020_000L, 64 * Kilo)]
    [InlineData(0, 5_000_000L, Mega)]
    [InlineData(0, null, Mega)]
    [InlineData(5_000_000, null, Mega)]
    public async Task Memory_is_taken_for_no_more_than_may_come(long offset, long? end, int size)
    {
        using var transfer = await BeginAsync(offset, end);
        _ = transfer.RunAsync(_caller.Token).AsTask();

        Assert.Equal(size, Lent().Length);
    }

    /// <summary>A stream of a caller's own handler may take no notice of a cancellation. What it writes then is not to be found in another download.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Memory_goes_back_to_all_unless_a_read_still_holds_it(bool ends)
    {
        var transfer = await BeginAsync(0, 20_000);
        var running = transfer.RunAsync(_caller.Token).AsTask();
        var lent = Lent();
        await _caller.CancelAsync();
        _bench.Time.Advance(TimeSpan.FromMilliseconds(60));
        if (ends)
        {
            Inline.Run(() => _stream.Fail(new IOException("torn")));
        }

        _bench.Time.Advance(TimeSpan.FromSeconds(3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));

        // In one thread: what has just been given back is what is given next.
        transfer.Dispose();
        Assert.Equal(ends, lent == ArrayPool<byte>.Shared.Rent(lent.Length));
    }

    [Fact]
    public async Task A_body_that_is_done_with_leaves_no_timer_and_nothing_at_the_callers_token()
    {
        var transfer = await BeginAsync(0, 20_000);
        var running = transfer.RunAsync(_caller.Token).AsTask();
        Inline.Run(() => _stream.End(0));
        Assert.Equal(BodyEnd.Cut, await running.WaitAsync(Patience));
        var timers = _bench.Time.Timers;

        transfer.Dispose();
        await _caller.CancelAsync();

        Assert.Equal((timers - 1, false), (_bench.Time.Timers, _stream.Stop.IsCancellationRequested));
    }

    private byte[] Lent() => MemoryMarshal.TryGetArray<byte>(_stream.Buffer, out var lent) ? lent.Array! : [];

    private async Task<BodyTransfer> BeginAsync(long offset, long? end, long? expected = null, long? most = null)
    {
        _file = await _bench.BeginAsync(length: null);
        _segment = new SegmentBoard(_file, _bench.Time).TakeAll();
        _segment.Begin(offset, end ?? long.MaxValue);
        using var defaults = new Bench(ResourceVersion.Random(1, 1, null));
        var settings = defaults.Settings with { Limits = defaults.Settings.Limits with { ExpectedLength = expected, MaxLength = most } };
        var plan = new ResponseDecision.WriteAt(offset, end, _file.Checkpoint!.Representation) { Continues = true };
        var tally = new Tally();
        var context = new BodyContext(_file, settings, tally, new(null, tally, _bench.Time), _bench.Time);
        return new(context, _stream, plan, new(_file, plan, static _ => ValueTask.CompletedTask, tally), _segment, _caller.Token);
    }
}
