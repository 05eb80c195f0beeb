using System.Globalization;
using System.Security.Cryptography;

namespace ResumableDownload.IntegrationTests;

/// <summary>The digests that stores offer prove the whole file, however many answers and runs it came in.</summary>
public sealed class StoreDigestTests
{
    public static TheoryData<string, string, DigestAlgorithm> Offered => new()
    {
        { "OSS", "x-oss-hash-crc64ecma", DigestAlgorithm.Crc64 },
        { "COS", "x-cos-hash-crc64ecma", DigestAlgorithm.Crc64 },
        { "GCS", "x-goog-hash", DigestAlgorithm.Crc32C },
        { "Azure", "x-ms-blob-content-md5", DigestAlgorithm.Md5 },
        { "S3 crc32", "x-amz-checksum-crc32", DigestAlgorithm.Crc32 },
        { "S3 crc32c", "x-amz-checksum-crc32c", DigestAlgorithm.Crc32C },
        { "S3 crc64nvme", "x-amz-checksum-crc64nvme", DigestAlgorithm.Crc64Nvme },
        { "S3 sha256", "x-amz-checksum-sha256", DigestAlgorithm.Sha256 },
    };

    public static TheoryData<string> Provers => [.. Offered.Select(static row => (string)row[0])];

    [Theory]
    [MemberData(nameof(Offered))]
    public async Task A_file_that_came_in_many_answers_and_two_runs_is_proved(string store, string source, DigestAlgorithm algorithm)
    {
        await using var scene = await OpenAsync(store);
        scene.Options.FinalCheck = FinalCheck.Always;
        await scene.LeaveAsync(scene.Sign());
        scene.Store.Then(StoreFault.Cut(100_000), StoreFault.Cut(100_000));

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        var proof = Assert.Single(result.ProvedBy);
        Assert.Equal((source, algorithm), (proof.Source, proof.Digest.Algorithm));
        Assert.Equal([206, 206, 206], scene.Requests.Select(static request => request.Status));
        Assert.Equal(FinalCheckOutcome.NotAsked, result.FinalCheck);
    }

    // CRCs of the runs combine to the CRC of the whole, if the journal keeps that kind; an MD5 must see every byte, and any kind will do until then.
    [Theory]
    [InlineData("OSS", "crc64")]
    [InlineData("COS", "crc64")]
    [InlineData("GCS", "crc32c")]
    [InlineData("S3 crc32", "crc32")]
    [InlineData("S3 crc64nvme", "crc64nvme")]
    [InlineData("Azure", "crc32c")]
    [InlineData("S3 sha256", "crc32c")]
    public async Task What_arrives_is_summed_up_as_the_store_sums_it(string store, string sum)
    {
        await using var scene = await OpenAsync(store);

        await scene.LeaveAsync(scene.Sign());

        Assert.Contains($"\"sum\":\"{sum}\"", await File.ReadAllTextAsync(scene.Journal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proof_is_the_stores_own_number()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();

        var result = await scene.DownloadAsync(scene.Sign());

        var crc = BitwiseCrc.Crc64Xz(Resource.Content(1, StoreScene.Length)).ToString("x16", CultureInfo.InvariantCulture);
        Assert.Equal(crc, Convert.ToHexStringLower(Assert.Single(result.ProvedBy).Digest.Value.AsSpan()));
    }

    [Theory]
    [MemberData(nameof(Provers))]
    public async Task A_bit_that_is_wrong_in_one_answer_of_several_is_found_and_mended(string store)
    {
        await using var scene = await OpenAsync(store);
        scene.Store.Then(StoreFault.Cut(StoreScene.Kept), new StoreFault { FlipAt = 1000 });

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal((1, 1), (result.StartedOver.Count, result.ProvedBy.Count));
    }

    [Theory]
    [MemberData(nameof(Provers))]
    public async Task A_bit_that_was_wrong_in_an_earlier_run_is_found_and_mended(string store)
    {
        await using var scene = await OpenAsync(store);
        scene.Store.Then(StoreFault.Cut(StoreScene.Kept) with { FlipAt = 70_000 }, StoreFault.Refuse(501, "NotImplemented"));
        Assert.Equal(StoreScene.Kept, (await scene.FailAsync(scene.Sign())).Kept);

        await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
    }

    [Theory]
    [MemberData(nameof(Provers))]
    public async Task A_bit_that_is_wrong_in_the_only_answer_fails_and_publishes_nothing(string store)
    {
        await using var scene = await OpenAsync(store);
        scene.Store.Then(new StoreFault { FlipAt = StoreScene.Length - 1 });

        var failure = await scene.FailAsync(scene.Sign());

        Assert.Equal(DownloadFailure.DigestMismatch, failure.Failure);
        Assert.False(File.Exists(scene.Destination));
        Assert.Single(scene.Requests);
        await scene.DownloadAsync(scene.Sign());
        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
    }

    [Fact]
    public async Task Bits_that_are_wrong_every_time_end_in_a_failure()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        scene.Store.Then(StoreFault.Cut(StoreScene.Kept));
        scene.Store.Then(Enumerable.Repeat(new StoreFault { FlipAt = 5 }, 20));

        var failure = await scene.FailAsync(scene.Sign());

        Assert.Equal(DownloadFailure.DigestMismatch, failure.Failure);
        Assert.Contains("x-oss-hash-crc64ecma", failure.Message, StringComparison.Ordinal);
        Assert.InRange(scene.Requests.Count, 2, 6);
        Assert.False(File.Exists(scene.Destination));
    }

    [Theory]
    [InlineData("crc32")]
    [InlineData("crc32c")]
    [InlineData("crc64nvme")]
    [InlineData("sha256")]
    public async Task A_checksum_of_checksums_proves_nothing_and_does_no_harm(string checksum)
    {
        await using var scene = await OpenAsync("S3 " + checksum);
        scene.Put(2, static item => item with { Parts = 3, EntityTag = "\"9bb58f26192e4ba00f01e2e7b136bbd8-3\"" });
        scene.Options.FinalCheck = FinalCheck.Always;

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(2, StoreScene.Length));
        Assert.Empty(result.ProvedBy);
        Assert.Equal(FinalCheckOutcome.Confirmed, result.FinalCheck);
    }

