using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>The web demo, and those who should not use it: other pages, servers with hostile names, and who reads along.</summary>
[Collection(nameof(Alone))]
public sealed class WebSafetyTests
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example")]
    [InlineData("Host", "127.0.0.1:1")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_page_can_neither_look_nor_act(string field, string value)
    {
        await using var scene = await WebScene.StartAsync();

        foreach (var path in new[] { "api/events", "api/about", "api/downloads", "api/settings" })
        {
            using var request = Request(path is "api/events" or "api/about" ? HttpMethod.Get : HttpMethod.Post, scene.App.Url, path, scene.Origin.Url);
            request.Headers.TryAddWithoutValidation(field, value);
            using var answer = await scene.App.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(scene.Origin.Requests);
        Assert.Empty(scene.List.Rows);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task No_form_can_act(string kind)
    {
        await using var scene = await WebScene.StartAsync();

        foreach (var path in new[] { "api/downloads", "api/all/cancel", $"api/downloads/{Guid.NewGuid()}/cancel" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(scene.App.Url, path)) { Content = new StringContent("{}", Encoding.UTF8) };
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", kind);
            using var answer = await scene.App.SendAsync(request);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Its_own_page_may_act_and_is_told_to_run_nothing_else()
    {
        await using var scene = await WebScene.StartAsync();
        using var request = Request(HttpMethod.Post, scene.App.Url, "api/downloads", scene.Origin.Url);
        request.Headers.TryAddWithoutValidation("Origin", scene.App.Url.GetLeftPart(UriPartial.Authority));
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");

        using var answer = await scene.App.SendAsync(request);
        using var page = await scene.App.SendAsync(new HttpRequestMessage(HttpMethod.Get, scene.App.Url));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, page.StatusCode));
        var policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", scene.App.Url.Host);
    }

    [Theory]
    [InlineData("../../../out.bin", "out.bin")]
    [InlineData("/etc/out.bin", "out.bin")]
    [InlineData("<img src=x onerror=alert(1)>.bin", "_img src=x onerror=alert(1)_.bin")]
    [InlineData("..", "file.bin")]
    public async Task Whatever_a_server_calls_a_file_it_stays_in_the_folder(string name, string becomes)
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = Conduct.Say(answer => answer.And("Content-Disposition", $"attachment; filename=\"{name}\""));

        var id = await scene.App.AddAsync(scene.Origin.Url);
        var row = await scene.List.UntilAsync(id, "Completed");

        Assert.Equal(becomes, row.Name);
        scene.AssertHolds(becomes);
        Assert.Single(Directory.GetFileSystemEntries(scene.Folder["files"]));
        Assert.Empty(StrayIn(scene));
    }

    [Theory]
    [InlineData("/..%2f..%2fout.bin", "../../out.bin")]
    [InlineData("/%3Cscript%3Ealert(1)%3C%2Fscript%3E", "<script>alert(1)</script>")]
    [InlineData("/gpj.%E2%80%AEexe", "gpj.exe")]
    public async Task Whatever_an_address_says_it_stays_in_the_folder_and_is_shown_as_text(string path, string shown)
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;

        var id = await scene.App.AddAsync(scene.Origin.UrlOf(path));
        var running = await scene.List.UntilAsync(id, "Running");
        scene.Origin.Otherwise = Conduct.Serve;
        var whole = await scene.List.UntilAsync(id, "Completed");

        Assert.Equal(shown, running.Name);
        Assert.DoesNotContain('/', whole.Name);
        Assert.Equal([Path.Combine(scene.Folder["files"], whole.Name)], Directory.GetFileSystemEntries(scene.Folder["files"]));
        Assert.Empty(StrayIn(scene));
    }

    [Fact]
    public async Task No_file_that_is_there_is_replaced()
    {
        await using var scene = await WebScene.StartAsync();
        File.WriteAllText(Path.Combine(scene.Folder["files"], "file.bin"), "mine");

        var row = await scene.List.UntilAsync(await scene.App.AddAsync(scene.Origin.Url), "Completed");

        Assert.Equal(("file (1).bin", "mine"), (row.Name, File.ReadAllText(Path.Combine(scene.Folder["files"], "file.bin"))));
    }

    [Theory]
    [InlineData(200, "Completed")]
    [InlineData(403, "Failed")]
    public async Task What_is_secret_in_an_address_is_neither_shown_nor_remembered_as_finished(int status, string end)
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = status == 200 ? Conduct.Serve : Conduct.Refuse(status);
        var secret = new UriBuilder(scene.Origin.UrlOf("/file.bin?X-Amz-Signature=SECRET1&token=SECRET2")) { UserName = "SECRET3", Password = "SECRET4" };

        await scene.List.UntilAsync(await scene.App.AddAsync(secret.Uri), end);

        Assert.DoesNotContain("SECRET", string.Concat(scene.List.Events.Select(one => one.Text)), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", File.Exists(scene.Folder["ended"]) ? File.ReadAllText(scene.Folder["ended"]) : "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_names_are_answered_to_when_the_user_names_them()
    {
        using var folder = new TempFolder();
        await using var app = await WebApp.StartAsync(folder.Path, 0, "--hosts", "demo.example;other.example");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("demo.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("evil.example"));

        async Task<HttpStatusCode> StatusAsync(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Url, "api/about"));
            request.Headers.Host = $"{host}:{app.Url.Port}";
            using var answer = await app.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static IEnumerable<string?> StrayIn(WebScene scene) =>
        Directory.GetFileSystemEntries(scene.Folder.Path).Select(Path.GetFileName).Except(["files", "ended", "queue", "queue.lock", "settings"]);

    private static HttpRequestMessage Request(HttpMethod method, Uri app, string path, Uri wanted) => new(method, new Uri(app, path))
    {
        Content = method == HttpMethod.Get ? null : path == "api/settings" ? JsonContent.Create(new { bytesPerSecond = 1, atATime = 1 }) : JsonContent.Create(new { urls = wanted.AbsoluteUri }),
    };
}
