using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Several connections on fake time: each brings 64 KiB every tenth of a second, unless its conduct says otherwise.</summary>
public sealed class SegmentTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(12 << 20, 1, "\"v1\"");
    private static readonly Conduct Paced = new() { Piece = 64 << 10, Pause = TimeSpan.FromMilliseconds(100) };

    private readonly Bench _bench = New(First);

    [Fact]
    public async Task Others_join_the_first_connection_and_the_file_is_there_in_a_fraction_of_the_time()
    {
        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 4.8, 6.2);
        Assert.InRange(Dropped(result), 0, 4 * (64 << 10));
    }

    [Fact]
    public async Task The_first_request_is_plain_and_the_others_carry_both_conditions()
    {
        await _bench.RunAsync();

        var requests = _bench.Server.Requests;
        Assert.Null(requests[0].Range);
        Assert.All(requests[1..], static request => Assert.Equal("\"v1\"", request["If-Range"]));
        Assert.All(requests[1..4], static request => Assert.Equal("\"v1\"", request["If-Match"]));
        Assert.All(requests[1..4], static request => Assert.Matches(@"^bytes=\d+-\d+$", request.Range));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(8, 8)]
    public async Task There_are_never_more_at_once_than_the_options_allow(int most, int seen)
    {
        _bench.Settings = _bench.Settings with { MostConnections = most };
        var reports = new Reports(_bench.Time);

        await _bench.RunAsync(reports);

        _bench.AssertWhole(First);
        Assert.Equal(seen, reports.All.Max(static report => report.Progress.Connections));
    }

    [Fact]
    public async Task A_small_file_is_brought_by_one_request()
    {
        var small = ResourceVersion.Random(900_000, 3, "\"v1\"");
        _bench.Server.Version = small;

        await _bench.RunAsync();

        _bench.AssertWhole(small);
        Assert.Single(_bench.Server.Requests);
    }

    [Fact]
    public async Task Where_an_answer_takes_longer_than_it_would_save_nobody_else_is_asked()
    {
        var version = ResourceVersion.Random(4 << 20, 3, "\"v1\"");
        _bench.Server.Version = version;
        _bench.Server.Otherwise = Paced with { AnswersAfter = TimeSpan.FromSeconds(3) };

        await _bench.RunAsync();

        _bench.AssertWhole(version);
        Assert.Single(_bench.Server.Requests);
    }

    [Fact]
    public async Task Others_go_straight_to_where_the_redirects_of_the_first_one_ended()
    {
        _bench.Server.Chooses = static request => request.Address.Host == "mirror.test" ? Paced : new() { Status = 302, Headers = [("Location", "https://mirror.test/file.bin")] };

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal("origin.test", _bench.Server.Requests[0].Address.Host);
        Assert.All(_bench.Server.Requests[1..5], static request => Assert.Equal("mirror.test", request.Address.Host));
    }

    [Theory]
    [InlineData("W/\"v1\"", false)]
    [InlineData(null, false)]
    [InlineData("\"v1\"", true)]
    public async Task Without_a_length_or_a_strong_validator_there_is_one_stream_and_no_further_request(string? tag, bool hidesLength)
    {
        var version = First with { EntityTag = tag };
        _bench.Server.Version = version;
        _bench.Server.Otherwise = Paced with { IsChunked = hidesLength };

        await _bench.RunAsync();

        _bench.AssertWhole(version);
        Assert.Single(_bench.Server.Requests);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_one_stream_and_its_second_body_is_dropped()
    {
        _bench.Server.Otherwise = Paced with { IgnoresRange = true };

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Empty(result.StartedOver);
        Assert.Equal(2, result.Requests);
        Assert.Equal(First.Content.Length, result.Fetched);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task A_server_that_refuses_further_connections_gets_fewer(int status)
    {
        Conduct refusal = status == 0 ? new() { Fails = new HttpRequestException(HttpRequestError.ConnectionError) } : new() { Status = status };
        _bench.Server.Then(Paced, Paced, refusal);
        _bench.Memory = new(_bench.Time);
        var reports = new Reports(_bench.Time);

        var result = await _bench.RunAsync(reports);

        _bench.AssertWhole(First);
        Assert.Empty(result.StartedOver);
        Assert.InRange(reports.All.Max(static report => report.Progress.Connections), 2, 3);
        Assert.InRange(_bench.Memory.MostConnections(Bench.Source) ?? 99, 2, 3);
    }

    [Fact]
    public async Task What_a_server_had_time_for_is_remembered_for_the_next_download()
    {
        _bench.Memory = new(_bench.Time);
        _bench.Memory.LimitConnections(Bench.Source, 1);

        await _bench.RunAsync();

        Assert.Single(_bench.Server.Requests);
    }

    [Fact]
    public async Task A_stalled_range_is_taken_whole_by_whoever_is_idle()
    {
        _bench.Server.Then(Paced, Paced with { StallAfter = 256 << 10 });

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 5, 12);
        Assert.Empty(result.StartedOver);
    }

    [Fact]
    public async Task A_body_that_delivers_is_not_closed_for_those_who_wait_in_vain()
    {
        _bench.Server.Then(Paced).Then(20, new Conduct { NeverAnswers = true });
        var reports = new Reports(_bench.Time);

        await _bench.RunAsync(reports);

        _bench.AssertWhole(First);
        Assert.Equal(First.Content.Length, _bench.Server.Requests[0].BodySent);
        Assert.True(reports.All.Last(static report => report.At < TimeSpan.FromSeconds(20)).Progress.Received > First.Content.Length - (1 << 20));
    }

    [Fact]
    public async Task A_connection_that_breaks_goes_on_where_it_broke()
    {
        _bench.Server.Then(Paced with { CutAfter = 1 << 20 }, Paced with { CutAfter = 700_000 }, Paced with { CutAfter = 300_000 });

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.InRange(Dropped(result), 0, 6 * (64 << 10));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_keeps_what_all_of_them_brought_and_the_next_one_fetches_only_the_rest()
    {
        using var cancel = new CancellationTokenSource();
        var reports = new Reports(_bench.Time) { OnReport = report => Cancel(cancel, report.Received > 6 << 20) };

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.RunAsync(reports, cancel.Token));

        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        var kept = _bench.Claims()!.Received;
        Assert.True(kept.Ranges.Length > 1, "Several connections left several runs.");
        Assert.Equal(0, _bench.Disk.OpenFiles);
        var sent = _bench.Server.Sent;
        Assert.InRange(sent - kept.Length, 0, 6 * (64 << 10));

        await _bench.RunAsync();
        _bench.AssertWhole(First);
        Assert.InRange(_bench.Server.Sent - sent - (First.Content.Length - kept.Length), 0, 6 * (64 << 10));
    }

    [Fact]
    public async Task When_the_whole_server_goes_away_the_download_fails_once_and_keeps_what_came()
    {
        _bench.Server.Then(4, Paced with { CutAfter = 1 << 20 });
        _bench.Server.Otherwise = new() { Fails = new HttpRequestException("down") };

        var failed = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.Connection, failed.Failure);
        Assert.Equal(failed.Kept, _bench.Claims()!.Received.Length);
        Assert.InRange(failed.Kept, 1 << 20, 4 << 20);
        Assert.InRange(_bench.Server.Requests.Length, 4 + 5, 4 + 5 + 8);
        Assert.Equal(0, _bench.Disk.OpenFiles);
    }

    public void Dispose() => _bench.Dispose();

    private static Bench New(ResourceVersion version)
    {
        var bench = new Bench(version);
        bench.Server.Otherwise = Paced;
        bench.Settings = bench.Settings with { MostConnections = 4 };
        return bench;
    }

    private static void Cancel(CancellationTokenSource source, bool isTime)
    {
        if (isTime)
        {
            source.Cancel();
        }
    }

    private static long Dropped(DownloadResult result) => result.Fetched - result.Length;
}
