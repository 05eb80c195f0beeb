using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What the disk has no room for, or the caller does not want, is not fetched.</summary>
public sealed class LimitTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(10_000, 1, "\"v1\"");

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_file_that_does_not_fit_fails_before_its_first_byte()
    {
        _bench.Disk.Free = 9_999;
        var failure = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.DiskFull, 0L), (failure.Failure, failure.Kept));
        Assert.Equal(0, _bench.Server.Sent);
        Assert.Empty(_bench.Disk.Names);
    }

    [Fact]
    public async Task Room_for_what_is_missing_is_enough()
    {
        await _bench.KeepAsync(6000);
        _bench.Disk.Free = 4000;
        await _bench.RunAsync();
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_replacement_that_does_not_fit_leaves_what_is_kept()
    {
        await _bench.KeepAsync(6000);
        _bench.Disk.Free = 4000;
        _bench.Server.Version = ResourceVersion.Random(20_000, 2, "\"v2\"");
        var failure = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.DiskFull, 6000L), (failure.Failure, failure.Kept));
        Assert.Equal("\"v1\"", _bench.Claims()?.Header.Etag);
    }

    [Theory]
    [InlineData(10_000, null, null)]
    [InlineData(9_999, DownloadFailure.TooLong, 0)]
    public async Task A_told_length_is_compared_with_the_greatest_one(int most, DownloadFailure? expected, int? sent)
    {
        Limit(expectedLength: null, most);
        await AssertEndsAsync(new Conduct(), expected, sent);
    }

    [Theory]
    [InlineData(10_000, null, null)]
    [InlineData(9_999, DownloadFailure.LengthMismatch, 0)]
    [InlineData(10_001, DownloadFailure.LengthMismatch, 0)]
    public async Task A_told_length_is_compared_with_the_expected_one(int length, DownloadFailure? expected, int? sent)
    {
        Limit(length, most: null);
        await AssertEndsAsync(new Conduct(), expected, sent);
    }

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(9_999, DownloadFailure.TooLong)]
    [InlineData(1, DownloadFailure.TooLong)]
    public async Task A_length_that_is_not_told_is_compared_while_it_comes(int most, DownloadFailure? expected)
    {
        Limit(expectedLength: null, most);
        await AssertEndsAsync(new Conduct { IsChunked = true, Piece = 1000 }, expected, sent: null);
        Assert.True((_bench.Disk.Bytes(_bench.Paths.Partial)?.Length ?? 0) <= most);
    }

    [Theory]
    [InlineData(10_000, null)]
    [InlineData(9_999, DownloadFailure.LengthMismatch)]
    public async Task An_expected_length_tells_the_end_of_a_body_that_does_not(int length, DownloadFailure? expected)
    {
        Limit(length, most: null);
        await AssertEndsAsync(new Conduct { HidesLength = true }, expected, sent: null);
        Assert.Single(_bench.Server.Requests);
    }

    /// <summary>Its marked end is no proof against the caller, who knows better.</summary>
    [Fact]
    public async Task A_marked_end_short_of_the_expected_length_is_a_cut_and_the_whole_is_fetched_again()
    {
        Limit(10_000, most: null);
        _bench.Server.Version = Version with { EntityTag = null };
        _bench.Server.Then(new Conduct { IsChunked = true, EndsAfter = 4000 });

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.NotResumable], result.StartedOver);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_body_without_length_or_mark_is_whole_when_the_server_says_there_is_nothing_behind_it()
    {
        _bench.Server.Then(new Conduct { HidesLength = true });
        var result = await _bench.RunAsync();
        Assert.Equal([200, 416], _bench.Server.Requests.Select(static request => request.Status));
        Assert.Equal(10_000, result.Length);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_body_without_length_mark_or_tag_is_refused()
    {
        _bench.Server.Version = Version with { EntityTag = null };
        _bench.Server.Otherwise = new Conduct { HidesLength = true };
        Assert.Equal(DownloadFailure.LengthUnknown, (await _bench.FailAsync()).Failure);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    [Fact]
    public async Task A_kept_whole_of_another_length_than_is_expected_by_now_is_of_another_time_and_asked_for_anew()
    {
        _bench.Settings = _bench.Settings with { ExpectedDigest = Digest.Parse("crc32c:00000000") };
        Assert.Equal(10_000, (await _bench.FailAsync()).Kept);
        _bench.Settings = _bench.Settings with { ExpectedDigest = null };
        Limit(9_000, most: null);

        Assert.Equal(DownloadFailure.LengthMismatch, (await _bench.FailAsync()).Failure);
        _bench.Server.Version = ResourceVersion.Random(9_000, 2, "\"v2\"");
        await _bench.RunAsync();

        Assert.Equal([null, null, null], _bench.Server.Requests.Select(static request => request.Range));
        _bench.AssertWhole(_bench.Server.Version);
    }

    private void Limit(long? expectedLength, long? most) => _bench.Settings = _bench.Settings with
    {
        Limits = new AnswerLimits(expectedLength, most, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)),
    };

    private async Task AssertEndsAsync(Conduct conduct, DownloadFailure? expected, int? sent)
    {
        _bench.Server.Otherwise = conduct;
        if (expected is { } kind)
        {
            Assert.Equal(kind, (await _bench.FailAsync()).Failure);
            Assert.False(_bench.Disk.FileExists(_bench.Target));
        }
        else
        {
            await _bench.RunAsync();
            _bench.AssertWhole(Version);
        }

        Assert.Equal(sent ?? _bench.Server.Sent, _bench.Server.Sent);
    }
}
