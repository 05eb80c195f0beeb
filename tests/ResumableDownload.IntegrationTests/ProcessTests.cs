namespace ResumableDownload.IntegrationTests;

/// <summary>The built program beside other processes.</summary>
[Collection(nameof(Alone))]
public sealed class ProcessTests
{
    private const int Length = 2_000_000;
    private const int Sent = 700_000;

    [Fact]
    public async Task Two_processes_never_write_to_one_destination()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(Sent));
        using var first = Demo.Start(scene.Origin.Url, scene.Destination, "-n", "1");
        await ArrivedAsync(scene, first);

        using var second = Demo.Start(scene.Origin.Url, scene.Destination);
        var refused = await second.EndAsync();

        Assert.Equal((1, "failed"), (refused.ExitCode, refused.Status));
        Assert.Contains(nameof(DownloadFailure.InUse), refused.Failure, StringComparison.Ordinal);
        Assert.Equal(DownloadFailure.InUse, (await scene.FailAsync()).Failure);
        Assert.Single(scene.Requests);
        first.Kill();
        Assert.Equal(Sent, (await scene.DownloadAsync()).ResumedFrom);
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task Interrupted_at_the_keyboard_it_keeps_what_came_and_goes_on()
    {
        await using var scene = new Scene(Resource.Version(1, Length), Conduct.StallAt(Sent));
        using var first = Demo.Start(scene.Origin.Url, scene.Destination, "-n", "1");
        await ArrivedAsync(scene, first);

        first.Interrupt();

        var interrupted = await first.EndAsync();
        Assert.Equal((130, "interrupted", Sent), (interrupted.ExitCode, interrupted.Status, interrupted.Fetched));
        using var second = Demo.Start(scene.Origin.Url, scene.Destination);
        var whole = await second.EndAsync();
        Assert.Equal((0, "whole", Sent, Length - Sent), (whole.ExitCode, whole.Status, whole.ResumedFrom, whole.Fetched));
        scene.AssertHolds(scene.Origin.Resource);
    }

    [Fact]
    public async Task A_failure_is_one_line_and_exit_code_1()
    {
        await using var scene = new Scene(Resource.Version(1, Length)) { Origin = { Otherwise = Conduct.Refuse(404) } };
        using var demo = Demo.Start(scene.Origin.Url, scene.Destination);

        var report = await demo.EndAsync();

        Assert.Equal((1, "failed"), (report.ExitCode, report.Status));
        Assert.Contains(nameof(DownloadFailure.NotFound), report.Failure, StringComparison.Ordinal);
        Assert.Single(report.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static Task ArrivedAsync(Scene scene, Demo demo) =>
        Wait.UntilAsync(() => demo.HasExited || ResumableDownloader.Inspect(scene.Destination)?.Received == Sent, "what was sent is on disk");
}
