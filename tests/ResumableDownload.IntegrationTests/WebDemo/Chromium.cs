using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ResumableDownload.IntegrationTests;

/// <summary>A real browser with one page, which must not complain: neither of its scripts nor of its policy.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    // What the browser itself says while the app is away, which some tests want.
    private const string Away = "net::ERR_";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <summary>What the page complained of.</summary>
    public IEnumerable<string> Complaints => _complaints.Where(text => !text.Contains(Away, StringComparison.Ordinal));

    /// <summary>Opens the page of an app, as wide and as bright as wanted.</summary>
    public static async Task<Chromium> OpenAsync(Uri url, int width = 1100, int height = 860, ColorScheme scheme = ColorScheme.Light)
    {
        var program = Debian.Demand("chromium");
        Assertions.SetDefaultExpectTimeout((float)Wait.Limit.TotalMilliseconds);
        var playwright = await Playwright.CreateAsync();

        // Root has no sandbox; and the page is our own.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        page.SetDefaultTimeout((float)Wait.Limit.TotalMilliseconds);
        var chromium = new Chromium(playwright, browser, page);
        page.Console += (_, message) => chromium.Note(message.Type is "error" or "warning" ? message.Text : null);
        page.PageError += (_, error) => chromium.Note(error);
        await page.GotoAsync(url.AbsoluteUri);
        await Assertions.Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        return chromium;
    }

    /// <summary>Pastes addresses, and presses Enter.</summary>
    public async Task AddAsync(params string[] lines)
    {
        var box = Page.GetByRole(AriaRole.Textbox, new() { Name = "Addresses to download" });
        await box.FillAsync(string.Join('\n', lines));
        await box.PressAsync("Enter");
    }

    /// <summary>The row of a name.</summary>
    public ILocator Row(string name) => Page.GetByRole(AriaRole.Listitem).Filter(new() { Has = Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }) });

    /// <summary>What a row's button is called.</summary>
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task UntilStateAsync(string name, string state) => Assertions.Expect(Row(name).Locator(".state")).ToHaveTextAsync(state);

    /// <summary>How much of the bar is filled, in percent, as it is told to those who do not see it.</summary>
    /// <returns>None where it is not known how long it becomes.</returns>
    public async Task<int?> PercentAsync(string name) =>
        await Page.GetByRole(AriaRole.Progressbar, new() { Name = $"Progress of {name}" }).GetAttributeAsync("aria-valuenow") is { } percent
            ? int.Parse(percent, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    public async Task UntilPercentAsync(string name, int least)
    {
        var end = DateTime.UtcNow + Wait.Limit;
        while (!(await PercentAsync(name) >= least))
        {
            Assert.True(DateTime.UtcNow < end, $"The bar of {name} has not come to {least} %.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    private void Note(string? complaint)
    {
        if (complaint is not null)
        {
            _complaints.Enqueue(complaint);
        }
    }
}
