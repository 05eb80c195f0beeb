using ResumableDownload.Model;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>A resource that changes while several connections fetch it.</summary>
public sealed class SegmentChangeTests : IDisposable
{
    private static readonly ResourceVersion First = ResourceVersion.Random(12 << 20, 1, "\"v1\"");
    private static readonly ResourceVersion Second = ResourceVersion.Random(12 << 20, 2, "\"v2\"");
    private static readonly Conduct Paced = new() { Piece = 64 << 10, Pause = TimeSpan.FromMilliseconds(100) };

    private readonly Bench _bench = new(First);

    public SegmentChangeTests()
    {
        _bench.Server.Otherwise = Paced;
        _bench.Settings = _bench.Settings with { MostConnections = 4 };
    }

    [Fact]
    public async Task A_change_that_one_of_them_sees_stops_all_and_starts_over_once()
    {
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 2 ? Second : First;

        var result = await _bench.RunAsync();

        _bench.AssertWhole(Second);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
        Assert.InRange(_bench.Server.Requests[0].BodySent, 1, 1 << 20);
        Assert.Equal(2, _bench.Server.Requests.Count(static request => request.Range is null));
    }

    [Theory]
    [InlineData("Wed, 31 Dec 2025 12:00:00 GMT", true)]
    [InlineData("Mon, 29 Dec 2025 12:00:00 GMT", false)]
    [InlineData(null, false)]
    public async Task After_a_change_others_join_again_if_the_version_is_newer(string? date, bool joins)
    {
        _bench.Server.Version = First with { LastModified = "Tue, 30 Dec 2025 12:00:00 GMT" };
        var second = Second with { LastModified = date };
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 2 ? second : _bench.Server.Version;

        var reports = new Reports(_bench.Time);

        await _bench.RunAsync(reports);

        _bench.AssertWhole(second);
        Assert.Equal(joins, reports.All.Any(static report => report.Progress is { StartedOver: 1, Connections: > 1 }));
    }

    [Theory]
    [InlineData("Wed, 31 Dec 2025 12:00:00 GMT", true)]
    [InlineData("Mon, 29 Dec 2025 12:00:00 GMT", false)]
    public async Task After_a_change_that_the_first_one_sees_others_join_if_the_version_is_newer(string date, bool joins)
    {
        _bench.Server.Version = First with { LastModified = "Tue, 30 Dec 2025 12:00:00 GMT" };
        await _bench.KeepAsync(1 << 20);
        _bench.Server.Version = Second with { LastModified = date };
        var reports = new Reports(_bench.Time);

        await _bench.RunAsync(reports);

        _bench.AssertWhole(_bench.Server.Version);
        Assert.Equal(joins, reports.All.Any(static report => report.Progress is { StartedOver: 1, Connections: > 1 }));
    }

    [Fact]
    public async Task A_server_that_fails_If_Match_for_its_own_tag_is_remembered_and_what_came_goes_on()
    {
        _bench.Memory = new(_bench.Time);
        _bench.Settings = _bench.Settings with { Condition = ResumeCondition.IfMatch };
        _bench.Server.Chooses = static request => request["If-Match"] is null ? Paced : new Conduct { Status = 412 };

        var result = await _bench.RunAsync();

        _bench.AssertWhole(First);
        Assert.Empty(result.StartedOver);
        Assert.Equal(OriginTraits.IgnoresIfMatch, _bench.Memory.Of(Bench.Source));
    }

    [Fact]
    public async Task A_cluster_whose_nodes_disagree_costs_one_start_over_at_most()
    {
        _bench.Server.OnRequest = number => _bench.Server.Version = number % 2 == 0 ? Second : First;

        var result = await _bench.RunAsync();

        Assert.InRange(result.StartedOver.Count, 0, 1);
        _bench.AssertWhole(result.Validator.EntityTag == First.EntityTag ? First : Second);
    }

    [Fact]
    public async Task A_server_that_honours_no_condition_is_caught_by_what_it_sends()
    {
        _bench.Server.Otherwise = Paced with { IgnoresConditions = true };
        _bench.Server.OnRequest = number => _bench.Server.Version = number >= 2 ? Second : First;

        var result = await _bench.RunAsync();

        _bench.AssertWhole(Second);
        Assert.Equal([StartOverReason.Changed], result.StartedOver);
    }

    public void Dispose() => _bench.Dispose();
}
