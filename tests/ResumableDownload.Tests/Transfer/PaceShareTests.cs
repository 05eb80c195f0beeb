using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What one reader sees of a limit that it shares.</summary>
public sealed class PaceShareTests
{
    private readonly PacedReaders _readers = new();

    /// <summary>Timers are late: the bytes are there some moments before the one who waits for them is woken.</summary>
    [Fact]
    public async Task Nobody_takes_what_another_one_waits_for()
    {
        var limit = Limit(1_001);
        using var first = limit.Party().Join(default);
        using var second = limit.Party().Join(default);
        Assert.True(await first.WaitAsync());
        var waits = second.WaitAsync().AsTask();
        first.Pay(25);
        _readers.Time.Advance(TimeSpan.FromMilliseconds(24.99));
        var jumps = first.WaitAsync().AsTask();
        Assert.Equal((false, false), (waits.IsCompleted, jumps.IsCompleted));
        _readers.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((true, false), (waits.IsCompleted, jumps.IsCompleted));
    }

    [Fact]
    public async Task Who_leaves_gives_back_what_it_was_given_and_makes_room()
    {
        var limit = Limit(1_000);
        using var stays = limit.Party().Join(default);
        var leaves = limit.Party().Join(default);
        Assert.True(await leaves.WaitAsync());
        leaves.Dispose();
        Assert.True(stays.WaitAsync().AsTask().IsCompleted);
        Assert.Equal(50, stays.ReadSize);
    }

    [Fact]
    public async Task What_a_read_did_not_bring_shortens_the_wait_of_the_next()
    {
        var limit = Limit(1_000);
        using var first = limit.Party().Join(default);
        using var second = limit.Party().Join(default);
        Assert.True(await first.WaitAsync());
        var waits = second.WaitAsync().AsTask();
        first.Pay(5);
        _readers.Run(0.005);
        Assert.True(waits.IsCompleted);
    }

    [Fact]
    public async Task A_wait_ends_with_its_patience_and_goes_on_with_the_next()
    {
        using var share = Limit(1).Party().Join(default);
        Assert.True(await share.WaitAsync());
        share.Pay(1);
        var wait = share.WaitAsync(TimeSpan.FromMilliseconds(200)).AsTask();
        _readers.Run(0.199);
        Assert.False(wait.IsCompleted);
        _readers.Run(0.001);
        Assert.False(await wait);
        wait = share.WaitAsync(TimeSpan.FromSeconds(60)).AsTask();
        _readers.Run(0.8);
        Assert.True(await wait);
    }

    [Fact]
    public async Task A_read_that_brings_nothing_yet_keeps_what_it_was_given()
    {
        using var share = Limit(1_000).Party().Join(default);
        Assert.True(await share.WaitAsync());
        Assert.True(await share.WaitAsync());
        Assert.Equal(50, share.ReadSize);
    }

    [Fact]
    public async Task A_read_is_as_large_as_the_number_of_those_who_are_there_allows()
    {
        var limit = Limit(8_000);
        var (download, other) = (limit.Party(), limit.Party());
        using var stays = download.Join(default);
        var leaves = download.Join(default);
        var alone = other.Join(default);
        Assert.Equal((100, 200), (await SizeAsync(stays), await SizeAsync(alone)));
        leaves.Dispose();
        Assert.Equal((200, 200), (await SizeAsync(stays), await SizeAsync(alone)));
        alone.Dispose();
        Assert.Equal(400, await SizeAsync(stays));
        using var back = other.Join(default);
        Assert.Equal((200, 200), (await SizeAsync(stays), await SizeAsync(back)));

        async Task<int> SizeAsync(PaceShare share)
        {
            var wait = share.WaitAsync().AsTask();
            _readers.Run(1);
            Assert.True(await wait);
            var size = share.ReadSize;
            share.Pay(0);
            return size;
        }
    }

    [Fact]
    public async Task No_rate_is_too_high()
    {
        var limit = Limit(long.MaxValue);
        for (var round = 0; round < 1_000; round++)
        {
            using var share = limit.Party().Join(default);
            var wait = share.WaitAsync().AsTask();
            _readers.Run(0.001);
            Assert.True(await wait);
            share.Pay(share.ReadSize);
        }
    }

    [Fact]
    public async Task A_read_that_need_not_wait_costs_no_memory()
    {
        using var share = Limit(1_000_000_000).Party().Join(default);
        _readers.Run(1);
        Assert.True(await share.WaitAsync());
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var read = 0; read < 10_000; read++)
        {
            share.Pay(1_000);
            await share.WaitAsync();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 9_999);
    }

    private BandwidthLimit Limit(long rate) => new(rate, _readers.Time);
}
