using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What is tried again, how often, and after how long.</summary>
public sealed class RetryTests : IDisposable
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(1000, 1, "\"v1\"");
    private static readonly Conduct Down = new() { Fails = new HttpRequestException("down") };

    private readonly Bench _bench = new(Version);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_server_that_gives_one_byte_an_attempt_is_borne_with_for_as_long_as_it_does()
    {
        Allow(attempts: 2);
        _bench.Server.Version = ResourceVersion.Random(50, 1, "\"v1\"");
        _bench.Server.Otherwise = new Conduct { CutAfter = 1 };

        var result = await _bench.RunAsync();

        Assert.Equal(50, result.Requests);
        Assert.Equal(50, result.Fetched);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task Only_attempts_in_a_row_without_a_new_byte_count()
    {
        Allow(attempts: 3);
        for (var round = 0; round < 10; round++)
        {
            _bench.Server.Then(Down, Down, new Conduct { CutAfter = 100 });
        }

        await _bench.RunAsync();
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task The_budget_ends_after_as_many_attempts_as_it_says_and_tells_what_is_kept()
    {
        Allow(attempts: 3);
        _bench.Server.Then(new Conduct { CutAfter = 400 });
        _bench.Server.Otherwise = Down;

        var failure = await _bench.FailAsync();

        Assert.Equal(4, _bench.Server.Requests.Length);
        Assert.Equal((DownloadFailure.Connection, 400L), (failure.Failure, failure.Kept));
        Assert.StartsWith("The connection broke off; 3 attempts in a row brought no new byte", failure.Message, StringComparison.Ordinal);
        Assert.Contains("400 bytes are kept", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_repeat_what_is_kept_are_no_progress()
    {
        Allow(attempts: 4);
        await _bench.KeepAsync(500);
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true, CutAfter = 300 };

        await _bench.FailAsync();

        Assert.Equal(2 + 4, _bench.Server.Requests.Length);
        Assert.Equal(500, _bench.Claims()?.Received.Length);
    }

    [Fact]
    public async Task Waits_grow_and_stay_under_their_limit()
    {
        Allow(attempts: 12, first: TimeSpan.FromSeconds(1), longest: TimeSpan.FromSeconds(20));
        _bench.Server.Otherwise = Down;

        await _bench.FailAsync();

        var waits = Waits();
        Assert.Equal(11, waits.Length);
        Assert.All(waits, static wait => Assert.InRange(wait.TotalSeconds, 0, 20));
        Assert.InRange(waits[0].TotalSeconds, 0, 4);
        Assert.True(waits[6..].Average(static wait => wait.TotalSeconds) > 3 * waits[..2].Average(static wait => wait.TotalSeconds));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("600", 600)]
    [InlineData("Thu, 01 Jan 2026 00:01:40 GMT", 100)]
    public async Task Retry_After_is_waited_for(string told, double seconds)
    {
        _bench.Server.Then(new Conduct { Status = 503, Headers = [("Retry-After", told)] });

        await _bench.RunAsync();

        Assert.Equal(seconds, Waits().Single().TotalSeconds);
    }

    [Theory]
    [InlineData("601", 601)]
    [InlineData("Thu, 01 Jan 2026 02:00:00 GMT", 7200)]
    public async Task A_Retry_After_beyond_the_limit_fails_at_once_and_says_until_when(string told, double seconds)
    {
        await _bench.KeepAsync(300);
        var now = _bench.Time.GetUtcNow();
        _bench.Server.Then(new Conduct { Status = 503, Headers = [("Retry-After", told)] });

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.ServerUnavailable, 503, 300L), (failure.Failure, failure.StatusCode, failure.Kept));
        var expected = told.Length > 5 ? new DateTimeOffset(2026, 1, 1, 2, 0, 0, TimeSpan.Zero) : now.AddSeconds(seconds);
        Assert.InRange((failure.RetryAt!.Value - expected).TotalSeconds, -1, 1);
        Assert.Equal(3, _bench.Server.Requests.Length);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(509)]
    [InlineData(520)]
    [InlineData(530)]
    public async Task A_status_that_may_pass_is_tried_again(int status)
    {
        _bench.Server.Then(2, new Conduct { Status = status });
        var result = await _bench.RunAsync();
        Assert.Equal(3, result.Requests);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(416)]
    [InlineData(451)]
    [InlineData(501)]
    [InlineData(505)]
    [InlineData(511)]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_status_that_will_not_pass_is_not_tried_again(int status)
    {
        _bench.Server.Otherwise = new Conduct { Status = status };
        var failure = await _bench.FailAsync();
        Assert.Equal(status, failure.StatusCode);
        Assert.Single(_bench.Server.Requests);
        Assert.Empty(_bench.Disk.Names);
    }

    [Fact]
    public async Task A_full_disk_is_not_tried_again_and_keeps_what_came()
    {
        await _bench.KeepAsync(300);
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, _bench.Paths.Partial) ? throw DiskError.Full() : 0;

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.DiskFull, 300L), (failure.Failure, failure.Kept));
        Assert.Equal(3, _bench.Server.Requests.Length);
        _bench.Disk.Before = null;
        var result = await _bench.RunAsync();
        Assert.Equal(300, result.ResumedFrom);
        _bench.AssertWhole(Version);
    }

    [Fact]
    public async Task A_disk_that_is_full_for_the_first_journal_leaves_nothing_behind()
    {
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, _bench.Paths.JournalSuccessor) ? throw DiskError.Full() : 0;
        var failure = await _bench.FailAsync();
        Assert.Equal(DownloadFailure.DiskFull, failure.Failure);
        Assert.Single(_bench.Server.Requests);
        Assert.Empty(_bench.Disk.Names);
    }

    [Fact]
    public async Task A_permission_that_is_lost_is_not_tried_again()
    {
        _bench.Disk.Before = call => _ = call.Is(DiskOperation.Write, _bench.Paths.Partial) ? throw new UnauthorizedAccessException("no") : 0;
        var failure = await _bench.FailAsync();
        Assert.Equal(DownloadFailure.DestinationUnusable, failure.Failure);
        Assert.Single(_bench.Server.Requests);
    }

    /// <summary>Some caches never answer a range of a file that changed, but do answer a plain request.</summary>
    [Fact]
    public async Task A_range_that_never_gets_an_answer_is_followed_by_one_plain_request_past_the_caches()
    {
        Allow(attempts: 3);
        await _bench.KeepAsync(300);
        var silence = new Conduct { Fails = new HttpRequestException(HttpRequestError.ResponseEnded, "closed") };
        _bench.Server.Version = ResourceVersion.Random(1000, 2, "\"v2\"");
        _bench.Server.Then(3, silence);

        var result = await _bench.RunAsync();

        var last = _bench.Server.Requests[^1];
        Assert.Equal(2 + 4, _bench.Server.Requests.Length);
        Assert.Equal((null, "no-cache"), (last.Range, last["Cache-Control"]));
        Assert.Equal([StartOverReason.RangeUnusable], result.StartedOver);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task A_plain_request_is_not_repeated_when_silence_goes_on()
    {
        Allow(attempts: 3);
        await _bench.KeepAsync(300);
        _bench.Server.Otherwise = new Conduct { Fails = new HttpRequestException(HttpRequestError.ResponseEnded, "closed") };

        var failure = await _bench.FailAsync();

        Assert.Equal(300, failure.Kept);
        Assert.Single(_bench.Server.Requests[2..], static request => request.Range is null);
        Assert.Equal(2 + 4, _bench.Server.Requests.Length);
    }

    [Fact]
    public async Task One_plain_request_is_enough_for_a_run_also_when_it_brought_something()
    {
        Allow(attempts: 3);
        await _bench.KeepAsync(300);
        var silence = new Conduct { Fails = new HttpRequestException(HttpRequestError.ResponseEnded, "closed") };
        _bench.Server.Chooses = request => request.Range is null ? new Conduct { CutAfter = 400 } : silence;

        var failure = await _bench.FailAsync();

        Assert.Equal(400, failure.Kept);
        Assert.Equal([3], _bench.Server.Requests[2..].Select(static (request, at) => request.Range is null ? at : -1).Where(static at => at >= 0));
        Assert.Equal(2 + 3 + 1 + 3, _bench.Server.Requests.Length);
    }

    private TimeSpan[] Waits() => [.. _bench.Server.Requests.Zip(_bench.Server.Requests.Skip(1), static (one, next) => next.At - one.At)];

    private void Allow(int attempts, TimeSpan? first = null, TimeSpan? longest = null) => _bench.Settings = _bench.Settings with
    {
        Retry = new RetrySettings(attempts, first ?? TimeSpan.FromSeconds(0.5), longest ?? TimeSpan.FromMinutes(1)),
    };
}
