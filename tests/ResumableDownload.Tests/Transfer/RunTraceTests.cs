using System.Diagnostics;
using ResumableDownload.Tests.TestKit;

namespace ResumableDownload.Tests.Transfer;

/// <summary>However a run ends, it is measured once and its activity tells how. Alone, as the listeners hear every download of the process.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class RunTraceTests
{
    private static readonly ResourceVersion Version = ResourceVersion.Random(500_000, 7, "\"v1\"");

    [Fact]
    public async Task A_run_is_measured_in_seconds_with_how_it_ended()
    {
        using var bench = new Bench(Version);
        bench.Server.Then(new Conduct { AnswersAfter = TimeSpan.FromSeconds(7) });
        using var heard = new HeardMetrics();
        await bench.RunAsync();
        Assert.Equal(7, heard["resumable_download.duration"]);
        Assert.Equal([null], heard.Tags("resumable_download.duration", "error.type"));
    }

    [Fact]
    public async Task A_version_that_is_there_already_is_told_as_not_modified()
    {
        using var bench = new Bench(Version);
        bench.Settings = bench.Settings with { Limits = bench.Settings.Limits with { IfChangedSince = new() { EntityTag = "\"v1\"" } } };
        using var heard = new HeardMetrics();
        await bench.RunAsync();
        Assert.Equal(["not_modified"], heard.Tags("resumable_download.duration", "resumable_download.outcome"));
    }

    /// <summary>A server without ranges sends from the beginning what is there.</summary>
    [Theory]
    [InlineData(500_000, 600_000)]
    [InlineData(50_000, 150_000)]
    public async Task What_came_twice_is_told_however_the_run_ends(int cut, int received)
    {
        using var bench = new Bench(Version);
        bench.Settings = bench.Settings with { Retry = bench.Settings.Retry with { MostFruitless = 1 } };
        bench.Server.Then(new Conduct { CutAfter = 100_000 }, new Conduct { IgnoresRange = true, CutAfter = cut });
        bench.Server.Otherwise = new Conduct { Status = 404 };
        using var heard = new HeardMetrics();
        await (cut == 500_000 ? (Task)bench.RunAsync() : bench.FailAsync());
        Assert.Equal((received, received - Math.Max(100_000, cut)), (heard["resumable_download.received"], heard["resumable_download.fetched_again"]));
        Assert.Equal([cut == 500_000 ? "whole" : "failed"], heard.Tags("resumable_download.duration", "resumable_download.outcome"));
    }

    [Fact]
    public async Task A_cancelled_run_that_brought_only_what_was_there_fetched_all_of_it_again()
    {
        using var bench = new Bench(Version);
        await bench.KeepAsync(200_000);
        using var cancel = new CancellationTokenSource();
        bench.Server.Then(new Conduct { IgnoresRange = true, StallAfter = 150_000 });
        using var heard = new HeardMetrics();
        var run = bench.Start(cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal((150_000d, 150_000d), (heard["resumable_download.received"], heard["resumable_download.fetched_again"]));
    }

    [Fact]
    public async Task Its_activity_tells_what_it_had_and_what_it_fetched()
    {
        using var bench = new Bench(Version);
        await bench.KeepAsync(200_000);
        bench.Server.Then(new Conduct { CutAfter = 100_000 });
        using var heard = new HeardActivities();
        await bench.RunAsync();
        var (download, attempts) = (Download(heard), Attempts(heard));
        Assert.Equal((200_000L, 300_000L, 2, 0), (Tag(download, "resumed_from"), Tag(download, "received"), Tag(download, "requests"), Tag(download, "started_over")));
        Assert.Equal([200_000L, 300_000L], attempts.Select(static attempt => Tag(attempt, "from")));
        Assert.Equal(["GET", "GET"], attempts.Select(static attempt => attempt.GetTagItem("http.request.method")));
        Assert.All(attempts, static attempt => Assert.Equal(ActivityKind.Client, attempt.Kind));
        Assert.All(attempts, static attempt => Assert.Equal((443, "https://origin.test/file.bin"), (attempt.GetTagItem("server.port"), attempt.GetTagItem("url.full"))));
    }

    [Fact]
    public async Task A_first_request_is_from_no_place_and_an_answer_from_400_on_is_an_error()
    {
        using var bench = new Bench(Version);
        bench.Server.Then(new Conduct { Status = 400 });
        using var heard = new HeardActivities();
        await bench.FailAsync();
        var attempt = Assert.Single(Attempts(heard));
        Assert.Equal((null, "400", ActivityStatusCode.Error), (Tag(attempt, "from"), attempt.GetTagItem("error.type"), attempt.Status));
    }

    [Fact]
    public async Task A_cancelled_run_is_no_failure_and_what_it_had_to_fetch_again_is_told()
    {
        using var bench = new Bench(Version);
        using var cancel = new CancellationTokenSource();
        bench.Server.Then(new Conduct { StallAfter = 4000 });
        using var heard = new HeardMetrics();
        using var activities = new HeardActivities();
        var run = bench.Start(cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(["cancelled"], heard.Tags("resumable_download.duration", "resumable_download.outcome"));
        Assert.Equal([null], heard.Tags("resumable_download.duration", "error.type"));
        Assert.Equal((4000d, 0d), (heard["resumable_download.received"], heard["resumable_download.fetched_again"]));
        Assert.Equal("cancelled", Tag(Download(activities), "outcome"));
    }

    [Fact]
    public async Task A_fault_of_the_callers_own_code_is_told_by_its_name_and_without_its_words()
    {
        using var bench = new Bench(Version);
        using var heard = new HeardActivities();
        var reports = new Reports(bench.Time) { OnReport = static _ => throw new InvalidOperationException("secret") };
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.RunAsync(reports));
        var download = Download(heard);
        Assert.Equal(("failed", "System.InvalidOperationException", null), (Tag(download, "outcome"), download.GetTagItem("error.type"), download.StatusDescription));
    }

    private static Activity Download(HeardActivities heard) => Assert.Single(heard.Ended, static activity => activity.OperationName == "download");

    private static Activity[] Attempts(HeardActivities heard) => [.. heard.Ended.Where(static activity => activity.OperationName == "GET")];

    private static object? Tag(Activity activity, string name) => activity.GetTagItem($"resumable_download.{name}");
}
