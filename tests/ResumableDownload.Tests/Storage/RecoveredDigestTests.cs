using ResumableDownload.Integrity;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>A journal that a commit left tells that the file is there; it does not tell that it is what this caller wants.</summary>
public sealed class RecoveredDigestTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(3000, 1, "\"v1\"");

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

    /// <summary>The same wrong bytes are at the destination already, from a time when nobody asked for a digest.</summary>
    [Theory]
    [InlineData("crc32c:00000001")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    public async Task A_digest_that_failed_fails_again_although_the_destination_holds_the_same_bytes(string digest)
    {
        _bench.Disk.Put(_bench.Target, Version.Content);
        _bench.Settings = _bench.Settings with { ExpectedDigest = Digest.Parse(digest) };
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(DownloadFailure.DigestMismatch, (await _bench.FailAsync()).Failure);
        }
    }

    [Fact]
    public async Task A_digest_of_the_server_that_failed_fails_again_too()
    {
        _bench.Disk.Put(_bench.Target, Version.Content);
        _bench.Server.Otherwise = new Conduct { Headers = [("x-oss-hash-crc64ecma", "12345")] };
        for (var run = 0; run < 3; run++)
        {
            Assert.Equal(DownloadFailure.DigestMismatch, (await _bench.FailAsync()).Failure);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_that_was_killed_is_finished_only_if_the_file_is_what_the_caller_wants(bool isWanted)
    {
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Delete, _bench.Paths.Journal) ? throw DiskError.Broken() : 0;
        await _bench.FailAsync();
        _bench.Disk.Before = null;
        var sum = SumKind.Crc64.Append(0, Version.Content) + (isWanted ? 0UL : 1UL);
        _bench.Settings = _bench.Settings with { ExpectedDigest = Digest.OfCrc(DigestAlgorithm.Crc64, sum) };

        if (isWanted)
        {
            var result = await _bench.RunAsync();
            Assert.Equal((3000L, 0L), (result.ResumedFrom, result.Fetched));
            _bench.AssertWhole(Version);
        }
        else
        {
            Assert.Equal(DownloadFailure.DigestMismatch, (await _bench.FailAsync()).Failure);
        }
    }
}
