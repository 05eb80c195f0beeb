using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What a second connection makes of the bodies that it gets, and of none. Only its questions carry If-Match.</summary>
public sealed class SegmentMannersTests : IDisposable
{
    private const int Least = 64 << 10;

    private static readonly ResourceVersion First = ResourceVersion.Random(12 << 20, 1, "\"v1\"");
    private static readonly Conduct Paced = new() { Piece = Least, Pause = TimeSpan.FromMilliseconds(100) };

    private readonly Bench _bench = new(First);

    public SegmentMannersTests()
    {
        _bench.Server.Otherwise = Paced;
        _bench.Settings = _bench.Settings with { MostConnections = 2 };
        _bench.Memory = new(_bench.Time);
    }

    private SentRequest[] Further => [.. _bench.Server.Requests.Where(static request => request["If-Match"] is not null)];

    private int? Limit => _bench.Memory!.MostConnections(Bench.Source);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_connection_whose_bodies_break_three_times_in_turn_before_64_KiB_was_refused()
    {
        TreatFurther([.. Enumerable.Repeat(Paced with { CutAfter = Least - 1 }, 9)]);

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((3, 1), (Further.Length, Limit));
    }

    [Theory]
    [InlineData(Least, Least, Least, Least)]
    [InlineData(300_000, 300_000, 300_000, 300_000)]
    [InlineData(1, 1, Least, 1, 1)]
    public async Task A_connection_that_brings_64_KiB_now_and_then_goes_on(params int[] cuts)
    {
        TreatFurther([.. cuts.Select(static cut => Paced with { CutAfter = cut })]);

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Null(Limit);
        Assert.True(Further.Length > cuts.Length, "It went on after the last cut.");
    }

    [Fact]
    public async Task A_body_that_cannot_be_opened_is_a_refusal_and_none_that_ended()
    {
        TreatFurther(new Conduct { FailsToOpen = new IOException("torn") });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((2, 1), (_bench.Server.Requests.Length, Limit));
        Assert.Equal(1, _bench.Logger.Count(11));
    }

    [Fact]
    public async Task A_server_that_refuses_HTTP_1_to_all_further_connections_is_asked_by_one()
    {
        _bench.Server.Chooses = static request => request.Range is null ? Paced : new() { Fails = new HttpRequestException("TLS", new AuthenticationException("No application protocol in common.")) };

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((2, null), (_bench.Server.Requests.Length, Limit));
    }

    [Theory]
    [InlineData(true, "2.0")]
    [InlineData(false, "1.1")]
    public async Task A_second_connection_speaks_HTTP_2_only_where_streams_are_good_enough(bool multiplexes, string version)
    {
        _bench.Speaks = HttpVersion.Version20;
        _bench.Settings = _bench.Settings with { MultiplexesSegments = multiplexes };

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal(HttpVersion.Version20, _bench.Server.Requests[0].Version);
        Assert.All(Further, request => Assert.Equal(version, request.Version.ToString()));
    }

    /// <summary>When it has brought its part, the first connection needs five seconds more: another answer after four is not worth it.</summary>
    [Fact]
    public async Task How_long_a_second_connection_waited_for_its_answer_is_reckoned_with_for_the_next()
    {
        TreatFurther(Paced with { AnswersAfter = TimeSpan.FromSeconds(4) });

        await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal(2, _bench.Server.Requests.Length);
    }

    [Fact]
    public async Task An_answer_that_comes_when_the_first_body_brings_its_range_already_is_not_read()
    {
        TreatFurther(Paced with { AnswersAfter = TimeSpan.FromSeconds(16) });

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((2, 0L), (_bench.Server.Requests.Length, _bench.Server.Requests[1].BodySent));
        Assert.Equal((First.Content.Length, 1), (result.Fetched, _bench.Logger.Count(11)));
    }

    [Fact]
    public async Task Its_body_is_logged_and_counts_when_it_is_decided_whether_to_ask_once_more()
    {
        _bench.Settings = _bench.Settings with { FinalCheck = FinalCheck.Auto };
        _bench.Server.Otherwise = Paced with { Pause = TimeSpan.FromMilliseconds(20) };

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal((Further.Length + 2, FinalCheckOutcome.Confirmed), (result.Requests, result.FinalCheck));
        Assert.Equal(Further.Length + 1, _bench.Logger.Count(11));
    }

    [Fact]
    public async Task A_digest_that_only_its_answer_states_is_held_against_the_file()
    {
        var stated = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(First.Content))}:";
        TreatFurther(Paced with { Headers = [("Repr-Digest", stated)] });

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Equal(DigestAlgorithm.Sha256, Assert.Single(result.ProvedBy).Digest.Algorithm);
    }

    /// <summary>Treats the questions of further connections so, one after the other.</summary>
    private void TreatFurther(params Conduct[] conducts)
    {
        var left = new Queue<Conduct>(conducts);
        _bench.Server.Chooses = request => request["If-Match"] is not null && left.TryDequeue(out var next) ? next : Paced;
    }
}
