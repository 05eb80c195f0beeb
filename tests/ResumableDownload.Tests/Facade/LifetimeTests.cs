using System.Net;

namespace ResumableDownload.Tests.Facade;

/// <summary>How a download ends when it is not whole, and what stays then.</summary>
public sealed class LifetimeTests : IDisposable
{
    private const string Tag = "ETag: \"v1\"";

    private static readonly Uri Secret = new(Origin.Address + "?sig=secret");

    private readonly TemporaryFolder _folder = new();
    private readonly Origin _origin = new();

    public void Dispose()
    {
        _origin.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_disposed_downloader_says_so()
    {
        var downloader = _origin.Downloader();
        downloader.Dispose();
        downloader.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => downloader.DownloadAsync(Secret, _folder.File()));
        Assert.Empty(_origin.Requests);
    }

    [Fact]
    public async Task The_callers_client_outlives_the_downloader()
    {
        _origin.Downloader().Dispose();
        _origin.Whole(Origin.First, Tag);
        using var other = _origin.Downloader();
        Assert.Equal(1_000_000, (await other.DownloadAsync(Secret, _folder.File())).Length);
    }

    [Fact]
    public async Task A_download_that_is_cancelled_before_it_begins_asks_nothing_and_leaves_nothing()
    {
        using var downloader = _origin.Downloader();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.DownloadAsync(Secret, _folder.File(), cancellationToken: cancelled.Token));
        Assert.Equal(cancelled.Token, stopped.CancellationToken);
        Assert.Empty(_origin.Requests);
        Assert.Empty(_folder.Names);
    }

    // The second end is the hard one: the connection breaks just as the caller cancels, and what is thrown is not a cancellation.
    [Theory]
    [InlineData(1_000_000)]
    [InlineData(600_000)]
    public async Task Cancelling_keeps_what_arrived_and_names_the_callers_token(int cutAt)
    {
        using var cancel = new CancellationTokenSource();
        _origin.Whole(Origin.First, 400_000, Tag).Part(Origin.First, 400_000, cutAt, Tag);
        using var downloader = _origin.Downloader();
        _origin.Reading = brought =>
        {
            if (brought == 600_000)
            {
                cancel.Cancel();
            }
        };
        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.DownloadAsync(Secret, _folder.File(), cancellationToken: cancel.Token));
        Assert.Equal(cancel.Token, stopped.CancellationToken);
        Assert.Equal(600_000, ResumableDownloader.Inspect(_folder.File())!.Received);
    }

    // The same just as the request is sent: HttpClient may throw either.
    [Fact]
    public async Task A_request_that_fails_while_the_caller_cancels_is_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        using var client = new HttpClient(new Failing(cancel.Cancel));
        using var downloader = new ResumableDownloader(client);
        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.DownloadAsync(Secret, _folder.File(), cancellationToken: cancel.Token));
        Assert.Equal(cancel.Token, stopped.CancellationToken);
    }

    [Fact]
    public async Task Progress_is_told_at_the_end_whatever_the_end()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Status(HttpStatusCode.Gone);
        using var downloader = _origin.Downloader();
        var told = new List<DownloadProgress>();
        await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Secret, _folder.File(), new Callback(told.Add)));
        Assert.Equal((400_000L, 1_000_000L, 2), (told[^1].Received, told[^1].Total, told[^1].Requests));

        _origin.Part(Origin.First, 400_000, Tag);
        await downloader.DownloadAsync(Secret, _folder.File(), new Callback(told.Add));
        Assert.Equal((1_000_000L, 1_000_000L, 400_000L, TimeSpan.Zero), (told[^1].Received, told[^1].Total, told[^1].ResumedFrom, told[^1].TimeLeft));
    }

    [Fact]
    public async Task A_failure_says_what_happened_and_what_is_kept_and_no_secret()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Status(HttpStatusCode.NotFound);
        using var downloader = _origin.Downloader();
        var failed = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Secret, _folder.File()));
        Assert.Equal($"The server answered 404 Not Found ({Origin.Address}); 400000 bytes are kept for next time.", failed.Message);
        Assert.DoesNotContain("secret", failed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_many_attempts_without_a_new_byte_and_no_more()
    {
        _origin.Whole(Origin.First, 400_000, Tag).Status(HttpStatusCode.ServiceUnavailable).Status(HttpStatusCode.BadGateway)
            .Part(Origin.First, 400_000, 500_000, Tag).Status(HttpStatusCode.ServiceUnavailable).Status(HttpStatusCode.BadGateway).Status(HttpStatusCode.GatewayTimeout);
        using var downloader = _origin.Downloader(static options => options.MaxAttemptsWithoutProgress = 3);
        var failed = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Secret, _folder.File()));
        Assert.Equal((DownloadFailure.ServerUnavailable, 504, 500_000L, 7), (failed.Failure, failed.StatusCode, failed.Kept, _origin.Requests.Count));
    }

    [Fact]
    public async Task A_server_that_wants_us_back_much_later_is_believed()
    {
        _origin.Status(HttpStatusCode.TooManyRequests, "Retry-After: 86401", "Date: Sat, 01 Jun 2024 12:00:00 GMT");
        using var downloader = _origin.Downloader();
        var failed = await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Secret, _folder.File()));
        Assert.Equal((DownloadFailure.ServerUnavailable, new DateTimeOffset(2024, 6, 2, 12, 0, 1, TimeSpan.Zero)), (failed.Failure, failed.RetryAt));
    }

    // The header would reach the other origin, and whoever runs it.
    [Fact]
    public async Task The_callers_headers_stay_with_their_origin()
    {
        _origin.Status(HttpStatusCode.Found, "Location: https://elsewhere.example/file.bin").Whole(Origin.First, Tag);
        using var downloader = _origin.Downloader();
        await downloader.DownloadAsync(new DownloadRequest(Secret, _folder.File()) { Headers = [new("X-Key", "secret")] });
        Assert.Equal([("origin.example", "secret"), ("elsewhere.example", null)], _origin.Requests.Select(static asked => (asked.Address!.Host, asked["X-Key"])));
    }

    [Fact]
    public async Task What_is_kept_can_be_seen_and_thrown_away_without_the_network()
    {
        Assert.Null(ResumableDownloader.Inspect(_folder.File()));
        Assert.False(ResumableDownloader.Discard(_folder.File()));

        _origin.Whole(Origin.First, 400_000, Tag).Status(HttpStatusCode.NotFound);
        using var downloader = _origin.Downloader();
        await Assert.ThrowsAsync<DownloadException>(() => downloader.DownloadAsync(Secret, _folder.File()));
        var kept = ResumableDownloader.Inspect(_folder.File())!;
        Assert.Equal((Origin.Address, 400_000L, 1_000_000L, true, "\"v1\"", _folder.File("file.bin.partial")), (kept.Source, kept.Received, kept.Total, kept.CanResume, kept.Validator.EntityTag, kept.PartialPath));

        Assert.True(ResumableDownloader.Discard(_folder.File()));
        Assert.Null(ResumableDownloader.Inspect(_folder.File()));
        Assert.Empty(_folder.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Nothing_is_kept_of_no_path(string path)
    {
        Assert.Throws<ArgumentException>(() => ResumableDownloader.Inspect(path));
        Assert.Throws<ArgumentException>(() => ResumableDownloader.Discard(path));
    }

    private sealed class Failing(Action before) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            before();
            throw new HttpRequestException("The connection was reset.");
        }
    }

    // Unlike Progress<T>, tells at once and in order.
    private sealed class Callback(Action<DownloadProgress> tell) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => tell(value);
    }
}
