using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What the caller has already is not fetched again.</summary>
public sealed class NotModifiedTests : IDisposable
{
    private const string Date = "Mon, 01 Jan 2024 00:00:00 GMT";
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"") with { LastModified = Date };

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("\"v1\"", Date, "If-None-Match", "If-Modified-Since")]
    [InlineData(null, Date, "If-Modified-Since", "If-None-Match")]
    public async Task The_current_version_is_left_where_it_is(string? tag, string? date, string sent, string unsent)
    {
        Have(new Validator { EntityTag = tag, LastModified = date });
        _bench.Disk.Put(_bench.Target, [1, 2, 3]);

        var result = await _bench.RunAsync();

        Assert.Equal((DownloadStatus.NotModified, 0L, 1, _bench.Target), (result.Status, result.Fetched, result.Requests, result.Path));
        Assert.Equal(new Validator { EntityTag = tag, LastModified = date }, result.Validator);
        var request = Assert.Single(_bench.Server.Requests);
        Assert.Equal((tag ?? date, null, null), (request[sent], request[unsent], request.Range));
        Assert.Equal([1, 2, 3], _bench.Disk.Bytes(_bench.Target));
        Assert.Equal([_bench.Target], _bench.Disk.Names);
        Assert.Equal((0, 1), (_bench.Disk.OpenFiles, _bench.Logger.Count(14)));
    }

    [Fact]
    public async Task Another_version_is_fetched()
    {
        Have(new Validator { EntityTag = "\"v0\"" });
        var result = await _bench.RunAsync();
        Assert.Equal((DownloadStatus.Whole, 1, "\"v1\""), (result.Status, result.Requests, result.Validator.EntityTag));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task What_is_kept_is_gone_on_with_and_the_callers_version_not_asked_about()
    {
        Have(new Validator { EntityTag = "\"v0\"" });
        await _bench.KeepAsync(40_000);
        Have(new Validator { EntityTag = "\"v1\"" });

        var result = await _bench.RunAsync();

        Assert.Equal((DownloadStatus.Whole, 40_000L), (result.Status, result.ResumedFrom));
        Assert.Null(_bench.Server.Requests[^1]["If-None-Match"]);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_busy_server_is_asked_the_same_again()
    {
        Have(new Validator { EntityTag = "\"v1\"" });
        _bench.Server.Then(new Conduct { Status = 503 }, new Conduct { Fails = new HttpRequestException("down") });
        var result = await _bench.RunAsync();
        Assert.Equal((DownloadStatus.NotModified, 3), (result.Status, result.Requests));
    }

    [Fact]
    public async Task A_refused_address_is_replaced_and_the_same_asked()
    {
        Have(new Validator { EntityTag = "\"v1\"" });
        _bench.RefreshUri = static (_, _) => ValueTask.FromResult<Uri?>(new("https://origin.test/file.bin?fresh"));
        _bench.Server.Then(new Conduct { Status = 403 });
        Assert.Equal(DownloadStatus.NotModified, (await _bench.RunAsync()).Status);
        Assert.Equal("\"v1\"", _bench.Server.Requests[^1]["If-None-Match"]);
    }

    private void Have(Validator version) => _bench.Settings = _bench.Settings with { Limits = _bench.Settings.Limits with { IfChangedSince = version } };
}
