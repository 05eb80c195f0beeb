namespace ResumableDownload.IntegrationTests;

/// <summary>What the console demo says of a list, and how it goes on with one that was interrupted.</summary>
[Collection(nameof(Alone))]
public sealed class DemoListReportTests
{
    private const int Length = 400_000;
    private const int Sent = 150_000;

    private static readonly Resource File1 = Resource.Version(1, Length);

    [Fact]
    public async Task Each_download_is_reported_as_a_single_one_is_and_then_all()
    {
        await using var scene = new Scene(File1);
        using var single = Demo.Start(scene.Origin.Url, scene.Destination);
        var one = await single.EndAsync();
        using var list = Demo.StartFed(scene.Folder.Path, $"{scene.Origin.Url}\tagain", "--json");

        var all = await list.EndListAsync();

        Assert.Equal(["line", .. NamesIn(one.Json).Order()], NamesIn(Assert.Single(all.Ends).Json).OrderBy(name => name != "line").ThenBy(name => name));
        Assert.Equal(
            ["count", "whole", "failed", "interrupted", "fetched", "received", "requests", "startedOver", "seconds", "wholeBefore", "failure"],
            NamesIn(all.Total));
        Assert.Equal((Length, Length, 1, 0), (all.Figure("fetched"), all.Figure("received"), all.Figure("requests"), all.Figure("startedOver")));
    }

