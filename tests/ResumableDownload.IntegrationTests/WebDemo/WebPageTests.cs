using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ResumableDownload.IntegrationTests;

/// <summary>The web demo's page in a real browser, as its users have it.</summary>
[Collection(nameof(Alone))]
public sealed class WebPageTests
{
    [ChromiumFact]
    public async Task The_bar_moves_a_kill_does_no_harm_and_the_file_becomes_whole()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        await using var browser = await Chromium.OpenAsync(scene.App.Url);

        await browser.AddAsync(scene.Origin.Url.AbsoluteUri);
        await browser.UntilPercentAsync("file.bin", 20);
        await browser.UntilPercentAsync("file.bin", 35);
        await browser.Button("Pause file.bin").ClickAsync();
        await browser.UntilStateAsync("file.bin", "Paused");
        var paused = await browser.PercentAsync("file.bin");
        await Expect(browser.Row("file.bin")).ToContainTextAsync("MiB kept");

        await scene.App.KillAsync();
        await Expect(browser.Page.GetByText("The app is away")).ToBeVisibleAsync();
        await scene.KillAndStartAsync();
        await Expect(browser.Page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        await browser.UntilStateAsync("file.bin", "Paused");
        Assert.Equal(paused, await browser.PercentAsync("file.bin"));

        await browser.Button("Resume file.bin").ClickAsync();
        await browser.UntilStateAsync("file.bin", "Whole");
        await Expect(browser.Row("file.bin")).ToContainTextAsync("kept from before");
        await Expect(browser.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "file.bin is whole." })).ToHaveCountAsync(1);
        scene.AssertHolds("file.bin");
        Assert.InRange(scene.Origin.BodyBytesSent, WebScene.Length, WebScene.Length + 500_000);
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task Killed_while_it_runs_it_goes_on_by_itself()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        await using var browser = await Chromium.OpenAsync(scene.App.Url);

        await browser.AddAsync(scene.Origin.Url.AbsoluteUri);
        await browser.UntilPercentAsync("file.bin", 30);
        await scene.KillAndStartAsync();

        await browser.UntilStateAsync("file.bin", "Whole");
        await Expect(browser.Row("file.bin")).ToContainTextAsync("kept from before");
        scene.AssertHolds("file.bin");
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task Whatever_names_and_failures_hold_it_is_shown_as_text()
    {
        const string Markup = "<img src=x onerror=\"document.title='hacked'\">";
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Then(Conduct.Serve, Conduct.Refuse(404));
        scene.Origin.Otherwise = Conduct.Refuse(404);
        await using var browser = await Chromium.OpenAsync(scene.App.Url);

        await browser.AddAsync(scene.Origin.UrlOf($"/{Uri.EscapeDataString(Markup)}").AbsoluteUri);
        await browser.UntilStateAsync("_img src=x onerror=_document.title='hacked'__", "Whole");
        await browser.AddAsync(scene.Origin.UrlOf($"/&lt;b&gt;/{Uri.EscapeDataString(Markup)}").AbsoluteUri);
        await browser.UntilStateAsync(Markup, "Failed");
        await Expect(browser.Row(Markup).Locator(".address")).ToContainTextAsync("/&lt;b&gt;/");
        await browser.AddAsync("<b>no-address</b>");
        await Expect(browser.Page.GetByText("<b>no-address</b>: This is no http or https address.")).ToBeVisibleAsync();

        Assert.Equal("Downloads", await browser.Page.TitleAsync());
        Assert.Equal(0, await browser.Page.Locator("img, b").CountAsync());
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_failure_tells_why_and_what_is_kept_and_retry_makes_it_whole()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Then(Conduct.CutAt(500_000), Conduct.Refuse(404));
        await using var browser = await Chromium.OpenAsync(scene.App.Url);

        await browser.AddAsync(scene.Origin.Url.AbsoluteUri);
        await browser.UntilStateAsync("file.bin", "Failed");
        await Expect(browser.Row("file.bin")).ToContainTextAsync("404 Not Found");
        await Expect(browser.Row("file.bin")).ToContainTextAsync("500000 bytes are kept");
        await browser.Button("Retry file.bin").ClickAsync();
        await browser.UntilStateAsync("file.bin", "Whole");
        await browser.Button("Remove file.bin").ClickAsync();

        await Expect(browser.Page.GetByText("Whatever happens, what has arrived is kept.")).ToBeVisibleAsync();
        scene.AssertHolds("file.bin");
    }

    [ChromiumFact]
    public async Task What_came_is_given_up_only_when_the_user_is_sure()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        await using var browser = await Chromium.OpenAsync(scene.App.Url);
        await browser.AddAsync(scene.Origin.Url.AbsoluteUri);
        await browser.UntilPercentAsync("file.bin", 10);
        await browser.Button("Pause file.bin").ClickAsync();
        await browser.UntilStateAsync("file.bin", "Paused");

        await browser.Button("Give up file.bin").ClickAsync();
        await Expect(browser.Page.GetByRole(AriaRole.Dialog, new() { Name = "Give up file.bin?" })).ToBeVisibleAsync();
        await Expect(browser.Button("Keep it")).ToBeFocusedAsync();
        await browser.Page.Keyboard.PressAsync("Escape");
        await browser.UntilStateAsync("file.bin", "Paused");
        Assert.NotEmpty(Directory.GetFiles(scene.Folder["files"]));

        await browser.Button("Give up file.bin").ClickAsync();
        await browser.Button("Give up").ClickAsync();
        await browser.UntilStateAsync("file.bin", "Given up");
        Assert.Empty(Directory.GetFiles(scene.Folder["files"]));
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_bar_without_an_end_says_so()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = Conduct.Say(static answer => answer with { Framing = Framing.Chunked }) with { Pieces = WebScene.Slow.Pieces, BodyLimit = 100_000, Ending = Ending.Stall };
        await using var browser = await Chromium.OpenAsync(scene.App.Url);

        await browser.AddAsync(scene.Origin.Url.AbsoluteUri);
        await Expect(browser.Row("file.bin").Locator(".figures")).ToContainTextAsync("KiB");
        Assert.Null(await browser.PercentAsync("file.bin"));
        Assert.NotEqual("none", await MovingPartAsync(browser));
        await browser.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal("none", await MovingPartAsync(browser));
        await browser.Button("Pause file.bin").ClickAsync();

        await browser.UntilStateAsync("file.bin", "Paused");
        Assert.Equal(0, await browser.PercentAsync("file.bin"));
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_limit_between_two_steps_is_shown_and_kept()
    {
        await using var scene = await WebScene.StartAsync();
        await scene.App.SetAsync(300_000, 7);
        await using var browser = await Chromium.OpenAsync(scene.App.Url);
        var atATime = browser.Page.GetByLabel("At the same time");

        await Expect(browser.Page.GetByRole(AriaRole.Slider)).ToHaveAttributeAsync("aria-valuetext", "293 KiB/s");
        await Expect(atATime).ToHaveValueAsync("7");
        await atATime.SelectOptionAsync("2");

        await scene.List.UntilAsync(list => list.Events[^1].Text.Contains("{\"bytesPerSecond\":300000,\"atATime\":2}", StringComparison.Ordinal), "only one of them is another one");
    }

    [ChromiumFact]
    public async Task What_the_app_refuses_is_told()
    {
        await using var scene = await WebScene.StartAsync();
        Directory.CreateDirectory(scene.Folder["settings.new"]);
        await using var browser = await Chromium.OpenAsync(scene.App.Url);

        await browser.Page.GetByLabel("At the same time").SelectOptionAsync("1");

        await Expect(browser.Page.Locator("#add-answer")).ToContainTextAsync("settings.new");
    }

    [ChromiumFact]
    public async Task Settings_and_acts_of_one_page_are_seen_by_another()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        await using var one = await Chromium.OpenAsync(scene.App.Url);
        await using var other = await Chromium.OpenAsync(scene.App.Url);
        var (slider, seen) = (one.Page.GetByRole(AriaRole.Slider), other.Page.GetByRole(AriaRole.Slider));

        await slider.FocusAsync();
        await one.Page.Keyboard.PressAsync("Home");
        await Expect(seen).ToHaveAttributeAsync("aria-valuetext", "64.0 KiB/s");
        await one.Page.Keyboard.PressAsync("End");
        await Expect(seen).ToHaveAttributeAsync("aria-valuetext", "No limit");

        await one.Page.GetByLabel("At the same time").SelectOptionAsync("1");
        await one.AddAsync(scene.Origin.UrlOf("/first").AbsoluteUri, scene.Origin.UrlOf("/second").AbsoluteUri);
        await other.UntilStateAsync("second", "Waits for its turn");
        await one.Page.GetByLabel("Priority of second").SelectOptionAsync("Sooner");
        await Expect(other.Page.GetByLabel("Priority of second")).ToHaveValueAsync("1");
        await other.Button("Pause all").ClickAsync();
        await one.UntilStateAsync("first", "Paused");
        await one.UntilStateAsync("second", "Paused");
        await one.Button("Resume all").ClickAsync();
        await other.UntilStateAsync("first", "Waits for its turn");
        Assert.Empty(one.Complaints.Concat(other.Complaints));
    }

    private static Task<string> MovingPartAsync(Chromium browser) => browser.Row("file.bin").Locator(".track").EvaluateAsync<string>("track => getComputedStyle(track, '::after').animationName");
}
