using System.Globalization;
using ResumableDownload.Integrity;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What a mark covers is taken on trust, but for a few samples.</summary>
public sealed class SampleTests
{
    private readonly StorageBench _bench = new();

    /// <summary>Of the sixteen runs that are marked the first, the last, and two between them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    public async Task A_wrong_sample_has_everything_proved(int run)
    {
        await _bench.LeaveAsync(run: 100);
        _bench.Disk.Tamper(_bench.Paths.Partial, node => node.Corrupt((100 * run) + 50));

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(100, opened.Void);
        Assert.Equal(2900, file.Kept?.Received.Length);
    }

    [Fact]
    public async Task Where_all_is_marked_nothing_but_the_samples_is_read()
    {
        using (var file = await _bench.BeginAsync())
        {
            for (var at = 0; at < 3000; at += 100)
            {
                _bench.LetFlushBecomeDue();
                await _bench.WriteAsync(file, at, at + 100);
            }
        }

        Assert.Equal(30, _bench.MarkedRanges().Length);
        using var next = await _bench.OpenAsync();
        Assert.Equal(400, _bench.Disk.BytesRead(_bench.Paths.Partial));
    }

    [Theory]
    [InlineData(100, 4)]
    [InlineData((64 << 20) - 1, 2)]
    [InlineData(64 << 20, 1)]
    public async Task No_sample_is_taken_once_64_MiB_are_read(long length, int samples)
    {
        using var file = new ZeroFile(4 * length);

        var point = await ResumePoint.ProveAsync(file, Marked(length, SumOfZeros(length)), file.LastWrite, PartialVerification.Unflushed, CancellationToken.None);

        Assert.Equal((4 * length, 0), (point.Received.Length, point.Void));
        Assert.Equal(samples * length, file.BytesRead);
    }

    [Fact]
    public async Task A_file_that_is_shortened_while_it_is_read_bears_nothing_out()
    {
        await _bench.LeaveAsync();
        _bench.Verification = PartialVerification.Full;
        _bench.Disk.BeforeRead = path =>
        {
            if (path == _bench.Paths.Partial)
            {
                _bench.Disk.Tamper(path, static node => node.Truncate(0));
            }
        };

        var opened = await _bench.OpenedAsync();
        using var file = opened.File;

        Assert.Equal(3000, opened.Void);
    }

    /// <summary>Four runs in a row, all of them marked.</summary>
    private static JournalReading.Held Marked(long length, ulong sum)
    {
        string[] runs = [.. Enumerable.Range(0, 4).Select(run => string.Create(CultureInfo.InvariantCulture, $"{{'at':{run * length},'len':{length},'sum':'{sum:x8}'"))];
        var flushed = ForgedJournal.Of(ForgedJournal.Header, runs).Length;
        return ForgedJournal.Held([.. runs, string.Create(CultureInfo.InvariantCulture, $"{{'flushed':{flushed}")]);
    }

    private static ulong SumOfZeros(long length)
    {
        var sum = 0UL;
        var zeros = new byte[1 << 20];
        for (var left = length; left > 0; left -= zeros.Length)
        {
            sum = SumKind.Crc32C.Append(sum, zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
        }

        return sum;
    }
}
