using System.Globalization;
using System.Security.Cryptography;
using ResumableDownload.Integrity;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Which of the digests that a server states proves the file, and what the caller's tells where nothing else marks the end.</summary>
public sealed class DigestChoiceTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("md5", "sha-256")]
    [InlineData("sha-256", "md5")]
    public async Task Of_several_the_strongest_counts(string one, string other)
    {
        _bench.Server.Otherwise = new Conduct { Headers = [("Repr-Digest", $"{Member(one)}, {Member(other)}")] };

        var result = await _bench.RunAsync();

        Assert.Equal(DigestAlgorithm.Sha256, Assert.Single(result.ProvedBy).Digest.Algorithm);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task One_that_needs_no_reading_comes_before_a_stronger_one()
    {
        var sum = SumKind.For(DigestAlgorithm.Crc64)!.Append(0, First.Content).ToString(CultureInfo.InvariantCulture);
        _bench.Server.Otherwise = new Conduct { Headers = [("Repr-Digest", Member("sha-256")), ("x-oss-hash-crc64ecma", sum)] };

        var result = await _bench.RunAsync();

        Assert.Equal(DigestAlgorithm.Crc64, Assert.Single(result.ProvedBy).Digest.Algorithm);
        Assert.Equal(0, _bench.Disk.BytesRead(_bench.Paths.Partial));
    }

    [Fact]
    public async Task Where_nothing_marks_the_end_the_callers_digest_tells_that_it_is_whole()
    {
        Expect();
        _bench.Server.Otherwise = new Conduct { HidesLength = true };

        var result = await _bench.RunAsync();

        Assert.Equal((1, 100_000L), (result.Requests, result.Length));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Where_nothing_marks_the_end_the_callers_digest_tells_that_it_was_cut()
    {
        Expect();
        _bench.Server.Then(new Conduct { HidesLength = true, EndsAfter = 70_000 });

        var result = await _bench.RunAsync();

        Assert.Equal([null, "bytes=70000-"], _bench.Server.Requests.Select(static request => request.Range));
        Assert.Empty(result.StartedOver);
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData("\"v2\"", 100_000)]
    [InlineData("\"v1\"", 90_000)]
    public async Task What_was_stated_of_one_version_is_not_held_against_the_one_that_replaces_it(string tag, int length)
    {
        var mixed = ResourceVersion.Random(100_000, 2, "\"v1\"");
        var next = ResourceVersion.Random(length, 3, tag);
        var stated = new Conduct { Headers = [("Repr-Digest", Member("sha-256"))], CutAfter = 30_000 };
        _bench.Server.Then(stated, new Conduct { Serves = mixed }, new Conduct { Serves = next });

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Damaged], result.StartedOver);
        Assert.Empty(result.ProvedBy);
        _bench.AssertWhole(next);
    }

    private static string Member(string algorithm)
    {
        using var hash = IncrementalHash.CreateHash(algorithm == "md5" ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256);
        hash.AppendData(First.Content);
        return $"{algorithm}=:{Convert.ToBase64String(hash.GetHashAndReset())}:";
    }

    private void Expect() => _bench.Settings = _bench.Settings with { ExpectedDigest = new(DigestAlgorithm.Sha256, SHA256.HashData(First.Content)) };
}
