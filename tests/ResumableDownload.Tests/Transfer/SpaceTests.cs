using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A file for which there is no room is refused before a byte of it is written; what is there already counts.</summary>
public sealed class SpaceTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly ResourceVersion Second = ResourceVersion.Random(100_000, 2, "\"v2\"");

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task It_fits_to_the_last_byte()
    {
        _bench.Disk.Free = 100_000;

        await _bench.RunAsync();

        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task One_byte_less_is_too_little_and_is_said_so()
    {
        _bench.Disk.Free = 99_999;

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.DiskFull, 0L), (failure.Failure, failure.Kept));
        Assert.Contains("There is not enough space", failure.Message, StringComparison.Ordinal);
        Assert.Contains("100000 bytes are needed, 99999 are free", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, _bench.Disk.LengthOf(_bench.Paths.Partial));
    }

    [Theory]
    [InlineData(60_000, true)]
    [InlineData(59_999, false)]
    public async Task What_is_kept_needs_no_room(long free, bool fits)
    {
        await _bench.KeepAsync(40_000);
        _bench.Disk.Free = free;
        if (fits)
        {
            await _bench.RunAsync();
            _bench.AssertWhole(First);
            return;
        }

        var failure = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.DiskFull, 40_000L), (failure.Failure, failure.Kept));
        Assert.Contains("60000 bytes are needed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000, true)]
    [InlineData(59_999, false)]
    public async Task What_gives_way_to_another_version_makes_room_for_it(long free, bool fits)
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = Second;
        _bench.Disk.Free = free;
        if (fits)
        {
            Assert.Equal([StartOverReason.Changed], (await _bench.RunAsync()).StartedOver);
            _bench.AssertWhole(Second);
            return;
        }

        var failure = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.DiskFull, 40_000L), (failure.Failure, failure.Kept));
    }

    [Theory]
    [InlineData("\"v1\"", false)]
    [InlineData("\"v2\"", true)]
    public async Task A_hole_is_room_only_for_what_begins_anew(string tag, bool fits)
    {
        await _bench.KeepAsync(40_000);
        using (var file = _bench.Disk.OpenToRead(_bench.Paths.Partial)!)
        {
            file.SetLength(100_000);
        }

        _bench.Server.Version = First with { EntityTag = tag };
        _bench.Disk.Free = 0;
        if (fits)
        {
            await _bench.RunAsync();
            _bench.AssertWhole(First);
            return;
        }

        Assert.Equal(DownloadFailure.DiskFull, (await _bench.FailAsync()).Failure);
    }
}
