using System.Text;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A refused address is replaced by a fresh one of the caller, and what is kept goes on.</summary>
public sealed class RefreshTests : IDisposable
{
    private const string Expired = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>";
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly Uri Signed = new("https://origin.test/file.bin?OSSAccessKeyId=k&Signature=secret");

    private readonly Bench _bench = new(First) { Address = Signed };
    private readonly List<UriRefresh> _asked = [];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(401, UriRefreshReason.Refused)]
    [InlineData(403, UriRefreshReason.Refused)]
    [InlineData(404, UriRefreshReason.NotFound)]
    [InlineData(410, UriRefreshReason.NotFound)]
    public async Task A_refused_address_is_replaced_at_once_and_what_is_kept_goes_on(int status, UriRefreshReason reason)
    {
        await _bench.KeepAsync(40_000);
        var before = _bench.Time.Elapsed;
        Give("fresh");
        _bench.Server.Then(new Conduct { Status = status, Document = Expired });

        var result = await _bench.RunAsync();

        var asked = Assert.Single(_asked);
        Assert.Equal((reason, status, "AccessDenied", "Request has expired."), (asked.Reason, asked.StatusCode, asked.ErrorCode, asked.ErrorMessage));
        Assert.Equal((Signed, Expired), (asked.Source, Encoding.UTF8.GetString(asked.ErrorBody.Span)));
        Assert.Equal((40_000L, 60_000L, before), (result.ResumedFrom, result.Fetched, _bench.Time.Elapsed));
        var last = _bench.Server.Requests[^1];
        Assert.Equal(("bytes=40000-", "\"v1\"", "fresh"), (last.Range, last["If-Range"], Signature(last)));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Only_the_first_64_KiB_of_the_refusal_are_handed_over()
    {
        Give("fresh");
        _bench.Server.Then(new Conduct { Status = 403, Document = new string('x', 100_000) });
        await _bench.RunAsync();
        Assert.Equal(64 * 1024, Assert.Single(_asked).ErrorBody.Length);
    }

    [Theory]
    [InlineData(403, null, DownloadFailure.AccessDenied)]
    [InlineData(403, Expired, DownloadFailure.Expired)]
    [InlineData(404, null, DownloadFailure.NotFound)]
    public async Task No_fresh_address_fails_by_the_refusals_name_and_keeps_what_came(int status, string? document, DownloadFailure expected)
    {
        await _bench.KeepAsync(40_000);
        Give(null, null, null);
        _bench.Server.Otherwise = new Conduct { Status = status, Document = document ?? "" };

        var failure = await _bench.FailAsync();

        Assert.Equal((expected, status, 40_000L), (failure.Failure, failure.StatusCode, failure.Kept));
        Assert.Equal((document is null ? null : "AccessDenied", 1, 3), (failure.ErrorCode, _asked.Count, _bench.Server.Requests.Length));
        _bench.Server.Otherwise = new Conduct();
        Assert.Equal(40_000, (await _bench.RunAsync()).ResumedFrom);
    }

    [Fact]
    public async Task An_address_without_a_signature_is_not_replaced_because_nothing_is_there()
    {
        _bench.Address = Bench.Source;
        Give("fresh");
        _bench.Server.Otherwise = new Conduct { Status = 404 };
        Assert.Equal(DownloadFailure.NotFound, (await _bench.FailAsync()).Failure);
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(5, true)]
    public async Task Addresses_that_are_all_refused_end_with_the_attempts(int attempts, bool areSame)
    {
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = attempts } };
        _bench.RefreshUri = (why, _) => Answer(why, areSame ? "same" : $"{_asked.Count}");
        _bench.Server.Otherwise = new Conduct { Status = 403 };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.AccessDenied, failure.Failure);
        Assert.InRange(_bench.Server.Requests.Length, 2, attempts + 1);
        Assert.InRange(_asked.Count, 1, attempts + 1);
    }

    [Fact]
    public async Task Each_address_that_brings_bytes_earns_another()
    {
        _bench.RefreshUri = (why, _) => Answer(why, $"{_asked.Count}");
        for (var round = 0; round < 20; round++)
        {
            _bench.Server.Then(new Conduct { CutAfter = 4000 }, new Conduct { Status = 403 });
        }

        var result = await _bench.RunAsync();

        Assert.Equal((20, 100_000L), (_asked.Count, result.Fetched));
        Assert.Equal(TimeSpan.Zero, result.Elapsed);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_function_that_throws_fails_the_download_and_its_words_are_not_repeated()
    {
        await _bench.KeepAsync(40_000);
        var fault = new InvalidOperationException("https://keys.test/?key=secret");
        _bench.RefreshUri = (_, _) => throw fault;
        _bench.Server.Otherwise = new Conduct { Status = 403 };

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.RefreshFailed, 40_000L), (failure.Failure, failure.Kept));
        Assert.Same(fault, failure.InnerException);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The function that was to give a fresh address failed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_gives_up_by_itself_is_no_cancellation()
    {
        _bench.RefreshUri = (_, _) => throw new TaskCanceledException("its own time was over");
        _bench.Server.Otherwise = new Conduct { Status = 403 };
        Assert.Equal(DownloadFailure.RefreshFailed, (await _bench.FailAsync()).Failure);
    }

    [Theory]
    [InlineData("/file.bin?Signature=x")]
    [InlineData("ftp://origin.test/file.bin")]
    [InlineData("file:///etc/passwd")]
    public async Task An_address_that_is_none_fails_the_download(string address)
    {
        _bench.RefreshUri = (_, _) => ValueTask.FromResult<Uri?>(new Uri(address, UriKind.RelativeOrAbsolute));
        _bench.Server.Otherwise = new Conduct { Status = 403 };
        var failure = await _bench.FailAsync();
        Assert.Equal(DownloadFailure.RefreshFailed, failure.Failure);
        Assert.Contains("The fresh address is not an absolute http or https one", failure.Message, StringComparison.Ordinal);
        Assert.Single(_bench.Server.Requests);
    }

    [Theory]
    [InlineData("obeys")]
    [InlineData("breaks")]
    [InlineData("ignores")]
    public async Task A_cancellation_while_the_caller_looks_for_an_address_is_one(string conduct)
    {
        await _bench.KeepAsync(40_000);
        using var cancel = new CancellationTokenSource();
        _bench.RefreshUri = async (_, token) =>
        {
            await cancel.CancelAsync();
            token.ThrowIfCancellationRequested(conduct);
            return await new TaskCompletionSource<Uri?>().Task;
        };
        _bench.Server.Otherwise = new Conduct { Status = 403 };

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.RunAsync(cancellationToken: cancel.Token));

        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        Assert.Equal(40_000, _bench.Claims()?.Received.Length);
        Assert.Equal(0, _bench.Disk.OpenFiles);
    }

    [Fact]
    public async Task The_callers_secrets_stay_with_the_origin_they_were_given_for_and_the_kept_bytes_keep_their_name()
    {
        _bench.Headers = [new("X-Api-Key", "secret"), new("User-Agent", "app/1")];
        _bench.SharedHeaders = ["User-Agent"];
        _bench.RefreshUri = (why, _) => ValueTask.FromResult<Uri?>(new("https://mirror.test/other/path?token=secret"));
        _bench.Server.Then(new Conduct { CutAfter = 40_000 }, new Conduct { Status = 403 });
        _bench.Server.Then(9, new Conduct { Fails = new HttpRequestException("down") });
        await _bench.FailAsync();
        var last = _bench.Server.Requests[^1];
        Assert.Equal(("mirror.test", null, "app/1"), (last.Address.Host, last["X-Api-Key"], last["User-Agent"]));

        _bench.Server = new(_bench.Time, First);
        var result = await _bench.RunAsync();

        Assert.Equal(40_000, result.ResumedFrom);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Nothing_secret_is_logged_or_told()
    {
        _bench.RefreshUri = (why, _) => Answer(why, "secret");
        _bench.Server.Otherwise = new Conduct { Status = 403, Document = Expired };

        var failure = await _bench.FailAsync();

        Assert.All(_bench.Logger.Lines.Append(failure.ToString()).Append(_asked[0].ToString()), static text => Assert.DoesNotContain("secret", text, StringComparison.Ordinal));
        Assert.Equal(_asked.Count, _bench.Logger.Count(13));
        Assert.Equal("Refused 403 AccessDenied", _asked[0].ToString());
    }

    private static string Signature(SentRequest request) => request.Address.Query.Split("Signature=")[1];

    private void Give(params string?[] signatures) => _bench.RefreshUri = (why, _) => Answer(why, signatures[_asked.Count]);

    private ValueTask<Uri?> Answer(UriRefresh why, string? signature)
    {
        _asked.Add(why);
        return ValueTask.FromResult(signature is null ? null : new Uri($"https://origin.test/file.bin?OSSAccessKeyId=k&Signature={signature}"));
    }
}

/// <summary>What functions do when the caller cancels.</summary>
internal static class CancellationConduct
{
    public static void ThrowIfCancellationRequested(this CancellationToken token, string conduct)
    {
        if (conduct == "obeys")
        {
            token.ThrowIfCancellationRequested();
        }
        else if (conduct == "breaks")
        {
            throw new IOException("The connection to the signing service was torn.");
        }
    }
}
