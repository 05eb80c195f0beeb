using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A second connection whose address is refused looks for another, each way once.</summary>
public sealed class SegmentAddressTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(12 << 20, 1, "\"v1\"") with { LastModified = "Mon, 29 Dec 2025 12:00:00 GMT" };
    private static readonly ResourceVersion Second = ResourceVersion.Random(12 << 20, 2, "\"v2\"") with { LastModified = "Tue, 30 Dec 2025 12:00:00 GMT" };
    private static readonly Conduct Paced = new() { Piece = 64 << 10, Pause = TimeSpan.FromMilliseconds(100) };
    private static readonly Conduct Refusal = new() { Status = 403 };
    private static readonly Conduct ToMirror = new() { Status = 302, Headers = [("Location", "https://mirror.test/file.bin")] };
    private static readonly Uri Signed = new("https://origin.test/file.bin?OSSAccessKeyId=k&Signature=old");
    private static readonly Uri Fresh = new("https://origin.test/file.bin?OSSAccessKeyId=k&Signature=fresh");

    private readonly Bench _bench = new(First) { Address = Signed };
    private int _asked;

    public SegmentAddressTests()
    {
        _bench.Server.Otherwise = Paced;
        _bench.Settings = _bench.Settings with { MostConnections = 2 };
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Where_the_end_of_the_redirects_refuses_it_goes_there_from_their_beginning()
    {
        _bench.Server.Then(ToMirror, Paced, Refusal);

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        var requests = _bench.Server.Requests;
        Assert.Equal(["origin.test", "mirror.test", "mirror.test", "origin.test"], requests[..4].Select(static request => request.Address.Host));
        Assert.Equal((requests[2].Range, 206), (requests[3].Range, requests[3].Status));
    }

    [Fact]
    public async Task A_fresh_address_brings_the_range_that_was_refused()
    {
        Give(static () => Fresh);
        _bench.Server.Chooses = static request => request.Range is null || request.Address == Fresh ? Paced : Refusal;

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        var (refused, next) = (_bench.Server.Requests[1], _bench.Server.Requests[2]);
        Assert.Equal((Signed, Fresh, refused.Range, 206), (refused.Address, next.Address, next.Range, next.Status));
        Assert.Equal(1, _asked);
    }

    [Theory]
    [InlineData("there is no function", 403, 1, 0)]
    [InlineData("there is no function", 404, 1, 0)]
    [InlineData("a redirect leads nowhere", 302, 1, 0)]
    [InlineData("the function has none", 403, 1, 1)]
    [InlineData("the function fails", 403, 1, 1)]
    [InlineData("the fresh one is refused as well", 403, 2, 1)]
    public async Task Where_every_range_is_refused_the_first_connection_brings_all_alone(string why, int status, int requests, int asked)
    {
        if (asked > 0)
        {
            Give(() => why == "the function has none" ? null : why == "the function fails" ? throw new InvalidOperationException("no network") : new($"{Fresh}{_asked}"));
        }

        _bench.Server.Chooses = request => request.Range is null ? Paced : Refusal with { Status = status };

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((1 + requests, asked), (result.Requests, _asked));
    }

    /// <summary>While the caller looks for an address, and finds the same, the first connection has gone through the redirects anew.</summary>
    [Fact]
    public async Task Nobody_asks_for_a_range_more_than_four_times()
    {
        _bench.RefreshUri = async (_, token) =>
        {
            await _bench.Time.PassAsync(TimeSpan.FromSeconds(5), token);
            return Signed;
        };
        _bench.Server.Then(ToMirror, Paced with { CutAfter = 512 << 10 }, new Conduct { Status = 412 }, Refusal, Refusal, ToMirror, Paced, Refusal);

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        var requests = _bench.Server.Requests;
        Assert.Equal(["mirror.test", "mirror.test", "origin.test", "mirror.test"], requests.Where(request => request.Range == requests[2].Range).Select(static request => request.Address.Host));
    }

    [Fact]
    public async Task Who_was_stopped_while_the_caller_looked_for_an_address_was_not_refused_one()
    {
        _bench.Settings = _bench.Settings with { MostConnections = 3 };
        _bench.RefreshUri = static (_, token) => new(new TaskCompletionSource<Uri?>().Task.WaitAsync(token));
        _bench.Server.Then(Paced, Refusal);
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 3 ? Second : First;
        var reports = new Reports(_bench.Time);

        await _bench.RunAsync(reports);

        _bench.AssertWhole(Second);
        Assert.Contains(reports.All, static report => report.Progress is { StartedOver: 1, Connections: > 1 });
    }

    private void Give(Func<Uri?> answer) => _bench.RefreshUri = (_, _) =>
    {
        _asked++;
        return ValueTask.FromResult(answer());
    };
}
