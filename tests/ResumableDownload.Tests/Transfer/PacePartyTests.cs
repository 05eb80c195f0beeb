using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A limit is shared by downloads, and only within each of them by its connections.</summary>
public sealed class PacePartyTests
{
    private readonly PacedReaders _readers = new();

    [Theory]
    [InlineData(1_000_000, 4, 1)]
    [InlineData(1_000_000, 1, 32)]
    [InlineData(1_000_000, 1, 2, 3, 8)]
    [InlineData(10_000, 4, 4, 1)]
    [InlineData(100, 8, 1)]
    [InlineData(12_345_678, 16, 1, 5)]
    [InlineData(10_000_000_000, 4, 1)]
    public void Downloads_get_the_same_however_many_connections_each_has(long rate, params int[] connections)
    {
        var limit = Limit(rate);
        StartAll(limit, connections);
        _readers.Run(10);

        AssertKept(rate, 10);
        Assert.All(_readers.Parts(connections.Length, 0, 10), static part => Assert.InRange(part, 0.97, 1.03));
    }

    [Fact]
    public void No_mixture_of_connections_and_sizes_of_reads_is_unfair_to_a_download() => Law.Holds(Law.Seed, static seed =>
    {
        var (random, readers) = (new Random(seed), new PacedReaders());
        var (rate, count) = (random.NextInt64(50_000, 10_000_000), random.Next(2, 7));
        var limit = new BandwidthLimit(rate, readers.Time);
        for (var number = 0; number < count; number++)
        {
            var (download, connections, most) = (new DownloadPace([limit]), random.Next(1, 9), random.Next(400, 20_000));
            for (var connection = 0; connection < connections; connection++)
            {
                _ = readers.Start(download, number, most);
            }
        }

        readers.Run(4);
        Assert.InRange(readers.Bytes(0, 4), rate * 4 * 0.97, rate * 4 * 1.03);
        Assert.InRange(readers.MostInASecond(), rate * 0.97, rate * 1.25);
        Assert.All(readers.Parts(count, 0, 4), static part => Assert.InRange(part, 0.95, 1.05));
    }, count: 40);

    [Fact]
    public void The_connections_of_a_download_share_its_part_equally()
    {
        var limit = Limit(1_000_000);
        var download = new DownloadPace([limit]);
        int[] sizes = [100, 1_460, 10_000, int.MaxValue];
        for (var reader = 0; reader < sizes.Length; reader++)
        {
            _ = _readers.Start(download, reader, sizes[reader]);
        }

        _ = _readers.Start(limit, 4);
        _readers.Run(10);

        Assert.All(_readers.Parts(4, 0, 10), static part => Assert.InRange(part, 0.95, 1.05));
        Assert.InRange(_readers.Bytes(0, 10, 4), 4_850_000, 5_150_000);
        AssertKept(1_000_000, 10);
    }

    /// <summary>Eight connections of a slow server bring a tenth of the limit together, and somewhat less because they have to wait for their turns.</summary>
    [Fact]
    public void What_a_download_cannot_use_is_shared_equally_by_the_others()
    {
        var limit = Limit(1_000_000);
        var slow = new DownloadPace([limit]);
        for (var connection = 0; connection < 8; connection++)
        {
            _ = _readers.Start(slow, 2, 1_250, static () => TimeSpan.FromMilliseconds(100));
        }

        _readers.StartDownload(0, 4, limit);
        _readers.StartDownload(1, 1, limit);
        _readers.Run(10);

        Assert.InRange(_readers.Bytes(0, 10, 2), 850_000, 1_000_000);
        Assert.All(_readers.Parts(2, 0, 10), static part => Assert.InRange(part, 0.98, 1.02));
        AssertKept(1_000_000, 10);
    }

    /// <summary>One of a download's connections brings next to nothing: what it leaves belongs to the others of the same download first.</summary>
    [Fact]
    public void What_a_connection_cannot_use_is_left_to_its_own_download()
    {
        var limit = Limit(1_000_000);
        var download = _readers.StartDownload(0, 1, limit);
        for (var connection = 0; connection < 3; connection++)
        {
            _ = _readers.Start(download, 1, 100, static () => TimeSpan.FromMilliseconds(50));
        }

        _ = _readers.Start(limit, 2);
        _readers.Run(10);

        Assert.InRange(_readers.Bytes(0, 10, 1), 3 * 100 * 200 * 0.9, 3 * 100 * 200 * 1.1);
        Assert.InRange(_readers.Bytes(0, 10, 2), 4_800_000, 5_200_000);
        AssertKept(1_000_000, 10);
    }

    [Fact]
    public async Task A_download_that_joins_gets_its_part_at_once_and_leaves_it_when_it_ends()
    {
        var limit = Limit(1_000_000);
        _readers.StartDownload(0, 8, limit);
        _readers.Run(5);
        using var stop = new CancellationTokenSource();
        var last = _readers.Start(limit, 1, 5_000, cancellationToken: stop.Token);
        _readers.Run(5);
        Inline.Run(stop.Cancel);
        await last;
        _readers.Run(5);

        Assert.InRange(_readers.Bytes(5, 6, 1), 470_000, 530_000);
        Assert.InRange(_readers.Bytes(5, 10, 1), 2_425_000, 2_575_000);
        Assert.Equal(0, _readers.Bytes(10, 15, 1));
        Assert.InRange(_readers.Bytes(10, 11, 0), 950_000, 1_050_000);
        AssertKept(1_000_000, 15);
    }

