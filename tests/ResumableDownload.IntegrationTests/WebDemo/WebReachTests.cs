using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ResumableDownload.IntegrationTests;

/// <summary>The web demo's page for everybody: by keyboard, by ear, on a phone, in light and in dark.</summary>
[Collection(nameof(Alone))]
public sealed class WebReachTests
{
    /// <summary>The least contrast of ordinary text (WCAG 2.2, success criterion 1.4.3), in hundredths.</summary>
    private const int LeastContrast = 450;

    [ChromiumFact]
    public async Task Everything_is_done_by_keyboard_and_the_focus_is_never_lost()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        await using var browser = await Chromium.OpenAsync(scene.App.Url);
        var keys = browser.Page.Keyboard;

        await keys.PressAsync("Tab");
        await Expect(browser.Page.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await keys.TypeAsync(scene.Origin.UrlOf("/one").AbsoluteUri);
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync(scene.Origin.UrlOf("/two").AbsoluteUri);
        await keys.PressAsync("Enter");
        await Expect(browser.Row("two")).ToBeVisibleAsync();
        await TabToAsync(browser, "Pause two");
        await keys.PressAsync("Space");
        await browser.UntilStateAsync("two", "Paused");
        await Expect(browser.Button("Resume two")).ToBeFocusedAsync();

        scene.Origin.Otherwise = Conduct.Serve;
        await keys.PressAsync("Enter");
        await browser.UntilStateAsync("two", "Whole");
        await browser.UntilStateAsync("one", "Whole");
        await Expect(browser.Button("Remove two")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(browser.Row("two")).ToHaveCountAsync(0);
        await Expect(browser.Button("Remove one")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(browser.Page.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task Everything_has_a_name_and_what_happens_is_told()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        await using var browser = await Chromium.OpenAsync(scene.App.Url);
        await browser.AddAsync(scene.Origin.UrlOf("/one").AbsoluteUri);
        await browser.UntilPercentAsync("one", 1);

        await Expect(browser.Page.Locator("#list")).ToMatchAriaSnapshotAsync("""
            - list:
              - listitem:
                - heading "one" [level=3]
                - progressbar "Progress of one"
                - combobox "Priority of one"
                - button "Pause one"
                - button "Give up one"
            """);
        var unnamed = await browser.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("button, select, textarea, input")].filter(one => one.checkVisibility())
                .filter(one => !one.ariaLabel && !one.innerText && !one.labels?.length).map(one => one.outerHTML)
            """);
        Assert.Empty(unnamed);
        scene.Origin.Otherwise = Conduct.Serve;
        await browser.Button("Pause one").ClickAsync();
        await Expect(browser.Page.Locator("[aria-live=polite]")).ToHaveTextAsync("one is paused.");
        await browser.Button("Resume one").ClickAsync();
        await Expect(browser.Page.Locator("[aria-live=polite]")).ToHaveTextAsync("one is whole.");
    }

    [ChromiumTheory]
    [InlineData(ColorScheme.Light, 1100)]
    [InlineData(ColorScheme.Dark, 1100)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    [InlineData(ColorScheme.Light, 320)]
    public async Task All_text_can_be_read_and_nothing_is_out_of_reach(ColorScheme scheme, int width)
    {
        await using var scene = await WebScene.StartAsync();
        await using var browser = await Chromium.OpenAsync(scene.App.Url, width, 844, scheme);
        await ShowAllStatesAsync(scene, browser);

        var faint = await browser.Page.EvaluateAsync<string[]>(Contrasts, LeastContrast);
        var isDark = await browser.Page.EvaluateAsync<bool>("() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => part < 64)");
        var tooWide = await browser.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");
        var small = await browser.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".acts button")].filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect())
                .filter(one => one.width < 36 || one.height < 36 || one.right > innerWidth).map(one => JSON.stringify(one))
            """);

        Assert.Empty(faint);
        Assert.Empty(small);
        Assert.Equal((scheme == ColorScheme.Dark, 0), (isDark, tooWide));
        Assert.Empty(browser.Complaints);
    }

    /// <summary>A row that runs with a very long name, one that waits, one that is paused, one that failed and one that is whole.</summary>
    private static async Task ShowAllStatesAsync(WebScene scene, Chromium browser)
    {
        await browser.AddAsync(scene.Origin.UrlOf("/whole").AbsoluteUri);
        await browser.UntilStateAsync("whole", "Whole");
        scene.Origin.Then(Conduct.CutAt(500_000), Conduct.Refuse(404));
        await browser.AddAsync(scene.Origin.UrlOf("/failed").AbsoluteUri);
        await browser.UntilStateAsync("failed", "Failed");
        scene.Origin.Otherwise = WebScene.Slow;
        await scene.App.SetAsync(20_000, 1);
        await browser.AddAsync(scene.Origin.UrlOf("/paused").AbsoluteUri);
        await browser.Button("Pause paused").ClickAsync();
        await browser.UntilStateAsync("paused", "Paused");
        await browser.AddAsync(scene.Origin.UrlOf("/" + new string('n', 200)).AbsoluteUri, scene.Origin.UrlOf("/waits").AbsoluteUri);
        await browser.UntilStateAsync("waits", "Waits for its turn");
        await browser.AddAsync("nonsense");
        await Expect(browser.Page.GetByText("nonsense: This is no http or https address.")).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(Chromium browser, string name)
    {
        for (var tab = 0; tab < 60; tab++)
        {
            await browser.Page.Keyboard.PressAsync("Tab");
            if (await browser.Page.EvaluateAsync<string?>("() => document.activeElement.ariaLabel") == name)
            {
                return;
            }
        }

        Assert.Fail($"No Tab leads to '{name}'.");
    }

    /// <summary>All visible text whose contrast with what is behind it is too small. A canvas tells what a colour is, however it was written.</summary>
    private const string Contrasts = """
        least => {
            const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            const paint = (colors) => {
                pen.clearRect(0, 0, 1, 1);
                for (const color of colors) { pen.globalAlpha = color.opacity; pen.fillStyle = color.text; pen.fillRect(0, 0, 1, 1); }
                return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255);
            };
            const light = rgb => rgb.map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4).reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
            const faint = [];
            for (const one of document.querySelectorAll("body *")) {
                const text = [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join("");
                if (!text || !one.checkVisibility({ opacityProperty: true }) || one.closest(".unseen, option, dialog")) continue;
                const line = [];
                for (let at = one; at; at = at.parentElement) line.unshift(at);
                const ground = line.map(at => ({ text: getComputedStyle(at).backgroundColor, opacity: 1 }));
                const opacity = line.reduce((all, at) => all * getComputedStyle(at).opacity, 1);
                const [behind, before] = [light(paint(ground)), light(paint([...ground, { text: getComputedStyle(one).color, opacity }]))];
                const contrast = (Math.max(behind, before) + .05) / (Math.min(behind, before) + .05);
                if (contrast * 100 < least) faint.push(`${contrast.toFixed(2)} ${one.className || one.tagName}: ${text}`);
            }
            return faint;
        }
        """;
}
