using System.Diagnostics;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>What an operator sees without reading code. Alone, as its listeners hear every download of the process.</summary>
[Collection(nameof(TelemetryTests))]
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryTests
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(500_000, 7, "\"v1\"");

    [Fact]
    public async Task A_resumed_download_is_counted_in_bytes_attempts_and_time()
    {
        using var bench = new Bench(Version);
        await bench.KeepAsync(200_000);
        using var heard = new HeardMetrics();
        await bench.RunAsync();
        Assert.Equal(300_000, heard["resumable_download.received"]);
        Assert.Equal(200_000, heard["resumable_download.saved"]);
        Assert.Equal(0, heard["resumable_download.fetched_again"]);
        Assert.Equal(1, heard["resumable_download.attempts"]);
        Assert.Equal(0, heard["resumable_download.active"]);
        Assert.Equal(0, heard["resumable_download.connections"]);
        Assert.Equal(["whole"], heard.Tags("resumable_download.duration", "resumable_download.outcome"));
    }

    [Fact]
    public async Task Bytes_that_a_change_made_worthless_are_told_and_so_is_why()
    {
        using var bench = new Bench(Version);
        await bench.KeepAsync(200_000);
        bench.Server.Version = ResourceVersion.Random(500_000, 8, "\"v2\"");
        using var heard = new HeardMetrics();
        await bench.RunAsync();
        Assert.Equal(1, heard["resumable_download.started_over"]);
        Assert.Equal(["Changed"], heard.Tags("resumable_download.started_over", "resumable_download.reason"));
        Assert.Equal(0, heard["resumable_download.saved"]);
        Assert.Equal(500_000, heard["resumable_download.received"]);
        Assert.Equal(0, heard["resumable_download.fetched_again"]);
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_digest_says_is_counted_with_who_told_it()
    {
        using var bench = new Bench(Version);
        bench.Settings = bench.Settings with { ExpectedDigest = Digest.Parse("crc32c:00000000") };
        using var heard = new HeardMetrics();
        await bench.FailAsync();
        Assert.Equal(["caller"], heard.Tags("resumable_download.digest_failures", "resumable_download.teller").Distinct());
        Assert.Equal(["DigestMismatch"], heard.Tags("resumable_download.duration", "error.type"));
    }

    [Fact]
    public async Task A_download_is_one_activity_and_each_attempt_one_within_it()
    {
        using var bench = new Bench(Version);
        bench.Server.Then(new Conduct { CutAfter = 100_000 }, new Conduct { Status = 503 });
        using var heard = new HeardActivities();
        await bench.RunAsync();
        var download = Assert.Single(heard.Ended, static activity => activity.OperationName == "download");
        var attempts = heard.Ended.Where(static activity => activity.OperationName == "GET").ToArray();
        Assert.Equal([200, 503, 206], attempts.Select(static attempt => attempt.GetTagItem("http.response.status_code")));
        Assert.All(attempts, attempt => Assert.Equal(download.SpanId, attempt.ParentSpanId));
        Assert.Equal(ActivityStatusCode.Error, attempts[1].Status);
        Assert.Equal(["origin.test", "origin.test", "origin.test"], attempts.Select(static attempt => attempt.GetTagItem("server.address")));
        Assert.Equal("whole", download.GetTagItem("resumable_download.outcome"));
    }

    [Fact]
    public async Task An_attempt_without_an_answer_ends_and_tells_what_came_instead()
    {
        using var bench = new Bench(Version);
        bench.Server.Then(new Conduct { Fails = new HttpRequestException("down") });
        using var heard = new HeardActivities();
        await bench.RunAsync();
        var attempts = heard.Ended.Where(static activity => activity.OperationName == "GET");
        Assert.Equal(["System.Net.Http.HttpRequestException", null], attempts.Select(static attempt => attempt.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_failure_is_told_by_its_kind()
    {
        using var bench = new Bench(Version);
        bench.Server.Otherwise = new Conduct { Status = 404 };
        using var heard = new HeardActivities();
        await bench.FailAsync();
        var download = Assert.Single(heard.Ended, static activity => activity.OperationName == "download");
        Assert.Equal((ActivityStatusCode.Error, "NotFound"), (download.Status, download.GetTagItem("error.type")));
    }

    [Fact]
    public async Task No_activity_holds_a_secret()
    {
        using var bench = new Bench(Version);
        bench.Server.Then(new Conduct { Fails = new HttpRequestException("down") });
        using var heard = new HeardActivities();
        await bench.RunAsync();
        Assert.NotEmpty(heard.Ended);
        Assert.All(
            heard.Ended.SelectMany(static activity => activity.TagObjects.Select(static tag => $"{tag.Key}={tag.Value}").Append(activity.StatusDescription ?? "").Append(activity.DisplayName)),
            static text => Assert.DoesNotContain("secret", text, StringComparison.Ordinal));
    }
}
