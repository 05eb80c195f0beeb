using System.Security.Authentication;
using ResumableDownload.Protocol;
using ResumableDownload.Tests.TestKit;
using ResumableDownload.Transfer;
using ResumableDownload.Transport;

namespace ResumableDownload.Tests.Transfer;

/// <summary>One question, and what may come in place of its answer.</summary>
public sealed class AttemptTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly OriginAddress Address = new(Bench.Source, []);

    private readonly Bench _bench = new(ResourceVersion.Random(1000, 1, "\"v1\""));
    private readonly CancellationTokenSource _caller = new();
    private readonly HttpClient _client;
    private readonly Attempt _attempt;

    public AttemptTests()
    {
        _client = new(_bench.Server, disposeHandler: false);
        _attempt = new(new(_client, _bench.Time), _bench.Settings, new(), _bench.Time);
    }

    public void Dispose()
    {
        _bench.Dispose();
        _caller.Dispose();
        _client.Dispose();
    }

    [Fact]
    public async Task A_server_that_never_answers_is_told_with_the_time_it_had()
    {
        _bench.Server.Then(new Conduct { NeverAnswers = true });
        var asking = AskAsync(RangeRequest.Whole);

        _bench.Time.Advance(TimeSpan.FromSeconds(30));

        var (answer, fault) = await asking.WaitAsync(Patience);
        Assert.Null(answer);
        Assert.Equal((DownloadFailure.Connection, "The server did not answer within 30 s"), (fault!.Failure, fault.Why));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_cancels_gets_no_outcome_but_a_cancellation_of_his_own(bool needsNoAnswer)
    {
        _bench.Server.Then(new Conduct { NeverAnswers = true });
        Task asking = needsNoAnswer ? _attempt.TryAskAsync(Address, RangeRequest.Whole, Patience, _caller.Token).AsTask() : AskAsync(RangeRequest.Whole);

        await _caller.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(Patience));
        Assert.Equal(_caller.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_certificate_that_is_not_accepted_ends_the_download()
    {
        _bench.Server.Then(new Conduct { Fails = new HttpRequestException("TLS", new AuthenticationException("Name mismatch.")) });

        var failure = await Assert.ThrowsAsync<DownloadException>(() => AskAsync(RangeRequest.Whole));

        Assert.Equal(DownloadFailure.Connection, failure.Failure);
        Assert.StartsWith("The server's certificate was not accepted (Name mismatch)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded, true, true)]
    [InlineData(HttpRequestError.ResponseEnded, false, false)]
    [InlineData(HttpRequestError.ConnectionError, true, false)]
    public async Task Only_a_range_that_is_met_by_silence_may_be_worth_a_plain_question(HttpRequestError error, bool isPartial, bool isWorthIt)
    {
        _bench.Server.Then(new Conduct { Fails = new HttpRequestException(error, "closed") });

        var (_, fault) = await AskAsync(isPartial ? RangeRequest.Part(10, 20, null) : RangeRequest.Whole);

        Assert.Equal((false, isWorthIt), (fault!.IsFruitful, fault.IsSilentRefusal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_cannot_be_opened_is_an_attempt_in_vain_unless_the_caller_cancels(bool cancels)
    {
        _bench.Server.Then(new Conduct { FailsToOpen = new IOException("torn") });
        var (answer, _) = await AskAsync(RangeRequest.Whole);
        using var unread = answer!;
        if (cancels)
        {
            await _caller.CancelAsync();
            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OpenAsync(unread));
            Assert.Equal(_caller.Token, cancelled.CancellationToken);
            return;
        }

        var (body, fault) = await OpenAsync(unread);
        Assert.Null(body);
        Assert.Equal((DownloadFailure.Connection, "The connection broke off"), (fault!.Failure, fault.Why));
    }

    [Fact]
    public async Task A_download_whose_bodies_cannot_be_opened_ends_with_the_budget()
    {
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = 3 } };
        _bench.Server.Otherwise = new Conduct { FailsToOpen = new IOException("torn") };

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.Connection, 3), (failure.Failure, _bench.Server.Requests.Length));
    }

    [Fact]
    public async Task What_broke_the_last_body_is_told_as_the_cause()
    {
        await _bench.KeepAsync(300);
        _bench.Server.Otherwise = new Conduct { CutAfter = 0 };

        Assert.Equal("The script cut the connection.", (await _bench.FailAsync()).InnerException?.Message);
    }

    private Task<(OriginAnswer? Answer, AttemptOutcome? Fault)> AskAsync(RangeRequest asked) => _attempt.AskAsync(Address, asked, _caller.Token).AsTask();

    private Task<(Stream? Body, AttemptOutcome? Fault)> OpenAsync(OriginAnswer answer) => Attempt.OpenBodyAsync(answer, _caller.Token).AsTask();
}
