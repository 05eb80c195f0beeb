using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What proves a part of a resource is a digest of that part only, or the version after its last byte.</summary>
public sealed class PartDigestTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");

    private readonly Bench _bench = new(First) { Range = new(30_000, 90_000) };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Digests_of_the_whole_resource_are_not_held_against_the_part()
    {
        _bench.Server.Otherwise = new Conduct { Headers = [("x-oss-hash-crc64ecma", "1"), ("Repr-Digest", "md5=:AAAAAAAAAAAAAAAAAAAAAA==:")] };
        var result = await _bench.RunAsync();
        Assert.Empty(result.ProvedBy);
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task The_digest_that_the_caller_expects_is_that_of_the_part(int shift, bool isRight)
    {
        var digest = new Digest(DigestAlgorithm.Sha256, System.Security.Cryptography.SHA256.HashData(First.Content.AsSpan(30_000 + shift, 60_000)));
        _bench.Settings = _bench.Settings with { ExpectedDigest = digest };
        if (isRight)
        {
            Assert.Equal(digest, Assert.Single((await _bench.RunAsync()).ProvedBy).Digest);
            return;
        }

        Assert.Equal(DownloadFailure.DigestMismatch, (await _bench.FailAsync()).Failure);
    }

    [Theory]
    [InlineData("\"v1\"", FinalCheckOutcome.Confirmed, 0)]
    [InlineData("\"v2\"", FinalCheckOutcome.Confirmed, 1)]
    public async Task After_the_last_byte_of_the_part_its_version_is_asked_for(string tag, FinalCheckOutcome outcome, int startedOver)
    {
        _bench.Settings = _bench.Settings with { FinalCheck = FinalCheck.Always };
        _bench.Server.OnRequest = number => _bench.Server.Version = number == 1 ? First : First with { EntityTag = tag };
        var result = await _bench.RunAsync();
        Assert.Equal(("bytes=89999-89999", "\"v1\""), (_bench.Server.Requests[1].Range, _bench.Server.Requests[1]["If-None-Match"]));
        Assert.Equal((outcome, startedOver), (result.FinalCheck, result.StartedOver.Count));
        _bench.AssertWhole(First);
    }
}
