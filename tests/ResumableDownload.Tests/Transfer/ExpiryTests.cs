using System.Globalization;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>An address that is about to expire, by the server's clock, is replaced before it does. The clock of the tests begins with the year 2026.</summary>
public sealed class ExpiryTests : IDisposable
{
    private static readonly DateTimeOffset Began = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly Conduct Slow = new() { Piece = 10_000, Pause = TimeSpan.FromSeconds(10), CutAfter = 40_000 };

    private readonly Bench _bench = new(First);
    private readonly List<UriRefresh> _asked = [];

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(71, 0)]
    [InlineData(70, 1)]
    [InlineData(69, 1)]
    [InlineData(1, 1)]
    [InlineData(-5, 1)]
    public async Task An_address_is_replaced_in_its_last_half_minute(int seconds, int times)
    {
        _bench.Address = Expiring(seconds);
        Give(Expiring(3600));
        _bench.Server.Then(Slow);

        await _bench.RunAsync();

        Assert.Equal(times, _asked.Count(static why => why is { Reason: UriRefreshReason.ExpiresSoon, StatusCode: null, ErrorBody.Length: 0 }));
        Assert.Equal([_bench.Address, times == 0 ? _bench.Address : Expiring(3600)], _bench.Server.Requests.Select(static request => request.Address));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData("Wed, 31 Dec 2025 23:00:00 GMT", 0)]
    [InlineData("Thu, 01 Jan 2026 01:00:00 GMT", 1)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 1)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", 0)]
    public async Task The_servers_clock_counts_and_not_ours(string date, int times)
    {
        _bench.Address = Expiring(1800);
        Give(Expiring(7200));
        _bench.Server.Then(Slow with { Date = date });
        await _bench.RunAsync();
        Assert.Equal(times, _asked.Count);
    }

    [Theory]
    [InlineData("gives the same")]
    [InlineData("has none")]
    public async Task It_is_asked_for_once_for_each_address(string conduct)
    {
        _bench.Address = Expiring(60);
        Give(conduct == "has none" ? null : _bench.Address);
        _bench.Server.Otherwise = Slow with { CutAfter = 10_000 };

        var result = await _bench.RunAsync();

        Assert.Equal((1, 10), (_asked.Count, result.Requests));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Addresses_that_all_expire_at_once_are_no_endless_loop()
    {
        _bench.Address = Expiring(1);
        _bench.RefreshUri = (why, _) =>
        {
            _asked.Add(why);
            return ValueTask.FromResult<Uri?>(Expiring(1 - _asked.Count));
        };
        _bench.Server.Otherwise = Slow with { CutAfter = 10_000 };

        var result = await _bench.RunAsync();

        Assert.Equal((9, 10), (_asked.Count, result.Requests));
    }

    [Fact]
    public async Task A_fresh_address_is_used_before_another_is_asked_for()
    {
        _bench.Address = Expiring(3600);
        Give(Expiring(10));
        _bench.Server.Then(new Conduct { Status = 403 });
        var result = await _bench.RunAsync();
        Assert.Equal((1, 2), (_asked.Count, result.Requests));
    }

    [Fact]
    public async Task A_function_that_fails_ahead_of_the_expiry_is_told_of_and_the_present_address_used_on()
    {
        _bench.Address = Expiring(60);
        _bench.RefreshUri = static (_, _) => throw new InvalidOperationException("no network");
        _bench.Server.Then(Slow);
        await _bench.RunAsync();
        _bench.AssertWhole(First);
        Assert.Contains("https://origin.test/file.bin: no fresh address could be had ahead of the expiry; the present one is used on.", _bench.Logger.Lines);
    }

    [Fact]
    public async Task Without_a_function_an_expired_address_fails_by_that_name_and_the_next_run_resumes()
    {
        _bench.Address = Expiring(-1);
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { Status = 403 });

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.Expired, 403, 40_000L), (failure.Failure, failure.StatusCode, failure.Kept));
        Assert.Contains("expired", failure.Message, StringComparison.Ordinal);
        _bench.Address = Expiring(3600);
        Assert.Equal(40_000, (await _bench.RunAsync()).ResumedFrom);
        _bench.AssertWhole(First);
    }

    private static Uri Expiring(int seconds) => new(string.Create(
        CultureInfo.InvariantCulture, $"https://origin.test/file.bin?Expires={Began.AddSeconds(seconds).ToUnixTimeSeconds()}&OSSAccessKeyId=k&Signature=secret"));

    private void Give(Uri? fresh) => _bench.RefreshUri = (why, _) =>
    {
        _asked.Add(why);
        return ValueTask.FromResult(fresh);
    };
}
