using System.Text.Json;
using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>The web demo's page with a thousand rows: only those that changed are touched, and at most four times a second.</summary>
[Collection(nameof(Alone))]
public sealed class WebThousandTests(ITestOutputHelper output)
{
    private const int Rows = 1_000;
    private const int Running = 100;
    private const int Seconds = 5;

    [ChromiumFact]
    public async Task A_thousand_rows_stay_smooth()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = new Conduct { Pieces = (4 * 1024, TimeSpan.FromMilliseconds(100)) };
        await scene.App.SetAsync(null, Running);
        await scene.App.AddAsync(string.Join('\n', Enumerable.Range(0, Rows).Select(number => scene.Origin.UrlOf($"/{number}.bin"))));
        await scene.List.UntilAsync(list => list.Rows.Count(row => row is { State: "Running", Received: > 0 }) == Running, "many run");

        await using var browser = await Chromium.OpenAsync(scene.App.Url);
        await browser.Row("999.bin").WaitForAsync();
        var first = scene.List.Events.Count;
        var watched = await browser.Page.EvaluateAsync<JsonElement>(Watch, Seconds * 1000);

        output.WriteLine($"{Rows} rows, {Running} of them running, {Seconds} s: {watched.GetProperty("figures")}");
        output.WriteLine($"{scene.List.Events.Count - first} events, {scene.List.Events.Skip(first).Sum(one => one.Text.Length) / Seconds} bytes/s");
        var running = scene.List.Rows.Where(row => row.State != "Queued").Select(row => $"d-{row.Id}").ToHashSet();
        var touched = watched.GetProperty("touched").EnumerateArray().Select(id => id.GetString()!).ToArray();
        Assert.NotEmpty(touched);
        Assert.Empty(touched.Except(running));

        // One more: the first may have been under way.
        Assert.InRange(watched.GetProperty("updates").GetInt32(), 2, (4 * Seconds) + 1);

        // What is shown already is not put there again: about three parts of a row change with its bytes.
        Assert.InRange(watched.GetProperty("mutations").GetInt32(), 1, 6 * Running * watched.GetProperty("updates").GetInt32());

        // Far more than was measured: the machine may be busy.
        Assert.InRange(watched.GetProperty("longest").GetDouble(), 0, 500);
        Assert.Empty(browser.Complaints);
    }

    /// <summary>Scrolls through the list, and notes which rows were changed, how often, and what each frame took.</summary>
    private const string Watch = """
        span => new Promise(resolve => {
            const touched = new Set();
            const frames = [];
            const tasks = [];
            let [updates, latest, mutations] = [0, 0, 0];
            const changes = new MutationObserver(records => {
                let isRow = false;
                for (const { target } of records) {
                    const row = target.closest?.(".row") ?? target.parentElement?.closest(".row");
                    if (row) { touched.add(row.id); isRow = true; }
                }
                mutations += records.length;
                if (isRow) updates++;
            });
            changes.observe(document.getElementById("list"), { subtree: true, childList: true, attributes: true, characterData: true });
            const long = new PerformanceObserver(list => tasks.push(...list.getEntries().map(entry => Math.round(entry.duration))));
            long.observe({ entryTypes: ["longtask"] });
            const begin = performance.now();
            requestAnimationFrame(function frame(now) {
                if (latest) frames.push(now - latest);
                latest = now;
                scrollBy(0, 40);
                if (now - begin < span) return requestAnimationFrame(frame);
                changes.disconnect();
                long.disconnect();
                frames.sort((one, other) => one - other);
                const at = share => Number(frames[Math.floor((frames.length - 1) * share)].toFixed(1));
                const figures = { frames: frames.length, median: at(.5), p95: at(.95), p99: at(.99), longest: at(1), longTasks: tasks, updates, mutations, elements: document.querySelectorAll("*").length };
                resolve({ figures: JSON.stringify(figures), updates, mutations, longest: at(1), touched: [...touched] });
            });
        })
        """;
}
