using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>The web demo, killed: the list is back, and goes on.</summary>
[Collection(nameof(Alone))]
public sealed class WebRestartTests
{
    [Fact]
    public async Task Killed_and_started_the_list_is_back_and_goes_on()
    {
        await using var scene = await WebScene.StartAsync();
        var whole = await scene.App.AddAsync(scene.Origin.UrlOf("/whole"));
        await scene.List.UntilAsync(whole, "Completed");
        scene.Origin.Otherwise = WebScene.Slow;
        var paused = await scene.App.AddAsync(scene.Origin.UrlOf("/paused"));
        var running = await scene.App.AddAsync(scene.Origin.UrlOf("/running"));
        await scene.List.UntilAsync(list => list[paused]?.Received > WebScene.Length / 4, "a quarter is there");
        await scene.App.ActAsync(paused, "pause");
        var kept = (await scene.List.UntilAsync(paused, "Paused")).Received;
        await scene.List.UntilAsync(list => list[running]?.Received > WebScene.Length / 4, "a quarter is there");

        await scene.KillAndStartAsync();
        await scene.List.UntilAsync(list => list.Rows.Count == 3, "the list is back");
        Assert.Equal(("Completed", "whole"), (scene.List[whole]!.State, scene.List[whole]!.Name));
        Assert.Equal(("Paused", kept, WebScene.Length), (scene.List[paused]!.State, scene.List[paused]!.Received, scene.List[paused]!.Total));
        var after = await scene.List.UntilAsync(running, "Completed");
        await scene.App.ActAsync(paused, "resume");
        await scene.List.UntilAsync(paused, "Completed");

        Assert.InRange(after.KeptFromBefore, WebScene.Length / 4, WebScene.Length);
        Assert.All(["whole", "paused", "running"], scene.AssertHolds);

        // Three files, what was on its way when it was killed, and what the sockets held.
        Assert.InRange(scene.Origin.BodyBytesSent, 3L * WebScene.Length, (3L * WebScene.Length) + 1_500_000);
    }

    [Fact]
    public async Task What_was_finished_or_failed_stays_until_it_is_taken_off_the_list()
    {
        await using var scene = await WebScene.StartAsync();
        var whole = await scene.App.AddAsync(scene.Origin.UrlOf("/whole"));
        await scene.List.UntilAsync(whole, "Completed");
        scene.Origin.Then(Conduct.CutAt(500_000), Conduct.Refuse(410));
        var failed = await scene.App.AddAsync(scene.Origin.UrlOf("/failed"));
        await scene.List.UntilAsync(failed, "Failed");

        await scene.KillAndStartAsync();
        await scene.List.UntilAsync(list => list.Rows.Count == 2, "the list is back");
        Assert.Equal(("Failed", 500_000), (scene.List[failed]!.State, scene.List[failed]!.Received));
        Assert.Contains("410", scene.List[failed]!.Failure, StringComparison.Ordinal);
        Assert.Contains("500000 bytes are kept", scene.List[failed]!.Failure, StringComparison.Ordinal);
        await scene.App.ActAsync(whole, "remove");
        await scene.App.ActAllAsync("retry");
        await scene.List.UntilAsync(failed, "Completed");
        await scene.App.ActAllAsync("clear");
        await scene.List.UntilAsync(list => list.Rows.Count == 0, "the list is empty");

        await scene.KillAndStartAsync();
        Assert.Empty(scene.List.Rows);
        Assert.All(["whole", "failed"], scene.AssertHolds);
    }

