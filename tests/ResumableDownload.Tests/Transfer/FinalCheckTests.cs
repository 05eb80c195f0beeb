using ResumableDownload.Integrity;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>After the last byte the server is asked whether the resource is still what was received.</summary>
public sealed class FinalCheckTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(100_000, 1, "\"v1\"");

    private readonly Bench _bench = new(First);

    public void Dispose() => _bench.Dispose();

    public static TheoryData<string, int, int> Doubts => new()
    {
        { "busy", 503, 1 },
        { "broken", 500, 1 },
        { "gone", 404, 1 },
        { "the address has expired meanwhile", 403, 1 },
        { "a condition that was not sent", 412, 1 },
        { "no ranges here", 416, 1 },
        { "a redirect that never ends", 302, 21 },
    };

    [Theory]
    [InlineData(FinalCheck.Auto, 1, FinalCheckOutcome.NotAsked)]
    [InlineData(FinalCheck.Never, 1, FinalCheckOutcome.NotAsked)]
    [InlineData(FinalCheck.Always, 2, FinalCheckOutcome.Confirmed)]
    public async Task One_short_body_is_asked_about_only_if_the_caller_wants(FinalCheck choice, int requests, FinalCheckOutcome outcome)
    {
        Choose(choice);
        var result = await _bench.RunAsync();
        Assert.Equal((requests, outcome), (result.Requests, result.FinalCheck));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(FinalCheck.Auto, FinalCheckOutcome.Confirmed)]
    [InlineData(FinalCheck.Never, FinalCheckOutcome.NotAsked)]
    [InlineData(FinalCheck.Always, FinalCheckOutcome.Confirmed)]
    public async Task A_resumed_download_is_asked_about(FinalCheck choice, FinalCheckOutcome outcome)
    {
        Choose(choice);
        await _bench.KeepAsync(40_000);
        var result = await _bench.RunAsync();
        Assert.Equal(outcome, result.FinalCheck);
        Assert.Equal(outcome == FinalCheckOutcome.NotAsked ? 1 : 2, result.Requests);
    }

    [Fact]
    public async Task A_download_of_two_bodies_is_asked_about_with_one_byte()
    {
        Choose(FinalCheck.Auto);
        _bench.Server.Then(new Conduct { CutAfter = 40_000 });
        var result = await _bench.RunAsync();
        Assert.Equal(FinalCheckOutcome.Confirmed, result.FinalCheck);
        var last = _bench.Server.Requests[^1];
        Assert.Equal(("\"v1\"", "bytes=99999-99999", 304), (last["If-None-Match"], last.Range, last.Status));
        Assert.Equal(100_000, result.Fetched);
    }

    [Fact]
    public async Task Bodies_that_were_given_up_do_not_count()
    {
        Choose(FinalCheck.Auto);
        _bench.Server.Then(new Conduct { CutAfter = 40_000 });
        _bench.Server.OnRequest = number => _bench.Server.Version = number == 1 ? First : ResourceVersion.Random(100_000, 2, "\"v2\"");
        var result = await _bench.RunAsync();
        Assert.Equal((2, 1, FinalCheckOutcome.NotAsked), (result.Requests, result.StartedOver.Count, result.FinalCheck));
    }

    [Theory]
    [InlineData(0.5, FinalCheckOutcome.NotAsked)]
    [InlineData(0.51, FinalCheckOutcome.Confirmed)]
    public async Task A_body_that_took_more_than_five_seconds_is_asked_about(double pause, FinalCheckOutcome outcome)
    {
        Choose(FinalCheck.Auto);
        _bench.Server.Then(new Conduct { Piece = 10_000, Pause = TimeSpan.FromSeconds(pause) });
        Assert.Equal(outcome, (await _bench.RunAsync()).FinalCheck);
    }

    [Fact]
    public async Task A_server_without_conditions_confirms_by_the_tag_of_its_last_byte()
    {
        Choose(FinalCheck.Always);
        _bench.Server.Otherwise = new Conduct { IgnoresConditions = true };
        var result = await _bench.RunAsync();
        Assert.Equal(FinalCheckOutcome.Confirmed, result.FinalCheck);
        Assert.Equal(206, _bench.Server.Requests[^1].Status);
    }

    [Theory]
    [InlineData(100_000, FinalCheck.Always)]
    [InlineData(90_000, FinalCheck.Always)]
    [InlineData(110_000, FinalCheck.Always)]
    [InlineData(100_000, FinalCheck.Auto)]
    [InlineData(90_000, FinalCheck.Auto)]
    public async Task A_resource_that_changed_meanwhile_is_fetched_anew_and_asked_about_again(int length, FinalCheck choice)
    {
        Choose(choice);
        var second = ResourceVersion.Random(length, 2, "\"v2\"");
        await _bench.KeepAsync(40_000);
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 4 ? second : First;

        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.Equal((FinalCheckOutcome.Confirmed, 0L, 4), (result.FinalCheck, result.ResumedFrom, result.Requests));
        Assert.Equal(1, _bench.Logger.Count(15));
        _bench.AssertWhole(second);
    }

    [Fact]
    public async Task A_resource_that_changes_each_time_fails_and_is_never_published()
    {
        Choose(FinalCheck.Always);
        _bench.Disk.Put(_bench.Target, [1, 2, 3]);
        _bench.Server.OnRequest = number => _bench.Server.Version = ResourceVersion.Random(100_000, number, $"\"{number}\"");

        var failure = await _bench.FailAsync();

        Assert.Equal((DownloadFailure.SourceUnstable, 0L), (failure.Failure, failure.Kept));
        Assert.StartsWith("The resource changed while it was received, and again while it was received anew", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, _bench.Server.Requests.Length);
        Assert.Equal([1, 2, 3], _bench.Disk.Bytes(_bench.Target));
        _bench.Server.OnRequest = null;
        _bench.Server.Version = First;
        await _bench.RunAsync();
        _bench.AssertWhole(First);
    }

    [Fact]
    public async Task What_was_found_to_be_a_mixture_is_not_published_after_a_kill_either()
    {
        Choose(FinalCheck.Always);
        _bench.Server.OnRequest = number => _bench.Server.Version = number == 1 ? First : ResourceVersion.Random(100_000, 2, "\"v2\"");
        _bench.Server.Then(new Conduct(), new Conduct());
        _bench.Server.Otherwise = new Conduct { Fails = new HttpRequestException("down") };
        await _bench.FailAsync();

        _bench.Disk = _bench.Disk.AfterKill();
        _bench.Server.Otherwise = new Conduct();
        Choose(FinalCheck.Never);
        await _bench.RunAsync();
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task What_says_nothing_fails_nothing(string why, int status, int requests)
    {
        Choose(FinalCheck.Always);
        _bench.Server.Then(new Conduct());
        _bench.Server.Otherwise = new Conduct { Status = status, Headers = [("Location", "/file.bin")] };

        var result = await _bench.RunAsync();
        Assert.True(result.FinalCheck == FinalCheckOutcome.Inconclusive, why);
        Assert.Equal(1 + requests, result.Requests);
        Assert.Equal(1, _bench.Logger.Count(16));
        _bench.AssertWhole(First);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_does_not_answer_is_waited_for_ten_seconds_at_most(bool fails)
    {
        Choose(FinalCheck.Always);
        _bench.Server.Then(new Conduct(), new Conduct { Fails = fails ? new HttpRequestException("down") : null, NeverAnswers = true });
        var result = await _bench.RunAsync();
        Assert.Equal((FinalCheckOutcome.Inconclusive, 2), (result.FinalCheck, result.Requests));
        Assert.InRange(result.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task A_cancelled_question_is_a_cancellation_and_is_asked_by_the_next_run()
    {
        Choose(FinalCheck.Auto);
        await _bench.KeepAsync(40_000);
        using var cancel = new CancellationTokenSource();
        _bench.Server.Then(new Conduct(), new Conduct { NeverAnswers = true });
        _bench.Server.OnRequest = number => CancelAt(4, number, cancel);
        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.RunAsync(cancellationToken: cancel.Token));
        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        Assert.False(_bench.Disk.FileExists(_bench.Target));

        _bench.Server.OnRequest = null;
        _bench.Server.Version = ResourceVersion.Random(100_000, 2, "\"v2\"");
        var result = await _bench.RunAsync();

        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        _bench.AssertWhole(_bench.Server.Version);
    }

    [Fact]
    public async Task What_a_digest_proved_is_not_asked_about()
    {
        Choose(FinalCheck.Always);
        _bench.Settings = _bench.Settings with { ExpectedDigest = Digest.OfCrc(DigestAlgorithm.Crc64, SumKind.Crc64.Append(0, First.Content)) };
        var result = await _bench.RunAsync();
        Assert.Equal((1, FinalCheckOutcome.NotAsked), (result.Requests, result.FinalCheck));
    }

    [Fact]
    public async Task What_a_digest_proved_after_a_change_is_not_told_to_be_in_doubt()
    {
        Choose(FinalCheck.Always);
        var second = ResourceVersion.Random(100_000, 2, "\"v2\"");
        var crc = SumKind.Crc64.Append(0, second.Content).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _bench.Server.OnRequest = number => _bench.Server.Version = number == 1 ? First : second;
        _bench.Server.Then(new Conduct(), new Conduct(), new Conduct { Headers = [("x-oss-hash-crc64ecma", crc)] });

        var result = await _bench.RunAsync();
        Assert.Equal((FinalCheckOutcome.NotAsked, 1, 3), (result.FinalCheck, result.ProvedBy.Count, result.Requests));
    }

    [Theory]
    [InlineData(0, "\"v1\"")]
    [InlineData(100, null)]
    public async Task Nothing_is_asked_where_there_is_no_byte_or_no_name(int length, string? tag)
    {
        Choose(FinalCheck.Always);
        _bench.Server.Version = ResourceVersion.Random(length, 1, tag);
        var result = await _bench.RunAsync();
        Assert.Equal((1, FinalCheckOutcome.NotAsked), (result.Requests, result.FinalCheck));
    }

    [Theory]
    [InlineData("W/\"v1\"", null, "If-None-Match")]
    [InlineData(null, "Wed, 31 Dec 2025 00:00:00 GMT", "If-Modified-Since")]
    public async Task A_weak_name_is_good_enough_to_ask_by(string? tag, string? date, string field)
    {
        Choose(FinalCheck.Always);
        _bench.Server.Version = First with { EntityTag = tag, LastModified = date };
        var result = await _bench.RunAsync();
        Assert.Equal(FinalCheckOutcome.Confirmed, result.FinalCheck);
        Assert.Equal(tag ?? date, _bench.Server.Requests[^1][field]);
    }

    private static void CancelAt(int wanted, int number, CancellationTokenSource source)
    {
        if (number == wanted)
        {
            source.Cancel();
        }
    }

    private void Choose(FinalCheck choice) => _bench.Settings = _bench.Settings with { FinalCheck = choice };
}