    [Fact]
    public async Task For_people_there_is_one_line_each_and_one_for_all_and_nothing_when_it_is_to_be_quiet()
    {
        await using var scene = new Scene(File1);
        var list = $"{scene.Origin.Url}\ta\n{scene.Origin.Url}\tb";
        using var plain = Demo.StartFed(scene.Folder.Path, list);
        var (exitCode, output, errors) = await plain.WordsAsync();
        using var quiet = Demo.StartFed(scene.Folder.Path, list, "-q");

        var silence = await quiet.WordsAsync();

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal([scene.Folder["a"], scene.Folder["b"]], lines[..2].Select(line => line.Split(": ")[0]).Order());
        Assert.StartsWith("2 of 2 files whole in ", lines[2], StringComparison.Ordinal);
        Assert.Equal((0, "", ""), silence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stopped_or_killed_it_goes_on_with_what_is_not_whole(bool isKilled)
    {
        await using var scene = new Scene(File1) { Origin = { ByRequest = StallBig } };
        scene.Origin.Resources["/small"] = Resource.Version(2, 1000);
        File.WriteAllText(scene.Folder["list"], $"{scene.Origin.UrlOf("/small")}\n{scene.Origin.UrlOf("/big")}\n{scene.Origin.UrlOf("/later")}\tlast.bin\n");
        var big = new DownloadRequest(scene.Origin.UrlOf("/big"), scene.Folder.Path);
        using var first = StartWithState(scene);
        await Wait.UntilAsync(
            () => first.HasExited || (ResumableDownloader.Inspect(big)?.Received == Sent && File.Exists(scene.Folder["state.done"])), "one file is whole, and another one half");

        var interrupted = isKilled ? Kill(first) : await InterruptAsync(first);

        Assert.True(File.Exists(scene.Folder["state"]));
        scene.Origin.ByRequest = null;
        scene.Origin.Forget();
        using var second = StartWithState(scene);
        var whole = await second.EndListAsync();
        Assert.Equal((0, (2, 2, 0, 0), 1), (whole.ExitCode, whole.Counts, whole.Figure("wholeBefore")));
        Assert.Equal((Sent, Length - Sent), (whole[2].ResumedFrom, whole[2].Fetched));
        Assert.DoesNotContain("/small", scene.Requests.Select(request => request.Path));
        Assert.Equal(["big", "last.bin", "list", "small"], Directory.GetFiles(scene.Folder.Path).Select(Path.GetFileName).Order());
        Scene.AssertSame(File1.Bytes, File.ReadAllBytes(scene.Folder["big"]));
        if (interrupted is not null)
        {
            Assert.Equal((130, (3, 1, 0, 2)), (interrupted.ExitCode, interrupted.Counts));
            Assert.Equal(("interrupted", Sent), (interrupted[2].Status, interrupted[2].Fetched));
            Assert.Equal(("interrupted", 0), (interrupted[3].Status, interrupted[3].Fetched));
            Assert.Equal(1000 + Sent, interrupted.Figure("received"));
            Assert.StartsWith("Interrupted. 1 of 3 files whole, 146.5 KiB of others are kept; repeat the same command to go on.", interrupted.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_whole_but_gone_is_fetched_again()
    {
        await using var scene = new Scene(File1) { Origin = { ByRequest = request => request.Path == "/gone" ? Conduct.Refuse(404) : Conduct.Serve } };
        File.WriteAllText(scene.Folder["list"], $"{scene.Origin.UrlOf("/a")}\n{scene.Origin.UrlOf("/b")}\n{scene.Origin.UrlOf("/gone")}");
        using var first = StartWithState(scene);
        Assert.Equal((3, 2, 1, 0), (await first.EndListAsync()).Counts);
        File.Delete(scene.Folder["b"]);

        using var second = StartWithState(scene);

        var report = await second.EndListAsync();
        Assert.Equal((1, (2, 1, 1, 0), 1), (report.ExitCode, report.Counts, report.Figure("wholeBefore")));
        Assert.True(File.Exists(scene.Folder["b"]));
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    [InlineData("-q")]
    public async Task Secrets_of_addresses_are_said_nowhere(params string[] options)
    {
        await using var scene = new Scene(File1) { Origin = { ByRequest = request => request.Path == "/gone" ? Conduct.Refuse(403) : Conduct.Serve } };
        var host = $"user:hidden@127.0.0.1:{scene.Origin.Port}";
        var list = $"http://{host}/a?token=hidden#hidden\nhttp://{host}/gone?Signature=hidden\nhttp://{host}/b?token=hidden\tlist/b\nhttp://user:hidden@127.0.0.1:1/c?token=hidden";
        File.WriteAllText(scene.Folder["list"], list);
        using var demo = Demo.StartIn(scene.Folder.Path, ["-i", "list", "--state", "state", "--retries", "1", .. options]);

        var (exitCode, output, errors) = await demo.WordsAsync();

        Assert.Equal((1, 3), (exitCode, errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.DoesNotContain("hidden", output + errors + File.ReadAllText(scene.Folder["state.done"]), StringComparison.Ordinal);
        Assert.True(File.Exists(scene.Folder["a"]));
    }

    [Fact]
    public async Task A_state_file_that_another_run_has_ends_it_at_once()
    {
        await using var scene = new Scene(File1) { Origin = { Otherwise = Conduct.StallAt(Sent) } };
        File.WriteAllText(scene.Folder["list"], $"{scene.Origin.Url}");
        using var first = StartWithState(scene);
        await Wait.UntilAsync(() => first.HasExited || scene.Requests.Count == 1, "the first one runs");
        using var second = StartWithState(scene);

        var refused = await second.EndListAsync();

        Assert.Equal((1, (1, 0, 0, 0)), (refused.ExitCode, refused.Counts));
        Assert.Contains(nameof(DownloadFailure.InUse), refused.Total.GetProperty("failure").ToString(), StringComparison.Ordinal);
        Assert.Single(refused.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Single(scene.Requests);
        Assert.True(File.Exists(scene.Folder["state"]));
    }

    private static Conduct StallBig(SeenRequest request) => request.Path == "/small" ? Conduct.Serve : Conduct.StallAt(Sent);

    private static Demo StartWithState(Scene scene) => Demo.StartIn(scene.Folder.Path, "-i", "list", "-j", "1", "-n", "1", "--state", "state", "--json");

    private static ListReport? Kill(Demo demo)
    {
        demo.Kill();
        return null;
    }

    private static Task<ListReport?> InterruptAsync(Demo demo)
    {
        demo.Interrupt();
        return demo.EndListAsync()!;
    }

    private static IEnumerable<string> NamesIn(System.Text.Json.JsonElement json) => json.EnumerateObject().Select(property => property.Name);
}