    [Fact]
    public void Connections_that_come_and_go_change_nothing_for_other_downloads()
    {
        var limit = Limit(1_000_000);
        var download = _readers.StartDownload(0, 1, limit);
        _ = _readers.Start(limit, 1);
        using var stop = new CancellationTokenSource();
        for (var round = 0; round < 6; round++)
        {
            _readers.Run(1);
            _ = _readers.Start(download, 0, 3_000, cancellationToken: stop.Token);
        }

        Inline.Run(stop.Cancel);
        _readers.Run(3);

        for (var second = 0; second < 9; second++)
        {
            Assert.InRange(_readers.Bytes(second, second + 1, 1), 450_000, 550_000);
        }

        Assert.InRange(_readers.Bytes(0, 9, 1), 4_400_000, 4_600_000);
        AssertKept(1_000_000, 9);
    }

    /// <summary>Many small ranges, each a body of its own, or many small files one after the other.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_leaves_and_joins_again_for_each_read_gains_nothing_by_it(bool isNew)
    {
        var limit = Limit(1_000_000);
        var (party, read) = (limit.Party(), 0L);
        Inline.Run(() => _ = ReadAgainAndAgainAsync());
        _ = _readers.Start(limit, 0);
        _readers.Run(10);

        Assert.InRange(read, 4_800_000, 5_200_000);
        Assert.InRange(_readers.Bytes(0, 10), 4_800_000, 5_200_000);

        async Task ReadAgainAndAgainAsync()
        {
            while (true)
            {
                using var share = (isNew ? limit.Party() : party).Join(default);
                await share.WaitAsync().ConfigureAwait(false);
                read += share.ReadSize;
                share.Pay(share.ReadSize);
            }
        }
    }

    /// <summary>The same within one download.</summary>
    [Fact]
    public void A_connection_that_begins_anew_for_each_read_gains_nothing_by_it()
    {
        var limit = Limit(1_000_000);
        var (party, read) = (limit.Party(), new long[2]);
        Inline.Run(() => _ = ReadAsync(0, mostReads: 1));
        Inline.Run(() => _ = ReadAsync(1, mostReads: int.MaxValue));
        _readers.Run(10);

        Assert.All(read, static bytes => Assert.InRange(bytes, 4_800_000, 5_200_000));

        async Task ReadAsync(int reader, int mostReads)
        {
            while (true)
            {
                using var share = party.Join(default);
                for (var number = 0; number < mostReads && await share.WaitAsync().ConfigureAwait(false); number++)
                {
                    read[reader] += share.ReadSize;
                    share.Pay(share.ReadSize);
                }
            }
        }
    }

    [Fact]
    public void A_connection_that_stood_still_has_missed_that_time_and_no_more()
    {
        var download = new DownloadPace([Limit(1_000_000)]);
        _ = _readers.Start(download, 0, latency: () => _readers.Time.Elapsed.TotalSeconds < 5 ? TimeSpan.FromSeconds(5) - _readers.Time.Elapsed : TimeSpan.Zero);
        _ = _readers.Start(download, 1);
        _readers.Run(10);
        Assert.InRange(_readers.Bytes(0, 5, 1), 4_850_000, 5_150_000);
        Assert.All(_readers.Parts(2, 5.1, 7), static part => Assert.InRange(part, 0.9, 1.1));
        AssertKept(1_000_000, 10);
    }

    [Theory]
    [InlineData(1_000_000, 100_000)]
    [InlineData(100_000, 1_000_000)]
    [InlineData(10_000_000_000, 10_000)]
    public void A_changed_rate_is_fair_at_once(long before, long after)
    {
        var limit = Limit(before);
        StartAll(limit, 8, 1, 3);
        _readers.Run(3.05);
        limit.BytesPerSecond = after;
        _readers.Run(10);

        Assert.InRange(_readers.Bytes(3.0501, 13.05), after * 9.7, after * 10.3);
        Assert.All(_readers.Parts(3, 3.1, 4.1), static part => Assert.InRange(part, 0.9, 1.1));
        Assert.All(_readers.Parts(3, 3.0501, 13.05), static part => Assert.InRange(part, 0.95, 1.05));
    }

    private BandwidthLimit Limit(long rate) => new(rate, _readers.Time);

    private void StartAll(BandwidthLimit limit, params int[] connections)
    {
        for (var number = 0; number < connections.Length; number++)
        {
            _readers.StartDownload(number, connections[number], limit);
        }
    }

    private void AssertKept(long rate, double seconds)
    {
        Assert.InRange(_readers.Bytes(0, seconds), rate * seconds * 0.97, rate * seconds * 1.03);
        Assert.InRange(_readers.MostInASecond(), 1, rate * 5 / 4);
    }
}
