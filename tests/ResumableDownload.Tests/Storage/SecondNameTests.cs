using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A partial file that is the destination by another name. A commit that must not overwrite leaves two names when it is killed between them.</summary>
public sealed class SecondNameTests
{
    private readonly StorageBench _bench = new();

    [Fact]
    public async Task Another_download_does_not_write_to_it_nor_hold_it()
    {
        await LeaveAsync();
        var old = _bench.Disk.Bytes(_bench.Paths.Partial);
        _bench.Disk.GiveSecondName(_bench.Paths.Partial, _bench.Target);

        using var file = await _bench.BeginAsync("\"v2\"");
        await _bench.WriteAsync(file, 5000, 5500);

        Assert.Equal(old, _bench.Disk.Bytes(_bench.Target));
        _bench.Disk.OpenLocked(_bench.Target).Dispose();
    }

    [Fact]
    public async Task Where_each_new_file_becomes_it_the_download_is_given_up()
    {
        await LeaveAsync();
        _bench.Disk.BeforeRead = path =>
        {
            if (path == _bench.Paths.Journal)
            {
                _bench.Disk.GiveSecondName(_bench.Paths.Partial, _bench.Target);
            }
        };

        var failure = await Assert.ThrowsAsync<DownloadException>(() => _bench.OpenAsync());

        Assert.Equal(DownloadFailure.Storage, failure.Failure);
        Assert.Contains("The partial file and the destination are one file", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Leaves what is kept of another resource.</summary>
    private async Task LeaveAsync()
    {
        using (var file = await _bench.BeginAsync())
        {
            await _bench.WriteAsync(file, 0, 3000);
        }

        _bench.Resource = "sha256:other";
    }
}