    [Fact]
    public async Task The_hash_of_what_google_stores_compressed_is_not_the_files()
    {
        await using var scene = await StoreScene<GcsStore>.OpenAsync();
        scene.Put(2, static item => item with { StoredCoding = "gzip" });

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(2, StoreScene.Length));
        Assert.Empty(result.ProvedBy);
    }

    [Theory]
    [InlineData(0, "Content-MD5")]
    [InlineData(3, null)]
    public async Task Where_the_crc_is_missing_the_md5_of_a_simple_upload_will_do(int parts, string? source)
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        scene.Store.TellsCrc64 = false;
        scene.Put(2, item => item with { Parts = parts });
        await scene.LeaveAsync(scene.Sign());

        var result = await scene.DownloadAsync(scene.Sign());

        scene.AssertHolds(Resource.Content(2, StoreScene.Length));
        Assert.Equal(source, result.ProvedBy.SingleOrDefault()?.Source);
    }

    [Fact]
    public async Task The_callers_own_digest_is_what_counts()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        var right = Digest.Parse("sha-256:" + Convert.ToHexStringLower(SHA256.HashData(Resource.Content(1, StoreScene.Length))));

        var result = await scene.DownloadAsync(new DownloadRequest(scene.Sign(), scene.Destination) { ExpectedDigest = right });

        scene.AssertHolds(Resource.Content(1, StoreScene.Length));
        Assert.Equal(("caller", right), (Assert.Single(result.ProvedBy).Source, result.ProvedBy[0].Digest));
    }

    [Fact]
    public async Task An_object_that_is_not_the_one_expected_is_not_published()
    {
        await using var scene = await StoreScene<OssStore>.OpenAsync();
        var other = Digest.Parse("sha-256:" + new string('0', 64));

        var failure = await scene.FailAsync(new DownloadRequest(scene.Sign(), scene.Destination) { ExpectedDigest = other });

        Assert.Equal(DownloadFailure.DigestMismatch, failure.Failure);
        Assert.False(File.Exists(scene.Destination));
    }

    private static async Task<StoreScene> OpenAsync(string store)
    {
        var scene = await StoreScene.Stores[store.Split(' ')[0]]();
        (scene.Store as S3Store)?.Checksum = store.Split(' ')[1];
        return scene;
    }
}
