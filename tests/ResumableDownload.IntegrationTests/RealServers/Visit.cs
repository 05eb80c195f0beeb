using System.Collections.Concurrent;
using System.Text;
using Xunit.Abstractions;

namespace ResumableDownload.IntegrationTests;

/// <summary>A user who downloads a file of their own through one door of a server, in several runs, while the file has a history.</summary>
internal sealed class Visit(RealServer server, Door door, ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<(int Version, int Length), Resource> Texts = new();

    private readonly string _name = $"{Guid.NewGuid():N}.txt";
    private readonly Wire _wire = new(door, server);
    private readonly TempFolder _folder = new();
    private readonly List<Resource> _published = [];

    public Wire Wire => _wire;

    public ResumableDownloadOptions Options { get; } = Scene.Impatient();

    public long Kept => ResumableDownloader.Inspect(Destination)?.Received ?? 0;

    private string Destination => _folder["file.txt"];


    /// <summary>Replaces the file by rename.</summary>
    public Task PublishAsync(int version, int length) => PublishAsync(version, length, server.Publish);

    /// <summary>Writes over the file, where that is safe: what a cache still fetches would become old and new bytes under the old tag.</summary>
    public Task OverwriteAsync(int version, int length) => PublishAsync(version, length, door.IsCache ? server.Publish : server.Overwrite);

    public void Withdraw() => server.Withdraw(_name);

    /// <summary>A run that the user cancels when so many bytes of it have come.</summary>
    public async Task PauseAsync(long after)
    {
        using var stop = new CancellationTokenSource();
        _wire.Then(after, stop.CancelAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stop.Token));
        Assert.InRange(Kept, 1, _published[^1].Length - 1);
    }

    /// <summary>A run to the end.</summary>
    public async Task<DownloadResult> FinishAsync()
    {
        try
        {
            var result = await RunAsync(CancellationToken.None);
            output.WriteLine($"whole, {result.Fetched} of {result.Length} bytes fetched, given up: [{string.Join(", ", result.StartedOver)}], final check: {result.FinalCheck}");
            return result;
        }
        catch (DownloadException failure)
        {
            output.WriteLine($"{failure.Failure}, {failure.Kept} bytes kept: {failure.Message}");
            throw;
        }
        finally
        {
            output.WriteLine(string.Join('\n', _wire.Exchanges));
        }
    }

    /// <summary>A run to the end, which holds exactly one published version: the newest, except behind a cache, which may not know it yet.</summary>
    public async Task FinishWithAVersionAsync()
    {
        try
        {
            await FinishAsync();
        }
        catch (DownloadException) when (door.MayBreak)
        {
            // No dead end: once the server has something whole again, the next run brings that.
            Assert.False(File.Exists(Destination), "A failure must not leave a file.");
            await RefreshAsync(_published[^1]);
            Assert.Equal(_published[^1].Length, (await FinishAsync()).Length);
        }

        AssertHoldsAVersion();
    }

    public async Task FinishWithoutTheFileAsync()
    {
        var kept = Kept;
        try
        {
            await FinishAsync();
        }
        catch (DownloadException failure)
        {
            Assert.True(door.MayBreak || (failure.Failure, failure.Kept) == (DownloadFailure.NotFound, kept), $"{failure.Failure}, {failure.Kept} kept: {failure}");
            Assert.False(File.Exists(Destination), "A failure must not leave a file.");
            return;
        }

        Assert.True(door.IsCache, "What is gone cannot be downloaded.");
        AssertHoldsAVersion();
    }

    public void AssertHoldsAVersion()
    {
        var actual = File.ReadAllBytes(Destination);
        if (!door.IsCache || door.IsRefreshed || !_published.Exists(version => version.Bytes.AsSpan().SequenceEqual(actual)))
        {
            Scene.AssertSame(_published[^1].Bytes, actual);
        }

        Assert.Equal([Destination], Directory.GetFileSystemEntries(_folder.Path));
    }

    public ValueTask DisposeAsync()
    {
        _wire.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PublishAsync(int version, int length, Action<string, Resource, int> publish)
    {
        _published.Add(Texts.GetOrAdd((version, length), static of => Text(of.Version, of.Length)));
        publish(_name, _published[^1], version);
        if (door.IsRefreshed && _published.Count > 1)
        {
            await RefreshAsync(_published[^1]);
        }
    }

    // Somebody else asks past the cache, until it serves what is new; an older fetch may still be under way.
    private async Task RefreshAsync(Resource newest)
    {
        using var wire = new Wire(door, server);
        using var client = wire.NewClient();
        using var past = wire.NewClient();
        past.DefaultRequestHeaders.Add("Cache-Control", "no-cache");
        past.DefaultRequestHeaders.Add("X-Refresh", "1");
        byte[] served;
        do
        {
            await past.GetByteArrayAsync(server.UrlOf(door, _name)).WaitAsync(Wait.Limit);
            served = await client.GetByteArrayAsync(server.UrlOf(door, _name)).WaitAsync(Wait.Limit);
        }
        while (!served.AsSpan().SequenceEqual(newest.Bytes));
    }

    // Text, so that it is worth compressing; no line of it is in two versions.
    private static Resource Text(int version, int length)
    {
        var lines = Enumerable.Range(0, (length / 50) + 1).Select(number => $"line {number,10} of version {version,4} and length {length,10}\n");
        return new(Encoding.ASCII.GetBytes(string.Concat(lines)[..length]));
    }

    private async Task<DownloadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var client = _wire.NewClient();
        using var downloader = new ResumableDownloader(client, Options);
        var request = new DownloadRequest(server.UrlOf(door, _name), Destination);
        return await downloader.DownloadAsync(request, null, cancellationToken).WaitAsync(Wait.Limit, CancellationToken.None);
    }
}
