using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>Several connections write one file at the same time.</summary>
public sealed class LengthenedFileTests
{
    private readonly StorageBench _bench = new();

    [Fact]
    public async Task A_file_that_another_connection_makes_longer_meanwhile_was_not_shortened_by_anybody()
    {
        var opened = new WatchedFile(_bench.Disk.OpenLocked(_bench.Paths.Partial));
        using var file = new PartialFile(_bench.Setup, opened, generation: null);
        await file.BeginAsync(StorageBench.Representation("\"v1\"", 20_000), "https://host/", OriginTraits.None, CancellationToken.None);
        opened.AfterLength = () => _bench.WriteAsync(file, 10_000, 11_000).AsTask();

        await _bench.WriteAsync(file, 0, 1_000);

        Assert.Equal(2_000, file.Checkpoint!.Received.Length);
    }

    /// <summary>Something happens right after the length was looked at, once.</summary>
    private sealed class WatchedFile(DiskFile inner) : WrappedFile(inner)
    {
        public Func<Task>? AfterLength { get; set; }

        public override long Length
        {
            get
            {
                var length = base.Length;
                var after = AfterLength;
                AfterLength = null;
                after?.Invoke();
                return length;
            }
        }
    }
}
