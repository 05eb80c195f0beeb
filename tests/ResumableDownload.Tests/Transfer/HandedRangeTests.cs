using ResumableDownload.Model;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A range whose later part another connection takes while a read of it is pending.</summary>
public sealed class HandedRangeTests
{
    [Fact]
    public async Task What_comes_for_a_range_that_another_one_has_taken_is_dropped()
    {
        var bench = new StorageBench();
        using var file = await bench.BeginAsync(length: 20_000);
        var board = new SegmentBoard(file, bench.Time);
        var segment = board.TakeAll();
        segment.Begin(0, 20_000);
        var plan = new ResponseDecision.WriteAt(0, 20_000, file.Checkpoint!.Representation) { Continues = true };
        var tally = new Tally();
        var context = new BodyContext(file, new Bench(ResourceVersion.Random(1, 1, null)).Settings, tally, new(null, tally, bench.Time), bench.Time);
        var stream = new ManualStream();
        using var transfer = new BodyTransfer(context, stream, plan, new(file, plan, static _ => ValueTask.CompletedTask, tally), segment, CancellationToken.None);
        var running = transfer.RunAsync(CancellationToken.None).AsTask();
        Inline.Run(() => stream.End(1000));
        bench.Time.Advance(TimeSpan.FromSeconds(3));

        var taken = board.Take(speed: 1e6, default)!;
        Assert.True(taken.Begin(1000, 20_000));
        Inline.Run(() => stream.End(500));

        Assert.Equal(new ByteRange(1000, 20_000), taken.Held);
        Assert.Equal(BodyEnd.Handed, await running.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal([new ByteRange(0, 1000)], bench.Claims().Received.Ranges.ToArray());
    }
}
