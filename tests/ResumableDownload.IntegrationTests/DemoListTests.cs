namespace ResumableDownload.IntegrationTests;

/// <summary>The console demo with a list of downloads.</summary>
[Collection(nameof(Alone))]
public sealed class DemoListTests
{
    private const int Length = 40_000;

    private static readonly Resource File1 = Resource.Version(1, Length);

    [Fact]
    public async Task Each_line_goes_where_it_says()
    {
        await using var scene = new Scene(File1);
        Offer(scene, "/a", "/b", "/c");
        var list = $"\uFEFF# three files\r\n\r\n{Url(scene, "/a")}\tdeep/down/one.bin\r\n{Url(scene, "/b")}\n   \n{Url(scene, "/c")}\tsub/";

        var report = await RunAsync(scene, list, "-o", scene.Folder["out"]);

        Assert.Equal((0, (3, 3, 0, 0)), (report.ExitCode, report.Counts));
        AssertHolds(scene, "/a", "out/deep/down/one.bin");
        AssertHolds(scene, "/b", "out/b");
        AssertHolds(scene, "/c", "out/sub/c");
        Assert.Equal(scene.Folder["out/deep/down/one.bin"], report[3].Path);
        Assert.Equal(3, Directory.GetFiles(scene.Folder["out"], "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_list_may_come_from_standard_input()
    {
        await using var scene = new Scene(File1);
        Offer(scene, "/a", "/b");
        using var demo = Demo.StartFed(scene.Folder.Path, $"{Url(scene, "/a")}\n{Url(scene, "/b")}\tother", "--json");

        var report = await demo.EndListAsync();

        Assert.Equal((0, (2, 2, 0, 0)), (report.ExitCode, report.Counts));
        AssertHolds(scene, "/a", "a");
        AssertHolds(scene, "/b", "other");
    }

    [Theory]
    [InlineData("Line 2", "must be an absolute http or https address", "file.bin")]
    [InlineData("Line 2", "must be an absolute http or https address", "ftp://host/hidden")]
    [InlineData("Line 2", "white space in the URL", "https://host/hidden file.bin")]
    [InlineData("Line 2", "there is no path", "https://host/hidden\t")]
    [InlineData("Line 2", "more than one TAB", "https://host/hidden\tone\ttwo")]
    [InlineData("Line 2", "control character", "https://host/hidden\ta\u001B[2J")]
    [InlineData("Line 3", "is where line 2 goes already", "https://host/hidden\tone\nhttps://host/b\t./sub/../one")]
    [InlineData("Line 3", "line 2 brings the same into the same folder", "https://host/hidden?x=1\nhttps://host/hidden?x=1#part")]
    [InlineData("Line 2", "needs the path of a file", "https://host/hidden", "--only-if-changed")]
    public async Task A_line_that_makes_no_sense_is_named_before_anything_is_asked(string line, string reason, string text, params string[] options)
    {
        await using var scene = new Scene(File1);
        using var demo = Demo.StartFed(scene.Folder.Path, $"{Url(scene, "/a")}\tfirst\n{text}\n", options);

        var (exitCode, output, errors) = await demo.WordsAsync();

        Assert.Equal((2, ""), (exitCode, output));
        Assert.StartsWith($"{line} of standard input: ", errors, StringComparison.Ordinal);
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", errors, StringComparison.Ordinal);
        Assert.Empty(scene.Requests);
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Fact]
    public async Task A_line_that_is_no_UTF_8_is_named()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["list"], [.. "https://host/a\nhttps://host/b\tcaf"u8, 0xE9]);
        using var demo = Demo.StartIn(folder.Path, "-i", "list");

        var (exitCode, _, errors) = await demo.WordsAsync();

        Assert.Equal(2, exitCode);
        Assert.StartsWith("Line 2 of 'list': this is not UTF-8.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("put it into the list", "-i", "list", "https://host/b")]
    [InlineData("--digest is for one file", "-i", "list", "--digest", "md5:00000000000000000000000000000000")]
    [InlineData("-o must be a folder", "-i", "list", "-o", "list")]
    [InlineData("-j takes a number from 1 to 10000", "-i", "list", "-j", "0")]
    [InlineData("use them with -i", "https://host/b", "-j", "2")]
    [InlineData("use them with -i", "https://host/b", "--state", "s")]
    [InlineData("Could not find file", "-i", "nothing")]
    public async Task Options_that_do_not_fit_a_list_are_refused(string reason, params string[] words)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["list"], "https://host/a");
        using var demo = Demo.StartIn(folder.Path, words);

        var (exitCode, output, errors) = await demo.WordsAsync();

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(reason, errors, StringComparison.Ordinal);
        Assert.Equal([folder["list"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_failure_among_others_is_one_line_and_the_others_go_on()
    {
        await using var scene = new Scene(File1) { Origin = { ByRequest = request => request.Path == "/gone" ? Conduct.Refuse(404) : Conduct.Serve } };
        Offer(scene, "/a", "/b");
        var list = $"{Url(scene, "/a")}\n{Url(scene, "/gone")}\n{Url(scene, "/b")}\n{Url(scene, "/c")}\tlist/below";

        var report = await RunAsync(scene, list, "-j", "1");

        Assert.Equal((1, (4, 2, 2, 0)), (report.ExitCode, report.Counts));
        Assert.Equal(("failed", true), (report[2].Status, report[2].Failure.Contains(nameof(DownloadFailure.NotFound), StringComparison.Ordinal)));
        Assert.Contains(nameof(DownloadFailure.DestinationUnusable), report[4].Failure, StringComparison.Ordinal);
        Assert.Equal(["Line 2: ", "Line 4, "], report.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..8]).Order());
        AssertHolds(scene, "/a", "a");
        AssertHolds(scene, "/b", "b");
    }

    [Fact]
    public async Task No_more_than_the_user_says_run_at_a_time()
    {
        const int Lines = 24;
        const int AtATime = 4;
        await using var server = await HoldingServer.StartAsync(File1.Bytes);
        using var folder = new TempFolder();
        using var demo = Demo.StartFed(folder.Path, string.Join('\n', Enumerable.Range(0, Lines).Select(number => server.UrlOf($"/{number}"))), "-j", $"{AtATime}", "-q");

        for (var left = Lines; left > 0; left--)
        {
            await Wait.UntilAsync(() => server.Holding >= Math.Min(left, AtATime), $"{left} requests, or as many as may be, have come");
            await server.LetGoAsync();
        }

        var (exitCode, output, errors) = await demo.WordsAsync();
        Assert.Equal((0, "", ""), (exitCode, output, errors));
        Assert.Equal(AtATime, server.Most);
        Assert.Equal(Lines, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task Three_hundred_files_are_all_right()
    {
        await using var scene = new Scene(File1);
        var paths = Enumerable.Range(0, 300).Select(number => $"/{number}.bin").ToArray();
        foreach (var (number, path) in paths.Index())
        {
            scene.Origin.Resources[path] = Resource.Version(number, 100 + number);
        }

        var report = await RunAsync(scene, string.Join('\n', paths.Select(path => Url(scene, path))), "-j", "16", "-o", scene.Folder["out"]);

        Assert.Equal((0, (300, 300, 0, 0)), (report.ExitCode, report.Counts));
        Assert.Equal(Enumerable.Range(1, 300), report.Ends.Select(end => end.Line).Order());
        Assert.All(paths, path => AssertHolds(scene, path, $"out{path}"));
        var length = scene.Origin.Resources.Values.Sum(resource => resource.Length);
        Assert.Equal((length, length, 300), (report.Figure("fetched"), report.Figure("received"), report.Figure("requests")));
    }

    [Fact]
    public async Task Names_that_answers_give_twice_are_no_success()
    {
        await using var scene = new Scene(File1);
        Offer(scene, "/one/same", "/two/same");
        var list = $"{Url(scene, "/one/same")}\n{Url(scene, "/two/same")}";

        var replaced = await RunAsync(scene, list, "-j", "1", "-o", scene.Folder["replaced"]);
        var numbered = await RunAsync(scene, list, "-j", "1", "-o", scene.Folder["numbered"], "--existing", "number");

        Assert.Equal((1, "failed"), (replaced.ExitCode, replaced[2].Status));
        Assert.Contains("the name of what line 1 brought", replaced[2].Failure, StringComparison.Ordinal);
        Assert.Equal(0, numbered.ExitCode);
        AssertHolds(scene, "/one/same", "numbered/same");
        AssertHolds(scene, "/two/same", "numbered/same (1)");
    }

    [Fact]
    public async Task One_resource_under_two_signatures_is_one_download_for_a_folder()
    {
        await using var scene = new Scene(File1);
        var list = string.Join('\n', "12".Select(signature => Url(scene, $"/a?OSSAccessKeyId=somebody&Expires=32503680000&Signature={signature}")));

        var report = await RunAsync(scene, list);

        Assert.Equal((1, (2, 1, 1, 0)), (report.ExitCode, report.Counts));
        Assert.Contains("Line 1 brings the same", report[2].Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_fetched_again()
    {
        await using var server = await StaticServer.StartAsync(withoutTag: false);
        using var folder = new TempFolder();
        server.Publish(version: 1, Length);
        File.WriteAllText(folder["list"], $"{server.Url}\ta");

        var (first, second) = (await AskAsync(), await AskAsync());

        Assert.Equal((0, "whole", Length), (first.ExitCode, first[1].Status, first[1].Fetched));
        Assert.Equal((0, "not-modified", 0), (second.ExitCode, second[1].Status, second[1].Fetched));
        Assert.Equal((1, 1, 0, 0), second.Counts);

        async Task<ListReport> AskAsync()
        {
            using var demo = Demo.StartIn(folder.Path, "-i", "list", "--only-if-changed", "--json");
            return await demo.EndListAsync();
        }
    }

    [Fact]
    public async Task Header_fields_are_sent_for_each_and_one_limit_is_shared_by_all()
    {
        await using var scene = new Scene(File1);
        var list = string.Join('\n', "abcd".Select(name => Url(scene, $"/{name}")));

        var report = await RunAsync(scene, list, "-j", "4", "-H", "X-Team: blue", "--limit-rate", "80000");

        Assert.Equal((0, (4, 4, 0, 0)), (report.ExitCode, report.Counts));
        Assert.All(scene.Requests, request => Assert.Equal("blue", request["X-Team"]));

        // Two seconds for all together; half a second if each had a limit of its own.
        Assert.InRange(report.Total.GetProperty("seconds").GetDouble(), 1.5, 60);
    }

    private static async Task<ListReport> RunAsync(Scene scene, string list, params string[] options)
    {
        File.WriteAllText(scene.Folder["list"], list);
        using var demo = Demo.StartIn(scene.Folder.Path, ["-i", "list", "--json", .. options]);
        return await demo.EndListAsync();
    }

    private static void Offer(Scene scene, params string[] paths)
    {
        foreach (var (number, path) in paths.Index())
        {
            scene.Origin.Resources[path] = Resource.Version(number + 2, Length + number);
        }
    }

    private static string Url(Scene scene, string path) => scene.Origin.UrlOf(path).AbsoluteUri;

    private static void AssertHolds(Scene scene, string path, string file) => Scene.AssertSame(scene.Origin.Resources[path].Bytes, File.ReadAllBytes(scene.Folder[file]));
}
