using System.Security.Cryptography;
using ResumableDownload.Integrity;
using ResumableDownload.Model;
using ResumableDownload.Storage;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Storage;

/// <summary>What the whole file comes to: read once, or combined from the sums of its runs.</summary>
public sealed class FileDigestTests
{
    private const string Path = "/volume/digest.bin";

    private readonly StorageBench _bench = new();

    [Theory]
    [InlineData("sha-256:15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225", "sha-256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha-1:f7c3bc1d808e04732adf679965ccc34ca7ae3441", "sha-1:da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("md5:25f9e794323b453885f5181f1b624d0b", "md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("crc32:cbf43926", "crc32:00000000")]
    [InlineData("crc32c:e3069283", "crc32c:00000000")]
    [InlineData("crc64:995dc9bbdf1939fa", "crc64:0000000000000000")]
    [InlineData("crc64nvme:ae8b14860a799888", "crc64nvme:0000000000000000")]
    [InlineData(
        "sha-512:d9e6762dd1c8eaf6d61b3c6192fc408d4d6d5f1176d0c29169bc24e71c3f274ad27fcd5811b313d681f7e55ec02d73d499c95455b6b5bb503acf574fba8ffe85",
        "sha-512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e")]
    public async Task Each_algorithm_computes_what_its_standard_says(string ofDigits, string ofNothing)
    {
        var (expected, nothing) = (Digest.Parse(ofDigits), Digest.Parse(ofNothing));
        _bench.Disk.Put(Path, "123456789 and more"u8);
        Assert.Equal(expected, await ComputeAsync(9, expected.Algorithm));
        Assert.Equal(nothing, await ComputeAsync(0, expected.Algorithm));
    }

    [Fact]
    public async Task A_long_file_is_read_in_pieces_and_told_of()
    {
        var content = ResourceVersion.Random((5 << 19) + 1, 3, null).Content;
        _bench.Disk.Put(Path, [.. content, 1, 2, 3]);
        List<long> told = [];
        Assert.Equal(new Digest(DigestAlgorithm.Sha256, SHA256.HashData(content)), await ComputeAsync(content.Length, DigestAlgorithm.Sha256, told.Add));
        Assert.Equal([1L << 20, 2L << 20, content.Length], told);
        Assert.Equal(Digest.OfCrc(DigestAlgorithm.Crc64, SumKind.Crc64.Append(0, content)), await ComputeAsync(content.Length, DigestAlgorithm.Crc64));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task A_file_that_is_shorter_than_told_is_an_error_and_has_no_digest(int length)
    {
        _bench.Disk.Put(Path, "123456789"u8[..length]);
        var shortened = await Assert.ThrowsAsync<IOException>(() => ComputeAsync(9, DigestAlgorithm.Md5).AsTask());
        Assert.Equal("Something else has shortened the partial file.", shortened.Message);
    }

    [Fact]
    public async Task It_can_be_cancelled_between_pieces()
    {
        _bench.Disk.Put(Path, new byte[3 << 20]);
        using var cancellation = new CancellationTokenSource();
        List<long> told = [];
        var canceled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ComputeAsync(3 << 20, DigestAlgorithm.Sha1, read =>
        {
            told.Add(read);
            cancellation.Cancel();
        }, cancellation.Token).AsTask());
        Assert.Equal(cancellation.Token, canceled.CancellationToken);
        Assert.Equal([1L << 20], told);
    }

    [Fact]
    public async Task A_partial_file_that_cannot_be_read_or_was_shortened_fails_and_keeps_what_its_journal_claims()
    {
        using var file = await WholeAsync();
        Assert.Equal(Digest.OfCrc(DigestAlgorithm.Crc32, SumKind.Crc32.Append(0, _bench.Content.AsSpan(0, 3000))), await file.DigestAsync(3000, DigestAlgorithm.Crc32, static _ => { }, CancellationToken.None));

        _bench.Disk.BeforeRead = path => _ = path == _bench.Paths.Partial ? throw DiskError.Broken() : 0;
        Assert.Equal(DownloadFailure.Storage, await FailureAsync(file));
        Assert.Equal(3000, file.Kept?.Received.Length);

        _bench.Disk.BeforeRead = null;
        _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Truncate(2999));
        Assert.Equal(DownloadFailure.Storage, await FailureAsync(file));
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    [Fact]
    public async Task A_disk_that_nothing_can_be_read_from_is_said_to_keep_nothing()
    {
        using var file = await WholeAsync();
        _bench.Disk.BeforeRead = static _ => throw DiskError.Broken();
        Assert.Equal(DownloadFailure.Storage, await FailureAsync(file));
        Assert.Null(file.Kept);
    }

    [Theory]
    [InlineData("crc32c")]
    [InlineData("crc32")]
    [InlineData("crc64")]
    [InlineData("crc64nvme")]
    public async Task The_sum_of_all_is_that_of_the_bytes_in_whatever_order_and_runs_they_came(string name)
    {
        var kind = SumKind.Named(name)!;
        _bench.PreferredSum = kind;
        using (var file = await _bench.BeginAsync(length: 3000))
        {
            await _bench.WriteAsync(file, 2000, 3000);
            await _bench.WriteAsync(file, 0, 7);
            Assert.Null(file.SumOfAll(kind));
        }

        // The digest that this run's caller told is of no account: the journal has its kind.
        _bench.PreferredSum = SumKind.Crc32;
        using var next = await _bench.OpenAsync();
        await _bench.WriteAsync(next, 1999, 2000);
        await _bench.WriteAsync(next, 7, 1999);
        Assert.Equal(kind.Append(0, _bench.Content.AsSpan(0, 3000)), next.SumOfAll(kind));
        Assert.All(new[] { SumKind.Crc32C, SumKind.Crc32, SumKind.Crc64, SumKind.Crc64Nvme }.Where(other => other != kind), other => Assert.Null(next.SumOfAll(other)));
    }

    [Fact]
    public async Task There_is_no_sum_of_all_before_the_length_is_known()
    {
        using var file = await _bench.BeginAsync();
        await _bench.WriteAsync(file, 0, 3000);
        Assert.Null(file.SumOfAll(SumKind.Crc32C));
        await file.NoteLengthAsync(3000);
        Assert.NotNull(file.SumOfAll(SumKind.Crc32C));
    }

    [Theory]
    [InlineData(null, null, "crc32c")]
    [InlineData(null, "md5:25f9e794323b453885f5181f1b624d0b", "crc32c")]
    [InlineData(null, "md5:25f9e794323b453885f5181f1b624d0b crc64:995dc9bbdf1939fa crc32:cbf43926", "crc64")]
    [InlineData("crc64nvme", "crc64:995dc9bbdf1939fa", "crc64nvme")]
    public async Task The_kind_of_sum_is_what_proves_the_callers_digest_or_else_the_servers(string? preferred, string? offered, string expected)
    {
        _bench.PreferredSum = preferred is null ? null : SumKind.Named(preferred);
        var digests = offered?.Split(' ').Select(static text => new OfferedDigest(Digest.Parse(text), "x-digest")).ToArray() ?? [];
        using (var file = await _bench.OpenAsync())
        {
            var told = StorageBench.Representation("\"v1\"", 10) with { Digests = [.. digests] };
            await file.BeginAsync(told, "https://host/", OriginTraits.None, CancellationToken.None);
            await _bench.WriteAsync(file, 0, 5);
        }

        Assert.Equal(expected, _bench.Claims().Header.Sum);
        using var next = await _bench.OpenAsync();
        Assert.Equal(digests, next.Kept!.Representation.Digests);
    }

    private async ValueTask<Digest> ComputeAsync(long length, DigestAlgorithm algorithm, Action<long>? read = null, CancellationToken cancellationToken = default)
    {
        using var file = _bench.Disk.OpenToRead(Path)!;
        return await FileDigest.ComputeAsync(file, length, algorithm, read ?? (static _ => { }), cancellationToken);
    }

    private async Task<PartialFile> WholeAsync()
    {
        var file = await _bench.BeginAsync(length: 3000);
        await _bench.WriteAsync(file, 0, 3000);
        return file;
    }

    private static async Task<DownloadFailure> FailureAsync(PartialFile file) =>
        (await Assert.ThrowsAsync<DownloadException>(() => file.DigestAsync(3000, DigestAlgorithm.Sha256, static _ => { }, CancellationToken.None).AsTask())).Failure;
}
