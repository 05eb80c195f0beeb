using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ResumableDownload.IntegrationTests;

public sealed class RetryTests
{
    private const int Length = 500_000;

    [Fact]
    public async Task The_budget_counts_attempts_that_brought_nothing()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Options = { MaxAttemptsWithoutProgress = 3 } };
        scene.Origin.Otherwise = Conduct.Refuse(503);

        var failure = await scene.FailAsync();

        Assert.Equal((DownloadFailure.ServerUnavailable, 503, 3), (failure.Failure, failure.StatusCode, scene.Requests.Count));
    }

    [Fact]
    public async Task Any_new_byte_refills_the_budget()
    {
        Conduct[] round = [Conduct.Refuse(503), Conduct.Refuse(502), Conduct.CutAt(100_000)];
        await using var scene = new Scene(Resource.Version(1, Length), [.. round, .. round, .. round, .. round])
        {
            Options = { MaxAttemptsWithoutProgress = 3 },
        };

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((13, Length), (result.Requests, scene.Origin.BodyBytesSent));
    }

    [Fact]
    public async Task A_single_new_byte_refills_the_budget()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(200_000)) { Options = { MaxAttemptsWithoutProgress = 2 } };
        scene.Origin.Then(Enumerable.Repeat(0, 5).SelectMany(_ => (Conduct[])[Conduct.Refuse(500), Conduct.CutAt(1)]));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(12, result.Requests);
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
    [InlineData(522)]
    public async Task A_passing_refusal_is_asked_again_and_loses_nothing(int status)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.Refuse(status), Conduct.CutAt(200_000), Conduct.Refuse(status));

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((4, Length), (result.Requests, scene.Origin.BodyBytesSent));
    }

    [Theory]
    [InlineData(401, DownloadFailure.AccessDenied)]
    [InlineData(403, DownloadFailure.AccessDenied)]
    [InlineData(404, DownloadFailure.NotFound)]
    [InlineData(410, DownloadFailure.NotFound)]
    [InlineData(405, DownloadFailure.Refused)]
    [InlineData(451, DownloadFailure.Refused)]
    [InlineData(501, DownloadFailure.Refused)]
    [InlineData(505, DownloadFailure.Refused)]
    [InlineData(511, DownloadFailure.Refused)]
    public async Task A_lasting_refusal_is_not_asked_again_and_keeps_what_came(int status, DownloadFailure expected)
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Otherwise = Conduct.Refuse(status);

        var failure = await scene.FailAsync();

        Assert.Equal((expected, status, 200_000, 1), (failure.Failure, failure.StatusCode, failure.Kept, scene.Requests.Count));
        Assert.Contains("200000", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200_000)]
    public async Task A_stalled_body_is_ended_and_continued(int at)
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(at)) { Options = { StallTimeout = TimeSpan.FromMilliseconds(300) } };
        var watch = Stopwatch.StartNew();

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((Length, 2), (scene.Origin.BodyBytesSent, result.Requests));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.25, 20);
    }

    [Fact]
    public async Task A_server_that_takes_the_request_and_says_nothing_is_given_up()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.Silence(Ending.Stall) } };
        (scene.Options.StallTimeout, scene.Options.MaxAttemptsWithoutProgress) = (TimeSpan.FromMilliseconds(200), 2);

        Assert.Equal(DownloadFailure.Connection, (await scene.FailAsync()).Failure);
    }

    [Fact]
    public async Task A_dribbling_server_counts_as_stalled()
    {
        // Each read brings a byte in time, so an idle timeout would wait for days.
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.CutAt(200_000));
        scene.Origin.Then(new Conduct { Pieces = (1, TimeSpan.FromMilliseconds(50)) });
        (scene.Options.StallTimeout, scene.Options.StallBytes) = (TimeSpan.FromMilliseconds(400), 10_000);

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal(3, result.Requests);
    }

    [Fact]
    public async Task Our_own_limit_is_no_stall()
    {
        await using var scene = new Scene(Resource.Version(1, 100_000));
        (scene.Options.StallTimeout, scene.Options.StallBytes) = (TimeSpan.FromMilliseconds(200), 60_000);
        scene.Options.BandwidthLimit = new BandwidthLimit(100_000);

        var result = await scene.DownloadAsync();

        Assert.Equal(1, result.Requests);
        Assert.InRange(result.Elapsed.TotalSeconds, 0.7, 10);
    }

    [Theory]
    [InlineData(Ending.Close)]
    [InlineData(Ending.Reset)]
    public async Task A_server_that_hangs_up_without_an_answer_is_given_up(Ending ending)
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.Silence(ending) } };

        var failure = await scene.FailAsync();

        // The HTTP handler would send each of our five attempts up to four times.
        Assert.Equal((DownloadFailure.Connection, 5), (failure.Failure, scene.Requests.Count));
    }

    [Theory]
    [InlineData("HTTP/1.1 20")]
    [InlineData("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 2000")]
    [InlineData("\0\u0001\u0002 this is not HTTP\r\n\r\n")]
    public async Task A_head_that_is_cut_or_nonsense_is_a_passing_fault(string raw)
    {
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Then(new Conduct { Raw = raw, Ending = Ending.Close });

        var result = await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Equal((200_000, 300_000), (result.ResumedFrom, result.Received));
    }

    [Theory]
    [InlineData(Ending.Close)]
    [InlineData(Ending.Reset)]
    public async Task A_cache_that_hangs_up_on_ranges_is_asked_for_the_whole(Ending ending)
    {
        // Seen from nginx' slice cache after the file changed: a range gets no answer, every time; a plain request does.
        await using var scene = new Scene(Resource.Version(1, Length));
        await scene.LeaveAsync(kept: 200_000);
        scene.Origin.Resource = Resource.Version(2, Length);
        scene.Origin.TowardsRanges = Conduct.Silence(ending);

        await scene.DownloadAsync();

        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_dead_server_is_a_connection_failure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var scene = new Scene(Resource.Version(1, Length));

        var failure = await scene.FailAsync(new DownloadRequest(new Uri($"http://127.0.0.1:{port}/file.bin"), scene.Destination));

        Assert.Equal((DownloadFailure.Connection, 0), (failure.Failure, failure.Kept));
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Fact]
    public async Task An_unknown_host_is_named_as_such()
    {
        await using var scene = new Scene(Resource.Version(1, Length));

        var failure = await scene.FailAsync(new DownloadRequest(new Uri("http://no-such-host.invalid/file.bin"), scene.Destination));

        Assert.Equal(DownloadFailure.UnknownHost, failure.Failure);
        Assert.Contains("no-such-host.invalid", failure.Message, StringComparison.Ordinal);
    }
}
