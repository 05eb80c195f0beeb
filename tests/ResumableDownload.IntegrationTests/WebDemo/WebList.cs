using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ResumableDownload.IntegrationTests;

/// <summary>What a page knows of the list: it follows the events, as the page's own script does.</summary>
internal sealed class WebList : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, WebRow> _rows = [];
    private readonly List<WebEvent> _events = [];
    private readonly Task _following;

    public WebList(Uri url) => _following = FollowAsync(new Uri(url, "api/events"));

    public bool IsThere => Events.Count > 0;

    /// <summary>All events so far.</summary>
    public IReadOnlyList<WebEvent> Events
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>The rows, the newest first.</summary>
    public IReadOnlyList<WebRow> Rows
    {
        get
        {
            lock (_gate)
            {
                return [.. _rows.Values.OrderByDescending(row => row.Order)];
            }
        }
    }

    public WebRow? this[Guid id]
    {
        get
        {
            lock (_gate)
            {
                return _rows.GetValueOrDefault(id);
            }
        }
    }

    public Task UntilAsync(Func<WebList, bool> condition, string what) => Wait.UntilAsync(() => condition(this), what);

    /// <summary>Waits until a row is in a state, and gives it back.</summary>
    public async Task<WebRow> UntilAsync(Guid id, string state)
    {
        await UntilAsync(list => list[id]?.State == state, $"the row is {state}; it is {this[id]}");
        return this[id]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following;
        _client.Dispose();
        _end.Dispose();
    }

    private async Task FollowAsync(Uri url)
    {
        try
        {
            await using var stream = await _client.GetStreamAsync(url, _end.Token);
            await foreach (var item in SseParser.Create(stream).EnumerateAsync(_end.Token))
            {
                Take(item);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            // The page is closed, or the app was killed.
        }
    }

    private void Take(SseItem<string> item)
    {
        var changes = JsonDocument.Parse(item.Data).RootElement;
        WebRow[] rows = [.. changes.GetProperty("rows").EnumerateArray().Select(row => row.Deserialize<WebRow>(JsonSerializerOptions.Web)!)];
        Guid[] gone = [.. changes.GetProperty("gone").EnumerateArray().Select(id => id.GetGuid())];
        lock (_gate)
        {
            if (item.EventType == "all")
            {
                _rows.Clear();
            }

            foreach (var row in rows)
            {
                _rows[row.Id] = row;
            }

            Array.ForEach(gone, id => _rows.Remove(id));
            _events.Add(new(DateTime.UtcNow, item.EventType, item.Data, rows));
        }
    }
}

/// <summary>One event, as it came.</summary>
internal sealed record WebEvent(DateTime At, string Kind, string Text, IReadOnlyList<WebRow> Rows);

/// <summary>A row as the server tells it.</summary>
internal sealed record WebRow
{
    public required Guid Id { get; init; }

    public required long Order { get; init; }

    public required string Name { get; init; }

    public required string Address { get; init; }

    public required string State { get; init; }

    public required int Priority { get; init; }

    public required long Received { get; init; }

    public long? Total { get; init; }

    public required long KeptFromBefore { get; init; }

    public required double BytesPerSecond { get; init; }

    public required int StartedOver { get; init; }

    public string? Failure { get; init; }

    public required IReadOnlyList<string> ProvedBy { get; init; }
}
