using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>The bytes [30000, 90000) of a resource become a file, however its server sends them.</summary>
public sealed class PartOfResourceTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly ResourceVersion Second = ResourceVersion.Random(100_000, 2, "\"v2\"");

    private readonly Bench _bench = new(First) { Range = new(30_000, 90_000) };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Nothing_but_the_part_is_fetched()
    {
        var result = await _bench.RunAsync();
        var asked = Assert.Single(_bench.Server.Requests);
        Assert.Equal(("bytes=30000-89999", null, 60_000L), (asked.Range, asked["If-Range"], asked.BodySent));
        Assert.Equal((60_000L, 60_000L, 60_000L), (result.Length, result.Received, result.Fetched));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task What_is_kept_of_the_part_is_gone_on_with()
    {
        await _bench.KeepAsync(20_000);
        var result = await _bench.RunAsync();
        var asked = _bench.Server.Requests[^1];
        Assert.Equal(("bytes=50000-89999", "\"v1\""), (asked.Range, asked["If-Range"]));
        Assert.Equal((20_000L, 40_000L), (result.ResumedFrom, result.Fetched));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_changed_file_of_the_same_length_is_never_mixed()
    {
        await _bench.KeepAsync(20_000);
        _bench.Server.Version = Second;
        var result = await _bench.RunAsync();
        Assert.Equal([StartOverReason.Changed], result.StartedOver);

        // The failed If-Range brings everything: what comes before the part is dropped, and nothing behind it is waited for.
        Assert.Equal(90_000, result.Fetched);
        _bench.AssertWhole(Second);
    }

    [Fact]
    public async Task A_store_that_ignores_If_Range_is_found_out()
    {
        await _bench.KeepAsync(20_000);
        _bench.Server.Version = Second;
        _bench.Server.Then(new Conduct { IgnoresConditions = true }, new Conduct { CutAfter = 10_000 });
        await _bench.RunAsync();
        Assert.Equal(["bytes=50000-89999", "bytes=30000-89999", "bytes=40000-89999"], _bench.Server.Requests[^3..].Select(static asked => asked.Range));
        Assert.Equal("\"v2\"", _bench.Server.Requests[^1]["If-Match"]);
        _bench.AssertWhole(Second);
    }

    [Fact]
    public async Task A_failed_If_Match_begins_the_part_anew()
    {
        await _bench.KeepAsync(20_000);
        _bench.Server.Version = Second;
        _bench.Settings = _bench.Settings with { Condition = ResumeCondition.IfMatch };
        await _bench.RunAsync();
        Assert.Equal([("bytes=50000-89999", 412), ("bytes=30000-89999", 206)], _bench.Server.Requests[^2..].Select(static asked => (asked.Range, asked.Status)));
        _bench.AssertWhole(Second);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task From_a_server_without_ranges_the_part_is_cut_out(bool isChunked, bool hidesLength)
    {
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true, IsChunked = isChunked, HidesLength = hidesLength, Piece = 7001 };
        var result = await _bench.RunAsync();
        Assert.Equal((1, 90_000L), (result.Requests, result.Fetched));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(30_000)]
    [InlineData(30_001)]
    [InlineData(89_999)]
    public async Task A_cut_of_such_a_body_costs_nothing_that_is_kept(int at)
    {
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true };
        _bench.Server.Then(new Conduct { IgnoresRange = true, CutAfter = at });
        var result = await _bench.RunAsync();
        Assert.Equal((at + 90_000L, 0), (result.Fetched, result.StartedOver.Count));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task What_is_dropped_counts_for_the_stall_guard()
    {
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true, Piece = 1000, Pause = TimeSpan.FromSeconds(10) };
        await _bench.RunAsync();
        Assert.Single(_bench.Server.Requests);
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 890, 910);
    }

    [Fact]
    public async Task A_stall_before_the_part_is_noticed()
    {
        _bench.Server.Then(new Conduct { IgnoresRange = true, StallAfter = 20_000 });
        await _bench.RunAsync();
        Assert.Equal(2, _bench.Server.Requests.Length);
        Assert.InRange(_bench.Server.Requests[1].At.TotalSeconds, 30, 40);
    }

    [Fact]
    public async Task What_is_dropped_counts_for_the_speed_limit()
    {
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true };
        _bench.Settings = _bench.Settings with { Bandwidths = [new BandwidthLimit(10_000, _bench.Time)] };
        await _bench.RunAsync();
        Assert.InRange(_bench.Time.Elapsed.TotalSeconds, 7, 9.5);
    }

    // The length is not told, so only the end of the body shows that it came too early.
    [Theory]
    [InlineData(true, 89_999, 59_999)]
    [InlineData(false, 89_999, 59_999)]
    [InlineData(true, 30_000, 0)]
    [InlineData(true, 0, 0)]
    public async Task A_body_that_ends_too_early_is_never_taken_for_the_part(bool isChunked, int length, int kept)
    {
        _bench.Server.Version = ResourceVersion.Random(length, 1, "\"v1\"");
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true, IsChunked = isChunked, HidesLength = true };
        var failure = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.Connection, kept), (failure.Failure, failure.Kept));
        Assert.False(_bench.Disk.FileExists(_bench.Target));
    }

    [Theory]
    [InlineData(89_999)]
    [InlineData(30_001)]
    [InlineData(30_000)]
    [InlineData(0)]
    public async Task A_resource_that_ends_before_the_part_is_refused_and_what_is_kept_stays(int length)
    {
        await _bench.KeepAsync(20_000);
        _bench.Server.Version = ResourceVersion.Random(length, 2, "\"v2\"");
        var failure = await _bench.FailAsync();
        Assert.Equal((DownloadFailure.LengthMismatch, 20_000L), (failure.Failure, failure.Kept));
        Assert.Contains($"has only {length} bytes; the range [30000, 90000) is not wholly inside", failure.Message, StringComparison.Ordinal);
        Assert.Equal("\"v1\"", _bench.Claims()?.Header.Etag);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(99_999, 100_000)]
    [InlineData(0, 100_000)]
    [InlineData(40_000, 100_000)]
    public async Task Every_part_comes_right_with_and_without_ranges(int start, int end)
    {
        _bench.Range = new(start, end);
        _bench.Server.Then(new Conduct { IgnoresRange = true });
        await _bench.RunAsync();
        _bench.AssertWhole(First);
        await _bench.RunAsync();
        Assert.Equal($"bytes={start}-{end - 1}", _bench.Server.Requests[^1].Range);
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(29_999, 90_000)]
    [InlineData(30_000, 90_001)]
    [InlineData(0, 60_000)]
    public async Task What_is_kept_of_another_range_is_not_gone_on_with(int start, int end)
    {
        await _bench.KeepAsync(20_000);
        _bench.Range = new(start, end);
        var result = await _bench.RunAsync();
        Assert.Equal((0L, end - start), (result.ResumedFrom, result.Fetched));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_whole_and_a_part_of_it_never_continue_each_other(bool isPartFirst)
    {
        ByteRange? part = new ByteRange(0, 60_000);
        _bench.Range = isPartFirst ? part : null;
        await _bench.KeepAsync(20_000);
        _bench.Range = isPartFirst ? null : part;
        var result = await _bench.RunAsync();
        Assert.Equal(0, result.ResumedFrom);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_fresh_address_is_asked_for_the_same_part()
    {
        _bench.RefreshUri = static (_, _) => ValueTask.FromResult<Uri?>(new("https://origin.test/file.bin?fresh"));
        _bench.Server.Then(new Conduct { CutAfter = 20_000 }, new Conduct { Status = 403 });
        await _bench.RunAsync();
        Assert.Equal(("?fresh", "bytes=50000-89999"), (_bench.Server.Requests[^1].Address.Query, _bench.Server.Requests[^1].Range));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_redirect_is_asked_for_the_same_part()
    {
        _bench.Server.Then(new Conduct { Status = 302, Headers = [("Location", "https://mirror.test/f")] });
        await _bench.RunAsync();
        Assert.Equal(("mirror.test", "bytes=30000-89999"), (_bench.Server.Requests[^1].Address.Host, _bench.Server.Requests[^1].Range));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData("\"v1\"", DownloadStatus.NotModified)]
    [InlineData("\"v0\"", DownloadStatus.Whole)]
    public async Task The_part_of_a_version_that_is_there_already_is_not_fetched(string tag, DownloadStatus expected)
    {
        _bench.Settings = _bench.Settings with { Limits = _bench.Settings.Limits with { IfChangedSince = new() { EntityTag = tag } } };
        Assert.Equal(expected, (await _bench.RunAsync()).Status);
        var asked = Assert.Single(_bench.Server.Requests);
        Assert.Equal(("bytes=30000-89999", tag), (asked.Range, asked["If-None-Match"]));
    }

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(100_001, false)]
    public async Task Evidence_needs_a_resource_of_the_same_length(int length, bool isByEvidence)
    {
        var content = new byte[length];
        First.Content.CopyTo(content, 0);
        _bench.Settings = _bench.Settings with { Limits = _bench.Settings.Limits with { WeakIdentity = WeakIdentity.ContentEvidence, EvidenceLength = 10_000 } };
        _bench.Server.Version = First with { EntityTag = null };
        await _bench.KeepAsync(20_000);
        _bench.Server.Version = new(content, null);

        var result = await _bench.RunAsync();

        Assert.Equal("bytes=40000-89999", _bench.Server.Requests[2].Range);
        Assert.Equal(isByEvidence, result.ByEvidence);
        _bench.AssertWhole(First);
    }
}
