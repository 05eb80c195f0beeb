using System.Globalization;
using System.Security.Authentication;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Whatever befalls one of several connections harms neither the others nor the next download.</summary>
public sealed class SegmentFaultTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(12 << 20, 1, "\"v1\"") with { LastModified = "Mon, 29 Dec 2025 12:00:00 GMT" };
    private static readonly ResourceVersion Second = ResourceVersion.Random(12 << 20, 2, "\"v2\"") with { LastModified = "Tue, 30 Dec 2025 12:00:00 GMT" };
    private static readonly Conduct Paced = new() { Piece = 64 << 10, Pause = TimeSpan.FromMilliseconds(100) };
    private static readonly Uri Signed = new("https://origin.test/file.bin?OSSAccessKeyId=k&Signature=secret");

    private readonly Bench _bench = New();

    [Fact]
    public async Task A_server_that_speaks_no_HTTP_1_sends_one_stream()
    {
        _bench.Server.Then(Paced, new Conduct { Fails = new HttpRequestException("TLS", new AuthenticationException("No application protocol in common.")) });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_fresh_address_that_cannot_be_had_for_another_connection_does_not_end_the_download()
    {
        _bench.Address = Signed;
        _bench.RefreshUri = static (_, _) => throw new InvalidOperationException("no network");
        _bench.Server.Then(Paced, new Conduct { Status = 403 });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_fresh_address_that_never_comes_holds_up_no_finished_file()
    {
        _bench.Address = Signed;
        _bench.RefreshUri = static (_, token) => new(new TaskCompletionSource<Uri?>().Task.WaitAsync(token));
        _bench.Server.Then(Paced, new Conduct { Status = 403 });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(401, null)]
    [InlineData(403, null)]
    [InlineData(404, null)]
    [InlineData(503, "7200")]
    public async Task A_first_connection_that_is_refused_beside_others_waits_for_them(int status, string? wait)
    {
        (string, string)[] headers = wait is null ? [] : [("Retry-After", wait)];
        _bench.Memory = new(_bench.Time);
        _bench.Server.Then(Paced with { CutAfter = 1 << 20 }).Then(3, Paced).Then(new Conduct { Status = status, Headers = headers });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal(3, _bench.Memory.MostConnections(Bench.Source));
    }

    [Fact]
    public async Task A_change_that_is_told_to_the_first_connection_is_no_failure_of_it()
    {
        Settle(connections: 2, attempts: 1);
        _bench.Server.Then(Paced with { CutAfter = 1 << 20 }, Paced with { CutAfter = 2 << 20 }, new Conduct { StallAfter = 0 });
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 4 ? Second : First;

        var result = await _bench.RunAsync();

        _bench.AssertWhole(Second);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Fact]
    public async Task Bytes_that_others_brought_meanwhile_give_the_first_connection_new_patience()
    {
        Settle(connections: 2, attempts: 2);
        var down = new Conduct { Fails = new HttpRequestException(HttpRequestError.NameResolutionError) };
        _bench.Server.Then(Paced with { CutAfter = 1 << 20 }, Paced with { CutAfter = 2 << 20 }, down, down, down);

        await _bench.RunAsync();

        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_connection_that_was_stopped_was_not_refused()
    {
        _bench.Memory = new(_bench.Time);
        _bench.Server.Then(Paced, Paced with { CutAfter = 1 << 20 }, Paced, Paced with { StallAfter = 0 });
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 5 ? Second : First;

        await _bench.RunAsync();

        _bench.AssertWhole(Second);
        Assert.Null(_bench.Memory.MostConnections(Bench.Source));
    }

    /// <summary>Its bytes make the file whole before it turns out that the announcement was a lie.</summary>
    [Fact]
    public async Task A_further_connection_that_brings_too_much_ends_the_download_also_with_its_last_byte()
    {
        Settle(connections: 2, attempts: 5);
        _bench.Server.Then(Paced, Paced with { Excess = 10, IsChunked = true });

        var failed = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.ProtocolViolation, failed.Failure);
        Assert.Null(_bench.Disk.Bytes(_bench.Target));
    }

    /// <summary>The first connection has brought the last byte by then, and waits only for the others to be gone.</summary>
    [Fact]
    public async Task A_further_connection_that_brings_too_much_ends_the_download_also_when_all_is_there()
    {
        Settle(connections: 2, attempts: 5);
        _bench.Server.Chooses = static request => request.Range is { } range ? Paced with { Excess = 10, IsChunked = true, StallAfter = LengthOf(range), YieldsWhenCancelled = true } : Paced;

        var failed = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.ProtocolViolation, failed.Failure);
        Assert.Null(_bench.Disk.Bytes(_bench.Target));
    }

    [Fact]
    public async Task A_first_connection_that_breaks_goes_on_beside_the_others_and_stops_none_of_them()
    {
        Settle(connections: 2, attempts: 5);
        _bench.Server.Then(Paced with { CutAfter = 1 << 20 });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        var other = _bench.Server.Requests[1];
        Assert.Equal(LengthOf(other.Range!), other.BodySent);
    }

    [Fact]
    public async Task A_further_connection_that_brought_nothing_does_not_count_as_a_second_body()
    {
        Settle(connections: 2, attempts: 5);
        _bench.Settings = _bench.Settings with { FinalCheck = FinalCheck.Auto };
        _bench.Server.Chooses = static request => request.Range is null ? Paced with { Pause = TimeSpan.FromMilliseconds(20) } : new Conduct { CutAfter = 0 };

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((2, FinalCheckOutcome.NotAsked), (result.Requests, result.FinalCheck));
    }

    [Fact]
    public async Task A_change_that_two_of_them_see_at_once_leaves_several_connections_for_what_comes_next()
    {
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 3 ? Second : First;
        var reports = new Reports(_bench.Time);

        var result = await _bench.RunAsync(reports);

        _bench.AssertWhole(Second);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal(4, reports.All.Max(static report => report.Progress.Connections));
    }

    [Fact]
    public async Task Ranges_that_are_refused_late_in_the_order_they_were_taken_are_brought_by_the_body_that_comes_to_them()
    {
        _bench.Server.Then(Paced).Then(3, new Conduct { Status = 400, AnswersAfter = TimeSpan.FromSeconds(2) });

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((4, First.Content.Length), (result.Requests, result.Fetched));
    }

    public void Dispose() => _bench.Dispose();

    private static long LengthOf(string range)
    {
        var edges = range["bytes=".Length..].Split('-');
        return long.Parse(edges[1], CultureInfo.InvariantCulture) - long.Parse(edges[0], CultureInfo.InvariantCulture) + 1;
    }

    private void Settle(int connections, int attempts) =>
        _bench.Settings = _bench.Settings with { MostConnections = connections, Retry = _bench.Settings.Retry with { MostFruitless = attempts } };

    private static Bench New()
    {
        var bench = new Bench(First);
        bench.Server.Otherwise = Paced;
        bench.Settings = bench.Settings with { MostConnections = 4 };
        return bench;
    }
}
