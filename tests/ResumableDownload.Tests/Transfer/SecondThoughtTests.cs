using System.Security.Cryptography;
using ResumableDownload.Integrity;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What one odd answer led to is not held against the server for ever, and what looks like a change need not be one.</summary>
public sealed class SecondThoughtTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly ResourceVersion Unnamed = First with { EntityTag = null };

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_stray_416_does_not_turn_ranges_off_for_good()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { Status = 416 }, new Conduct { CutAfter = 60_000 });

        var result = await _bench.RunAsync();

        Assert.Equal(("bytes=60000-", 40_000L), (_bench.Server.Requests[^1].Range, _bench.Server.Requests[^1].BodySent));
        Assert.Empty(result.StartedOver);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_body_until_the_connection_closes_is_whole_when_its_digest_says_so()
    {
        using var bench = new Bench(Unnamed);
        bench.Settings = bench.Settings with { ExpectedDigest = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(First.Content)) };
        bench.Server.Then(new Conduct { HidesLength = true });

        var result = await bench.RunAsync();

        Assert.Equal((100_000L, 1, 1), (result.Length, result.ProvedBy.Count, result.Requests));
        bench.AssertWhole(Unnamed);
    }

    [Fact]
    public async Task A_cut_body_until_the_connection_closes_is_not_whole()
    {
        using var bench = new Bench(Unnamed);
        bench.Settings = bench.Settings with { ExpectedDigest = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(First.Content)) };
        bench.Server.Version = Unnamed with { Content = First.Content[..99_999] };
        bench.Server.Then(new Conduct { HidesLength = true });

        Assert.Equal(DownloadFailure.LengthUnknown, (await bench.FailAsync()).Failure);
        Assert.Null(bench.Disk.Bytes(bench.Target));
    }

    [Fact]
    public async Task Another_mirror_than_the_one_that_sent_the_file_says_nothing_of_it()
    {
        _bench.Settings = _bench.Settings with { FinalCheck = FinalCheck.Always };
        var elsewhere = ResourceVersion.Random(100_000, 2, "\"mirror\"");
        _bench.Server.Then(new Conduct(), new Conduct { Serves = elsewhere, WentTo = new Uri("https://mirror.test/file.bin") });

        var result = await _bench.RunAsync();

        Assert.Equal((FinalCheckOutcome.Inconclusive, 2), (result.FinalCheck, result.Requests));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_digest_that_only_a_part_told_is_not_forgotten_when_the_file_is_fetched_anew()
    {
        var damaged = ResourceVersion.Random(100_000, 2, "\"v1\"");
        _bench.Server.Version = damaged;
        _bench.Server.Then(new Conduct { CutAfter = 40_000 }, new Conduct { Headers = [DigestOf(First)] });

        Assert.Equal(DownloadFailure.DigestMismatch, (await _bench.FailAsync()).Failure);
        Assert.Null(_bench.Disk.Bytes(_bench.Target));
    }

    [Theory]
    [InlineData("\"v2\"", 100_000, false)]
    [InlineData("\"v1\"", 90_000, false)]
    [InlineData("\"v1\"", 100_000, true)]
    public async Task A_digest_that_only_a_part_told_is_not_held_against_another_version(string tag, int length, bool tellsItsOwn)
    {
        var other = ResourceVersion.Random(length, 3, tag);
        _bench.Server.Version = ResourceVersion.Random(100_000, 2, "\"v1\"");
        _bench.Server.Then(
            new Conduct { CutAfter = 40_000 },
            new Conduct { Headers = [DigestOf(First)] },
            new Conduct { Serves = other, Headers = tellsItsOwn ? [DigestOf(other)] : [] });

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Damaged], result.StartedOver);
        Assert.Equal(tellsItsOwn ? 1 : 0, result.ProvedBy.Count);
        _bench.AssertWhole(other);
    }

    [Fact]
    public async Task A_server_that_says_it_has_no_ranges_is_believed_also_when_its_body_breaks()
    {
        var none = new Conduct { IgnoresRange = true, Headers = [("Accept-Ranges", "none")] };
        _bench.Server.Then(none with { CutAfter = 40_000 }, none);

        var result = await _bench.RunAsync();

        Assert.Equal([null, null], _bench.Server.Requests.Select(static request => request.Range));
        Assert.Empty(result.StartedOver);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task The_last_question_waits_ten_seconds_at_most_also_for_a_slow_refusal()
    {
        _bench.Settings = _bench.Settings with { FinalCheck = FinalCheck.Always };
        _bench.Server.Then(new Conduct(), new Conduct { NeverAnswers = true });
        var before = _bench.Time.Elapsed;

        var result = await _bench.RunAsync();

        Assert.Equal((FinalCheckOutcome.Inconclusive, TimeSpan.FromSeconds(10)), (result.FinalCheck, _bench.Time.Elapsed - before));
    }

    [Fact]
    public async Task A_function_that_fails_ahead_of_the_expiry_stops_nothing()
    {
        using var bench = new Bench(First) { Address = new Uri($"https://origin.test/f?Expires={new DateTimeOffset(2026, 1, 1, 0, 0, 20, TimeSpan.Zero).ToUnixTimeSeconds()}&Signature=s&OSSAccessKeyId=k") };
        bench.RefreshUri = static (_, _) => throw new InvalidOperationException("no signature today");
        bench.Server.Then(new Conduct { CutAfter = 40_000 });

        await bench.RunAsync();

        bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_part_under_the_status_of_a_whole_is_never_taken_for_the_file()
    {
        await _bench.KeepAsync(40_000);
        var part = First with { Content = First.Content[40_000..] };
        _bench.Server.Then(new Conduct { Serves = part, IgnoresRange = true, Headers = [("Content-Range", "bytes 40000-99999/100000")] });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
    }

    // A wrong digest of the caller costs nothing that was kept.
    [Fact]
    public async Task Without_a_start_over_left_a_wrong_digest_is_named_as_such_and_what_came_stays()
    {
        _bench.Settings = _bench.Settings with { MaxStartOvers = 0, ExpectedDigest = new Digest(DigestAlgorithm.Sha256, new byte[32]) };
        _bench.Server.Then(new Conduct { CutAfter = 40_000 });
        var failed = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.DigestMismatch, 100_000L), (failed.Failure, failed.Kept));

        _bench.Settings = _bench.Settings with { ExpectedDigest = new Digest(DigestAlgorithm.Sha256, SHA256.HashData(First.Content)) };
        Assert.Equal((0, 0L), ((await _bench.RunAsync()) is var result ? result.Requests : 0, result.Fetched));
        _bench.AssertWhole(First);
    }

    private static (string, string) DigestOf(ResourceVersion version) =>
        ("x-oss-hash-crc64ecma", SumKind.Crc64.Append(0, version.Content).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
