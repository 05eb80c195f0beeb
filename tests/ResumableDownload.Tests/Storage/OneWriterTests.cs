using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>One destination has one writer, and an idle one leaves nothing.</summary>
public sealed class OneWriterTests
{
    private readonly StorageBench _bench = new();

    [Fact]
    public async Task An_empty_partial_file_without_a_journal_is_not_left_behind()
    {
        (await _bench.OpenAsync()).Dispose();
        Assert.Empty(_bench.Disk.Names);
    }

    [Fact]
    public async Task What_is_not_empty_or_has_a_journal_stays()
    {
        _bench.Disk.Put(_bench.Paths.Partial, [1]);
        (await _bench.OpenAsync()).Dispose();
        Assert.Equal([_bench.Paths.Partial], _bench.Disk.Names);

        (await _bench.BeginAsync()).Dispose();
        Assert.Equal([_bench.Paths.Partial, _bench.Paths.Journal], _bench.Disk.Names);
        Assert.Equal(0, _bench.Disk.LengthOf(_bench.Paths.Partial));
    }

    [Fact]
    public async Task A_second_writer_is_told_so_at_once_and_the_first_goes_on()
    {
        using var file = await _bench.BeginAsync();

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.OpenAsync());

        Assert.Equal(DownloadFailure.InUse, failure.Failure);
        await _bench.WriteAsync(file, 0, 100);
        Assert.Equal(100, _bench.Claims().Received.Length);
    }
}
