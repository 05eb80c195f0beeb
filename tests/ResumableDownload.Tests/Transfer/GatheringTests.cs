using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Bytes are gathered for writes that are worth it, but never wait long.</summary>
public sealed class GatheringTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(5000)]
    [InlineData(MiB - 1)]
    public async Task What_arrived_is_written_and_journaled_a_fifth_of_a_second_later_though_nothing_follows(int bytes)
    {
        using var bench = new Bench(ResourceVersion.Random((2 * MiB) + 1, 1, "\"v1\""));
        bench.Server.Then(new Conduct { StallAfter = bytes });
        var run = bench.Start();

        bench.Time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.Equal(0, bench.Claims()?.Received.Length ?? 0);
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(bytes, bench.Claims()?.Received.Length);
        Assert.Equal(bench.Server.Version.Content[..bytes], bench.Disk.Bytes(bench.Paths.Partial));

        await bench.Time.DriveAsync(run);
        bench.AssertWhole(bench.Server.Version);
    }

    [Fact]
    public async Task The_first_of_the_gathered_bytes_sets_the_time()
    {
        using var bench = new Bench(ResourceVersion.Random(100_000, 1, "\"v1\""));
        bench.Server.Then(new Conduct { Piece = 100, Pause = TimeSpan.FromMilliseconds(30) });
        var run = bench.Start();
        for (var tick = 0; tick < 100; tick++)
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(30));
            Assert.InRange(bench.Server.Sent - (bench.Claims()?.Received.Length ?? 0), 0, 900);
        }

        // About ten arrivals make one line.
        Assert.InRange(bench.Claims()!.Runs.Count, 10, 16);
        await bench.Time.DriveAsync(run);
        bench.AssertWhole(bench.Server.Version);
    }

    [Fact]
    public async Task A_fast_body_is_written_in_pieces_of_a_MiB()
    {
        using var bench = new Bench(ResourceVersion.Random(4 * MiB, 1, "\"v1\""));
        await bench.KeepAsync((3 * MiB) + 1000);
        Assert.Equal([MiB, MiB, MiB, 1000], bench.Claims()!.Runs.Select(static run => (int)run.Run.Range.Length));
    }

    /// <summary>While a read is pending its part of the buffer is its own, and what came before is written from the rest.</summary>
    [Theory]
    [InlineData(7, 45)]
    [InlineData(1000, 210)]
    [InlineData(333, 333)]
    public async Task Whatever_the_rhythm_of_a_body_it_arrives_in_order(int piece, int pause)
    {
        using var bench = new Bench(ResourceVersion.Random(20_000, 1, "\"v1\""));
        bench.Settings = bench.Settings with { Stall = bench.Settings.Stall with { LeastBytes = 1 } };
        bench.Server.Then(new Conduct { Piece = piece, Pause = TimeSpan.FromMilliseconds(pause) });
        await bench.RunAsync();
        bench.AssertWhole(bench.Server.Version);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(MiB - 1)]
    [InlineData(MiB)]
    [InlineData(MiB + 1)]
    [InlineData(2 * MiB)]
    public async Task A_body_of_any_length_arrives_whole(int length)
    {
        using var bench = new Bench(ResourceVersion.Random(length, 1, "\"v1\""));
        var result = await bench.RunAsync();
        Assert.Equal((length, length, 1), ((int)result.Length, (int)result.Fetched, result.Requests));
        bench.AssertWhole(bench.Server.Version);
    }
}
