using System.Globalization;
using System.Security.Cryptography;
using ResumableDownload.Integrity;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A file that has another digest than the caller or the server told never appears at the destination.</summary>
public sealed class DigestProofTests : IDisposable
{
    private const string OssField = "x-oss-hash-crc64ecma";
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly ResourceVersion Impostor = ResourceVersion.Random(100_000, 2, "\"v1\"");

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    [InlineData(DigestAlgorithm.Sha1)]
    [InlineData(DigestAlgorithm.Md5)]
    [InlineData(DigestAlgorithm.Crc32)]
    [InlineData(DigestAlgorithm.Crc32C)]
    [InlineData(DigestAlgorithm.Crc64)]
    [InlineData(DigestAlgorithm.Crc64Nvme)]
    public async Task The_callers_digest_proves_the_file_and_a_CRC_without_reading_it(DigestAlgorithm algorithm)
    {
        Expect(Of(First, algorithm));
        _bench.Server.Then(new Conduct { CutAfter = 30_000 }, new Conduct { CutAfter = 50_001 });

        var result = await _bench.RunAsync();

        Assert.Equal([new DigestProof { Digest = Of(First, algorithm), Source = "caller" }], result.ProvedBy);
        Assert.Equal(SumKind.For(algorithm) is null ? 100_000 : 0, _bench.Disk.BytesRead(_bench.Paths.Partial));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Crc64)]
    public async Task A_wrong_digest_fails_at_once_when_one_answer_brought_everything(DigestAlgorithm algorithm)
    {
        Expect(Of(Impostor, algorithm));
        _bench.Disk.Put(_bench.Target, [1, 2, 3]);

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.DigestMismatch, 100_000L), (failure.Failure, failure.Kept));
        Assert.Contains("the caller", failure.Message, StringComparison.Ordinal);
        Assert.Single(_bench.Server.Requests);
        Assert.Equal([1, 2, 3], _bench.Disk.Bytes(_bench.Target));

        Expect(Of(First, algorithm));
        var result = await _bench.RunAsync();
        Assert.Equal((0, 100_000L), (result.Requests, result.ResumedFrom));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_wrong_digest_starts_over_once_when_more_answers_brought_it()
    {
        Expect(Of(Impostor, DigestAlgorithm.Sha256));
        await _bench.KeepAsync(40_000);

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.DigestMismatch, failure.Failure);
        Assert.Equal([null, "bytes=40000-", "bytes=40000-", null], _bench.Server.Requests.Select(static request => request.Range));
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    [Fact]
    public async Task A_mixture_under_one_tag_is_found_and_fetched_anew()
    {
        Expect(Of(Impostor, DigestAlgorithm.Sha256));
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = Impostor;

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Damaged], result.StartedOver);
        Assert.Single(result.ProvedBy);
        _bench.AssertWhole(Impostor);
    }

    [Fact]
    public async Task The_servers_digest_proves_the_file_across_bodies_without_reading_it()
    {
        Offer(First);
        _bench.Server.Then(_bench.Server.Otherwise with { CutAfter = 30_000 }, _bench.Server.Otherwise with { CutAfter = 1 });

        var result = await _bench.RunAsync();

        Assert.Equal([new DigestProof { Digest = Of(First, DigestAlgorithm.Crc64), Source = OssField }], result.ProvedBy);
        Assert.Equal((3, 0L), (result.Requests, _bench.Disk.BytesRead(_bench.Paths.Partial)));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task The_servers_digest_proves_the_file_across_runs()
    {
        Offer(First);
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = 1 } };
        _bench.Server.Then(_bench.Server.Otherwise with { CutAfter = 30_000 }, new Conduct { Fails = new HttpRequestException("down") });
        await _bench.FailAsync();
        var before = _bench.Disk.BytesRead(_bench.Paths.Partial);

        // The answers of the second run need not repeat it.
        _bench.Server.Otherwise = new Conduct();
        var result = await _bench.RunAsync();

        Assert.Equal(OssField, Assert.Single(result.ProvedBy).Source);
        Assert.InRange(_bench.Disk.BytesRead(_bench.Paths.Partial) - before, 0, 30_000);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_server_that_states_another_digest_under_one_tag_is_not_continued()
    {
        Offer(First);
        _bench.Server.Then(_bench.Server.Otherwise with { CutAfter = 30_000 });
        _bench.Server.OnRequest = number =>
        {
            _bench.Server.Version = number == 1 ? First : Impostor;
            Offer(_bench.Server.Version);
        };

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        _bench.AssertWhole(Impostor);
    }

    [Fact]
    public async Task A_wrong_digest_of_the_server_fails_and_no_later_run_publishes_the_bytes_unasked()
    {
        Offer(Impostor);

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.DigestMismatch, 0L), (failure.Failure, failure.Kept));
        Assert.Contains(OssField, failure.Message, StringComparison.Ordinal);
        Assert.Single(_bench.Server.Requests);
        _bench.Server.Otherwise = new Conduct();
        var result = await _bench.RunAsync();
        Assert.Equal(1, result.Requests);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task The_callers_digest_counts_and_the_servers_wrong_one_does_not()
    {
        Offer(Impostor);
        Expect(Of(First, DigestAlgorithm.Md5));
        var result = await _bench.RunAsync();
        Assert.Equal("caller", Assert.Single(result.ProvedBy).Source);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task The_callers_wrong_digest_counts_and_the_servers_right_one_does_not()
    {
        Offer(First);
        Expect(Of(Impostor, DigestAlgorithm.Md5));
        Assert.Equal(DownloadFailure.DigestMismatch, (await _bench.FailAsync()).Failure);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    /// <summary>A server may state the digest of the part it sends, in the field for that of the whole.</summary>
    [Fact]
    public async Task Servers_that_are_known_to_state_wrong_digests_can_be_used_without()
    {
        _bench.Settings = _bench.Settings with { UsesServerDigests = false };
        Offer(Impostor);
        _bench.Server.Then(_bench.Server.Otherwise with { CutAfter = 30_000 });
        _bench.Server.OnRequest = number => Offer(number > 1 ? First : Impostor);

        var result = await _bench.RunAsync();

        Assert.Empty(result.ProvedBy);
        Assert.Empty(result.StartedOver);
        _bench.AssertWhole(First);
    }

    /// <summary>Runs of the journal grow to 64 MiB.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData((64 << 20) - 1)]
    public async Task A_byte_that_the_disk_lost_costs_only_its_own_run(int at)
    {
        var large = ResourceVersion.Random((64 << 20) + 1000, 1, "\"v1\"");
        _bench.Server.Version = large;
        Expect(Of(large, DigestAlgorithm.Sha256));
        _bench.Server.Then(new Conduct { CutAfter = 64 << 20 });
        _bench.Server.OnRequest = number => Damage(number == 2 ? at : null);

        var result = await _bench.RunAsync();

        Assert.Equal([null, "bytes=67108864-", "bytes=0-67108863"], _bench.Server.Requests.Select(static request => request.Range));
        Assert.Empty(result.StartedOver);
        _bench.AssertWhole(large);
    }

    [Fact]
    public async Task A_disk_that_loses_bytes_each_time_is_given_up_on()
    {
        Expect(Of(First, DigestAlgorithm.Sha256));
        _bench.Server.Otherwise = new Conduct { CutAfter = 50_000 };
        _bench.Server.OnRequest = number => Damage(number > 1 ? number % 2 == 0 ? 0 : 50_000 : null);

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.DigestMismatch, failure.Failure);
        Assert.Equal(2 + (3 * 2), _bench.Server.Requests.Length); // Two bring it, and again in each of three repairs.
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    private static Digest Of(ResourceVersion version, DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Sha256 => new(algorithm, SHA256.HashData(version.Content)),
        DigestAlgorithm.Sha512 => new(algorithm, SHA512.HashData(version.Content)),
        DigestAlgorithm.Sha1 => new(algorithm, Old(HashAlgorithmName.SHA1, version)),
        DigestAlgorithm.Md5 => new(algorithm, Old(HashAlgorithmName.MD5, version)),
        _ => Digest.OfCrc(algorithm, SumKind.For(algorithm)!.Append(0, version.Content)),
    };

    private static byte[] Old(HashAlgorithmName name, ResourceVersion version)
    {
        using var hash = IncrementalHash.CreateHash(name);
        hash.AppendData(version.Content);
        return hash.GetHashAndReset();
    }

    private void Expect(Digest digest) => _bench.Settings = _bench.Settings with { ExpectedDigest = digest };

    private void Offer(ResourceVersion version) => _bench.Server.Otherwise = new Conduct
    {
        Headers = [(OssField, Of(version, DigestAlgorithm.Crc64).Crc.ToString(CultureInfo.InvariantCulture))],
    };

    private void Damage(int? at)
    {
        if (at is { } offset && _bench.Disk.LengthOf(_bench.Paths.Partial) > offset)
        {
            _bench.Disk.Tamper(_bench.Paths.Partial, node => node.Corrupt(offset));
        }
    }
}
