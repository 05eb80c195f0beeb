using System.Diagnostics;

namespace ResumableDownload.IntegrationTests;

/// <summary>The web demo's list, and what can be done with it, over plain HTTP.</summary>
[Collection(nameof(Alone))]
public sealed class WebListTests
{
    [Fact]
    public async Task A_row_follows_its_download_until_it_is_whole_with_at_most_four_looks_a_second()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;

        var begin = Stopwatch.GetTimestamp();
        var id = await scene.App.AddAsync(scene.Origin.Url);
        await scene.List.UntilAsync(id, "Completed");
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;

        scene.AssertHolds("file.bin");
        var seen = scene.List.Events.SelectMany(one => one.Rows.Select(row => (one.At, Row: row))).Where(one => one.Row.Id == id).ToArray();
        Assert.True(seen.Select(one => one.Row.Received).Distinct().Count() > 3, "The bar did not move.");
        Assert.Contains(seen, one => one.Row is { BytesPerSecond: > 0, Total: WebScene.Length, State: "Running" });

        // One more: the first.
        Assert.InRange(seen.Length, 4, (4 * seconds) + 1);
    }

    [Fact]
    public async Task Only_rows_that_changed_are_told_again()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        var still = await scene.App.AddAsync(scene.Origin.UrlOf("/still"));
        await scene.App.ActAsync(still, "pause");
        await scene.List.UntilAsync(still, "Paused");
        var before = scene.List.Events.Count;

        var moves = await scene.App.AddAsync(scene.Origin.UrlOf("/moves"));
        await scene.List.UntilAsync(moves, "Completed");

        Assert.Equal([moves], scene.List.Events.Skip(before).SelectMany(one => one.Rows).Select(row => row.Id).Distinct());
    }

    [Fact]
    public async Task A_paused_download_keeps_what_came_and_goes_on_from_there()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        var id = await scene.App.AddAsync(scene.Origin.Url);
        await scene.List.UntilAsync(list => list[id]?.Received > WebScene.Length / 4, "a quarter is there");

        await scene.App.ActAsync(id, "pause");
        var paused = await scene.List.UntilAsync(id, "Paused");
        scene.Origin.Otherwise = Conduct.Serve;
        await scene.App.ActAsync(id, "resume");
        var whole = await scene.List.UntilAsync(id, "Completed");

        scene.AssertHolds("file.bin");
        Assert.InRange(paused.Received, WebScene.Length / 4, WebScene.Length - 1);
        Assert.Equal((paused.Received, 0d), (whole.KeptFromBefore, paused.BytesPerSecond));
    }

    [Fact]
    public async Task A_failure_says_why_and_what_is_kept_and_can_be_tried_again()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Then(Conduct.CutAt(500_000), Conduct.Refuse(404));

        var id = await scene.App.AddAsync(scene.Origin.Url);
        var failed = await scene.List.UntilAsync(id, "Failed");
        await scene.App.ActAsync(id, "resume");
        var whole = await scene.List.UntilAsync(id, "Completed");

        Assert.Contains("404", failed.Failure, StringComparison.Ordinal);
        Assert.Contains("500000 bytes", failed.Failure, StringComparison.Ordinal);
        Assert.Equal((500_000, 500_000, null), (failed.Received, whole.KeptFromBefore, whole.Failure));
        scene.AssertHolds("file.bin");
    }

    [Fact]
    public async Task What_is_given_up_is_deleted_and_can_be_started_again_or_taken_off_the_list()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        var id = await scene.App.AddAsync(scene.Origin.Url);
        await scene.List.UntilAsync(list => list[id]?.Received > 0, "something is there");
        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await scene.App.PostAsync($"downloads/{id}/remove")).StatusCode);

        await scene.App.ActAsync(id, "cancel");
        await scene.List.UntilAsync(id, "Cancelled");
        Assert.Empty(Directory.GetFiles(scene.Folder["files"]));

        scene.Origin.Otherwise = Conduct.Serve;
        await scene.App.ActAsync(id, "resume");
        await scene.List.UntilAsync(list => list.Rows is [{ State: "Completed" }], "it is whole, and the other row is gone");
        await scene.App.ActAsync(scene.List.Rows[0].Id, "remove");
        await scene.List.UntilAsync(list => list.Rows.Count == 0, "it is off the list");
        scene.AssertHolds("file.bin");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await scene.App.PostAsync($"downloads/{id}/pause")).StatusCode);
    }

    [Fact]
    public async Task Several_are_added_at_once_and_what_is_no_address_is_named()
    {
        await using var scene = await WebScene.StartAsync();
        var (one, two) = (scene.Origin.UrlOf("/one"), scene.Origin.UrlOf("/two"));

        var (added, refused) = await scene.App.AddAsync($"  {one}\r\n{two}\t{one}\n file:///etc/passwd  nonsense\n");

        Assert.Equal(2, added.Length);
        Assert.Equal(["file:///etc/passwd: This is no http or https address.", "nonsense: This is no http or https address."], refused);
        await scene.List.UntilAsync(list => list.Rows.Count == 2 && list.Rows.All(row => row.State == "Completed"), "both are whole");
        Assert.Equal(["two", "one"], scene.List.Rows.Select(row => row.Name));
    }

    [Fact]
    public async Task The_greater_priority_has_its_turn_first()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        await scene.App.SetAsync(null, 1);
        var first = await scene.App.AddAsync(scene.Origin.UrlOf("/first"));
        await scene.List.UntilAsync(first, "Running");
        var later = await scene.App.AddAsync(scene.Origin.UrlOf("/later"));
        var sooner = await scene.App.AddAsync(scene.Origin.UrlOf("/sooner"));

        await scene.App.ActAsync(sooner, "priority", new { priority = 1 });
        await scene.List.UntilAsync(list => list[sooner]?.Priority == 1, "the priority is shown");
        await scene.App.ActAsync(first, "cancel");

        await scene.List.UntilAsync(list => list[sooner]?.State == "Running", "the one with priority runs");
        Assert.Equal("Queued", scene.List[later]!.State);
    }

    [Fact]
    public async Task All_are_paused_and_resumed_and_what_is_done_is_cleared()
    {
        await using var scene = await WebScene.StartAsync();
        scene.Origin.Otherwise = WebScene.Slow;
        var (added, _) = await scene.App.AddAsync(string.Join('\n', Enumerable.Range(0, 6).Select(number => scene.Origin.UrlOf($"/{number}"))));

        await scene.App.ActAllAsync("pause");
        await scene.List.UntilAsync(list => list.Rows.Count == 6 && list.Rows.All(row => row.State == "Paused"), "all are paused");
        scene.Origin.Otherwise = Conduct.Serve;
        await scene.App.ActAllAsync("resume");
        await scene.List.UntilAsync(list => list.Rows.All(row => row.State == "Completed"), "all are whole");
        await scene.App.ActAllAsync("clear");
        await scene.List.UntilAsync(list => list.Rows.Count == 0, "the list is empty");

        Assert.Equal(6, added.Length);
        Assert.All(Enumerable.Range(0, 6), number => scene.AssertHolds($"{number}"));
    }

    [Fact]
    public async Task The_limit_is_felt_by_what_runs()
    {
        await using var scene = await WebScene.StartAsync();
        await scene.App.SetAsync(100_000, 3);

        var id = await scene.App.AddAsync(scene.Origin.Url);
        await scene.List.UntilAsync(list => list[id]?.Received > 0, "something is there");
        Assert.Equal("Running", scene.List[id]!.State);
        await scene.App.SetAsync(null, 3);
        await scene.List.UntilAsync(id, "Completed");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await scene.App.PostAsync("settings", new { bytesPerSecond = 0, atATime = 3 })).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, (await scene.App.PostAsync("settings", new { bytesPerSecond = 1, atATime = 101 })).StatusCode);

        // At the limit it would take 20 s.
        var events = scene.List.Events.Where(one => one.Rows.Any(row => row.Id == id)).ToArray();
        Assert.InRange((events[^1].At - events[0].At).TotalSeconds, 0.2, 10);
        Assert.Contains("\"settings\":{\"bytesPerSecond\":null,\"atATime\":3}", scene.List.Events[^1].Text, StringComparison.Ordinal);
    }
}
