using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What was received is given up only for bytes of a judged replacement, and not for ever.</summary>
public sealed class StartOverTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");
    private static readonly ResourceVersion Second = ResourceVersion.Random(90_000, 2, "\"v2\"");

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_changed_resource_replaces_what_was_kept()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Version = Second;

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal((0L, 90_000L, 1), (result.ResumedFrom, result.Received, result.Requests));
        _bench.AssertWhole(Second);
    }

    /// <summary>One answer told a wrong total, and no answer of a server that sends without lengths can put it right but by its end.</summary>
    [Fact]
    public async Task A_wrong_total_is_not_believed_for_ever_against_a_server_that_tells_no_length()
    {
        var chunked = new Conduct { IsChunked = true };
        _bench.Server.Then(chunked with { CutAfter = 99_000 }).Then(5, new Conduct { Fails = new HttpRequestException("down") });
        await _bench.FailAsync();
        _bench.Server.Otherwise = chunked;
        _bench.Server.Then(chunked with { CutAfter = 500, SaysRange = "bytes 99000-99999/100010" });

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        _bench.AssertWhole(First);
    }

    /// <summary>The whole comes with its length, which is the one that was noted: it was the 416 that was wrong.</summary>
    [Fact]
    public async Task A_wrong_total_in_a_refusal_costs_nothing_when_the_whole_tells_the_noted_length()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { Status = 416, SaysRange = "bytes */90000" });

        var result = await _bench.RunAsync();

        Assert.Empty(result.StartedOver);
        Assert.Equal(40_000, result.ResumedFrom);
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_changed_resource_that_is_cut_and_changes_back_is_never_mixed()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { Serves = Second, CutAfter = 20_000 }, new Conduct { Serves = Second, CutAfter = 10_000 });

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed, StartOverReason.Changed], result.StartedOver);
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData("stalls")]
    [InlineData("breaks")]
    [InlineData("ends")]
    public async Task A_replacement_that_dies_before_its_first_byte_costs_nothing(string way)
    {
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = 3 } };
        await _bench.KeepAsync(40_000);
        _bench.Server.Otherwise = new Conduct { Serves = Second, StallAfter = way == "stalls" ? 0 : null, CutAfter = way == "breaks" ? 0 : null, EndsAfter = way == "ends" ? 0 : null };

        var failure = await _bench.FailAsync();

        Assert.Equal(40_000, failure.Kept);
        Assert.Equal(("\"v1\"", 40_000L), (_bench.Claims()!.Header.Etag, _bench.Claims()!.Received.Length));
        _bench.Server.Otherwise = new Conduct();
        var result = await _bench.RunAsync();
        Assert.Equal(40_000, result.ResumedFrom);
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/xhtml+xml")]
    public async Task A_login_page_in_place_of_the_file_costs_nothing(string type)
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Otherwise = new Conduct { Serves = new([60, 62], null), ContentType = type };

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.Intercepted, 40_000L), (failure.Failure, failure.Kept));
    }

    [Fact]
    public async Task A_server_that_shows_two_versions_in_turn_is_not_followed_for_ever()
    {
        _bench.Settings = _bench.Settings with { MaxStartOvers = 100 };
        for (var turn = 0; turn < 50; turn++)
        {
            _bench.Server.Then(new Conduct { Serves = turn % 2 == 0 ? First : Second, CutAfter = 10_000 });
        }

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.SourceUnstable, failure.Failure);
        Assert.InRange(_bench.Server.Requests.Length, 3, 6);
        Assert.Equal(10_000, failure.Kept);
    }

    [Fact]
    public async Task A_resource_that_never_stays_the_same_ends_with_the_budget()
    {
        for (var turn = 0; turn < 50; turn++)
        {
            _bench.Server.Then(new Conduct { Serves = ResourceVersion.Random(50_000, turn, $"\"{turn}\""), CutAfter = 10_000 });
        }

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.SourceUnstable, failure.Failure);
        Assert.Contains("The resource could not be continued (Changed), and too much was given up for it already", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1 + 3 + 1, _bench.Server.Requests.Length);
    }

    [Fact]
    public async Task A_server_without_ranges_or_validators_that_always_cuts_ends_with_the_budget()
    {
        _bench.Server.Version = ResourceVersion.Random(50_000, 1, null);
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true, CutAfter = 10_000 };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.SourceUnstable, failure.Failure);
        Assert.Equal(1 + 3 + 1, _bench.Server.Requests.Length);
    }

    [Fact]
    public async Task The_whole_of_what_is_kept_is_compared_and_gone_on_with()
    {
        await _bench.KeepAsync(40_000);
        _bench.Server.Then(new Conduct { IgnoresRange = true });
        var writes = _bench.Disk.Calls.Length;

        var result = await _bench.RunAsync();

        Assert.Empty(result.StartedOver);
        Assert.Equal((40_000L, 60_000L, 100_000L), (result.ResumedFrom, result.Received, result.Fetched));
        Assert.Single(_bench.Disk.Calls[writes..], call => call.Is(DiskOperation.Write, _bench.Paths.Partial));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25_000)]
    [InlineData(39_999)]
    public async Task A_whole_that_differs_from_what_is_kept_though_its_tag_is_the_same_starts_over(int at)
    {
        await _bench.KeepAsync(40_000);
        var content = First.Content.ToArray();
        content[at] ^= 1;
        var liar = new ResourceVersion(content, First.EntityTag);
        _bench.Server.Version = liar;
        _bench.Server.Otherwise = new Conduct { IgnoresRange = true };

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        _bench.AssertWhole(liar);
    }

    [Fact]
    public async Task Kept_bytes_that_were_disproved_are_not_gone_on_with_by_a_later_run()
    {
        _bench.Settings = _bench.Settings with { Retry = _bench.Settings.Retry with { MostFruitless = 1 } };
        await _bench.KeepAsync(40_000);
        var liar = ResourceVersion.Random(100_000, 9, First.EntityTag);
        _bench.Server.Version = liar;
        _bench.Server.Then(new Conduct { IgnoresRange = true }, new Conduct { Fails = new HttpRequestException("down") });
        await _bench.FailAsync();

        // Ranges work again: a continuation of the kept bytes would now be judged as right.
        var result = await _bench.RunAsync();

        _bench.AssertWhole(liar);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(5_000)]
    public async Task A_body_longer_than_announced_is_cut_there_and_refused(int excess)
    {
        _bench.Server.Otherwise = new Conduct { Announces = First.Content.Length - excess };

        var failure = await _bench.FailAsync();

        Assert.Equal(DownloadFailure.ProtocolViolation, failure.Failure);
        Assert.False(_bench.Disk.FileExists(_bench.Target));
        var partial = _bench.Disk.Bytes(_bench.Paths.Partial) ?? [];
        Assert.InRange(partial.Length, 0, First.Content.Length - excess);
        Assert.Equal(First.Content[..partial.Length], partial);
    }

    /// <summary>The announced length was proved wrong, so bytes that reach just there are not the whole.</summary>
    [Fact]
    public async Task A_body_that_outran_its_announcement_is_not_published_by_the_next_run_unasked()
    {
        _bench.Server.Then(new Conduct { Announces = 50_000, Piece = 50_000, Pause = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(DownloadFailure.ProtocolViolation, (await _bench.FailAsync()).Failure);

        await _bench.RunAsync();

        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task A_body_shorter_than_announced_that_ends_without_an_error_is_gone_on_with()
    {
        _bench.Server.Then(new Conduct { Serves = First with { Content = First.Content[..3000] }, Announces = 100_000 });
        var result = await _bench.RunAsync();
        Assert.Equal([null, "bytes=3000-"], _bench.Server.Requests.Select(static request => request.Range));
        Assert.Equal(100_000, result.Fetched);
        _bench.AssertWhole(First);
    }
}