    [Fact]
    public async Task Settings_hold_after_a_kill()
    {
        await using var scene = await WebScene.StartAsync();
        await scene.App.SetAsync(123_456, 7);

        await scene.KillAndStartAsync();
        Assert.Contains("\"settings\":{\"bytesPerSecond\":123456,\"atATime\":7}", scene.List.Events[0].Text, StringComparison.Ordinal);

        await scene.App.KillAsync();
        File.WriteAllText(scene.Folder["settings"], "{\"bytesPerSecond\":0,\"atATime\":0}");
        await scene.KillAndStartAsync();
        Assert.Contains("\"settings\":{\"bytesPerSecond\":null,\"atATime\":3}", scene.List.Events[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_a_kill_tore_spoils_no_other()
    {
        await using var scene = await WebScene.StartAsync();
        var one = await scene.App.AddAsync(scene.Origin.UrlOf("/one"));
        await scene.List.UntilAsync(one, "Completed");
        await scene.App.KillAsync();
        File.AppendAllText(scene.Folder["ended"], "\n{\"id\":\"");

        await scene.KillAndStartAsync();
        var two = await scene.App.AddAsync(scene.Origin.UrlOf("/two"));
        await scene.List.UntilAsync(two, "Completed");
        await scene.KillAndStartAsync();

        await scene.List.UntilAsync(list => list.Rows.Count == 2, "both are back");
        Assert.Equal(["two", "one"], scene.List.Rows.Select(row => row.Name));
    }

    [Fact]
    public async Task What_was_given_up_after_a_failure_does_not_come_back()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = Conduct.Refuse(404);
        var failed = await scene.App.AddAsync(scene.Origin.Url);
        await scene.List.UntilAsync(failed, "Failed");
        await scene.App.ActAsync(failed, "cancel");
        await scene.List.UntilAsync(failed, "Cancelled");

        await scene.KillAndStartAsync();

        Assert.Empty(scene.List.Rows);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_does_not_keep_it_from_starting()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Then(Conduct.Refuse(404));
        var id = await scene.App.AddAsync(scene.Origin.Url);
        await scene.List.UntilAsync(id, "Failed");
        await scene.App.ActAsync(id, "resume");
        await scene.List.UntilAsync(id, "Completed");
        Directory.CreateDirectory(scene.Folder["ended.new"]);

        await scene.KillAndStartAsync();

        Assert.Equal("Completed", Assert.Single(scene.List.Rows).State);
    }

    [Fact]
    public async Task Where_nothing_can_be_noted_the_list_lives_all_the_same_and_the_page_is_told()
    {
        await using var scene = await WebScene.StartAsync();
        Directory.CreateDirectory(scene.Folder["ended"]);
        Directory.CreateDirectory(scene.Folder["settings.new"]);
        var one = await scene.App.AddAsync(scene.Origin.UrlOf("/one"));
        await scene.List.UntilAsync(one, "Completed");
        var two = await scene.App.AddAsync(scene.Origin.UrlOf("/two"));
        await scene.List.UntilAsync(two, "Completed");

        using var answer = await scene.App.PostAsync("settings", new { bytesPerSecond = 1_000, atATime = 1 });

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("settings.new", (await WebApp.JsonOf(answer)).GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.All(["one", "two"], scene.AssertHolds);
    }

    [Theory]
    [InlineData("--port", "abc", "'abc' is no port")]
    [InlineData("--port", "65536", "'65536' is no port")]
    [InlineData("--urls", "nonsense", "Invalid url: 'nonsense'")]
    public async Task Words_that_make_no_sense_are_named(string option, string value, string said)
    {
        using var folder = new TempFolder();

        var (exitCode, errors) = await WebApp.FailAsync(folder.Path, words: [option, value]);

        Assert.Equal(1, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_app_on_the_same_folder_or_port_says_so()
    {
        await using var scene = await WebScene.StartAsync();
        using var other = new TempFolder();

        var folder = await WebApp.FailAsync(scene.Folder.Path);
        var port = await WebApp.FailAsync(other.Path, scene.App.Url.Port);

        Assert.Equal((1, 1), (folder.ExitCode, port.ExitCode));
        Assert.Contains(scene.Folder["queue"], folder.Errors, StringComparison.Ordinal);
        Assert.Contains("address already in use", port.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", folder.Errors + port.Errors, StringComparison.Ordinal);
    }
}
