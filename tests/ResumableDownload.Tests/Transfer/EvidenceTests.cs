using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>Bytes that no strong name vouches for are continued only if their end repeats, and only if the caller wants that.</summary>
public sealed class EvidenceTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "W/\"v1\"");

    private readonly Bench _bench = new(First);

    public EvidenceTests() => Choose(WeakIdentity.ContentEvidence);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("W/\"v1\"", null)]
    [InlineData(null, null)]
    [InlineData(null, "Thu, 01 Jan 2026 00:00:00 GMT")]
    [InlineData("W/\"v1\"", "Mon, 01 Jan 2024 00:00:00 GMT")]
    public async Task An_overlap_that_repeats_is_gone_on_from(string? tag, string? date)
    {
        _bench.Server.Version = First with { EntityTag = tag, LastModified = date };
        await _bench.KeepAsync(40_000);

        var result = await _bench.RunAsync();

        var last = _bench.Server.Requests[^1];
        Assert.Equal(("bytes=30000-", null, null), (last.Range, last["If-Range"], last["If-Match"]));
        Assert.True(result.ByEvidence);
        Assert.Equal((40_000L, 60_000L, 70_000L), (result.ResumedFrom, result.Received, result.Fetched));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(39_999)]
    public async Task An_overlap_that_differs_starts_over(int at)
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = Differing(at);

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal((false, 2), (result.ByEvidence, result.Requests));
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task An_overlap_that_differs_is_not_believed_by_a_later_run_either()
    {
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = 1 } };
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = Differing(35_000);
        _bench.Server.Then(new Conduct(), new Conduct { Fails = new HttpRequestException("down") });
        Assert.Equal(0, (await _bench.FailAsync()).Kept);

        // The old version comes back: its overlap would repeat, but nobody knows what the kept bytes are.
        _bench.Server.Version = First;
        var result = await _bench.RunAsync();

        Assert.False(result.ByEvidence);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Bytes_that_were_given_up_later_were_not_continued_on_evidence()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { CutAfter = 20_000 });
        _bench.Server.OnRequest = number => _bench.Server.Version = number > 3 ? Differing(45_000) : First;

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.False(result.ByEvidence);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task Bytes_that_were_continued_twice_on_evidence_are_told_as_such()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { CutAfter = 20_000 });

        var result = await _bench.RunAsync();

        Assert.Equal(["bytes=30000-", "bytes=40000-"], _bench.Server.Requests[^2..].Select(static request => request.Range));
        Assert.True(result.ByEvidence);
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9_999)]
    [InlineData(10_000)]
    public async Task A_body_that_is_cut_in_the_overlap_is_asked_for_again(int after)
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { CutAfter = after });

        var result = await _bench.RunAsync();

        Assert.Equal(["bytes=30000-", "bytes=30000-"], _bench.Server.Requests[^2..].Select(static request => request.Range));
        Assert.Equal(40_000, result.ResumedFrom);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Kept_bytes_that_the_disk_lost_are_no_evidence_and_are_fetched_again()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.OnRequest = _ => _bench.Disk.Tamper(_bench.Paths.Partial, static node => node.Corrupt(35_000));
        _bench.Server.Then(new Conduct { Status = 503 });

        var result = await _bench.RunAsync();

        // The first question of this run was asked before the disk lost the byte. So little is one run, which falls as a whole.
        Assert.Equal(["bytes=30000-", null], _bench.Server.Requests[^2..].Select(static request => request.Range));
        Assert.Empty(result.StartedOver);
        Assert.False(result.ByEvidence);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task Less_than_the_overlap_is_compared_from_its_beginning()
    {
        await _bench.KeepAsync(3_000);
        var result = await _bench.RunAsync();
        Assert.Equal("bytes=0-", _bench.Server.Requests[^1].Range);
        Assert.Equal((true, 3_000L), (result.ByEvidence, result.ResumedFrom));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData("W/\"v2\"", 100_000)]
    [InlineData("\"v1\"", 100_000)]
    [InlineData(null, 100_000)]
    [InlineData("W/\"v1\"", 90_000)]
    public async Task Another_name_or_length_starts_over_whatever_the_bytes(string? tag, int length)
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = new(First.Content[..length], tag);
        var result = await _bench.RunAsync();
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.False(result.ByEvidence);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(39_999)]
    public async Task A_whole_is_compared_from_its_beginning(int? differsAt)
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = differsAt is { } at ? Differing(at) : First;
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true };

        var result = await _bench.RunAsync();

        Assert.Equal((differsAt is null, differsAt is null ? 0 : 1), (result.ByEvidence, result.StartedOver.Count));
        Assert.Equal(differsAt is null ? 40_000 : 0, result.ResumedFrom);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task A_length_that_is_not_known_leaves_no_evidence()
    {
        _bench.Server.Otherwise = new Conduct { IsChunked = true };
        _bench.Server.Then(new Conduct { IsChunked = true, CutAfter = 40_000 });
        var result = await _bench.RunAsync();
        Assert.Equal([StartOverReason.NotResumable], result.StartedOver);
        Assert.Equal([null, null], _bench.Server.Requests.Select(static request => request.Range));
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task What_is_refused_is_kept_and_nothing_is_asked()
    {
        await _bench.KeepAsync(40_000);
        Choose(WeakIdentity.Refuse);

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.NotResumable, 40_000L, 2), (failure.Failure, failure.Kept, _bench.Server.Requests.Length));
        Choose(WeakIdentity.ContentEvidence);
        Assert.Equal(40_000, (await _bench.RunAsync()).ResumedFrom);
    }

    [Fact]
    public async Task What_is_refused_is_refused_within_one_run_too()
    {
        Choose(WeakIdentity.Refuse);
        _bench.Server.Then(new Conduct { CutAfter = 40_000 });
        Assert.Equal(DownloadFailure.NotResumable, (await _bench.FailAsync()).Failure);
        Assert.Equal(40_000, _bench.Claims()?.Received.Length);
        Assert.Single(_bench.Server.Requests);
    }

    [Theory]
    [InlineData(WeakIdentity.Refuse)]
    [InlineData(WeakIdentity.ContentEvidence)]
    public async Task A_strong_name_needs_neither(WeakIdentity choice)
    {
        Choose(choice);
        _bench.Server.Version = First with { EntityTag = "\"v1\"" };
        await _bench.KeepAsync(40_000);
        var result = await _bench.RunAsync();
        Assert.Equal(("bytes=40000-", false), (_bench.Server.Requests[^1].Range, result.ByEvidence));
    }

    private static ResourceVersion Differing(int at)
    {
        var content = First.Content.ToArray();
        content[at] ^= 1;
        return First with { Content = content };
    }

    private void Choose(WeakIdentity choice) =>
        _bench.Settings = _bench.Settings with { Limits = _bench.Settings.Limits with { WeakIdentity = choice, EvidenceLength = 10_000 } };
}
