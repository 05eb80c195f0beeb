using System.Text;

namespace ResumableDownload.IntegrationTests;

/// <summary>A user who downloads a file of their own through one door of a server, in several runs, while the file has a history.</summary>
internal sealed class Visit(RealServer server, Door door) : IAsyncDisposable
{
    private readonly string _name = $"{Guid.NewGuid():N}.txt";
    private readonly Wire _wire = new(door, server);
    private readonly TempFolder _folder = new();
    private readonly List<Resource> _published = [];

    public Wire Wire => _wire;

    public long Kept => ResumableDownloader.Inspect(Destination)?.Received ?? 0;

    private string Destination => _folder["file.txt"];

    private ResumableDownloadOptions Options { get; } = Scene.Impatient();

    public Visit Publish(int version, int length)
    {
        _published.Add(Text(version, length));
        server.Publish(_name, _published[^1], version);
        return this;
    }

    /// <summary>Writes over the file, where that is safe: what a cache still fetches would become old and new bytes under the old tag.</summary>
    public void Overwrite(int version, int length)
    {
        if (door.IsCache)
        {
            Publish(version, length);
        }
        else
        {
            _published.Add(Text(version, length));
            server.Overwrite(_name, _published[^1], version);
        }
    }

    public void Withdraw() => server.Withdraw(_name);

    /// <summary>Someone else makes a cache ask its origin again.</summary>
    public async Task RefreshAsync()
    {
        using var wire = new Wire(door, server);
        using var client = wire.NewClient();
        client.DefaultRequestHeaders.Add("Cache-Control", "no-cache");
        try
        {
            await client.GetByteArrayAsync(server.UrlOf(door, _name)).WaitAsync(Wait.Limit);
        }
        catch (HttpRequestException) when (door.MayBreak)
        {
            // It has nothing whole to give.
        }
    }

    /// <summary>A run that the user cancels when so many bytes of it have come.</summary>
    public async Task PauseAsync(long after)
    {
        using var stop = new CancellationTokenSource();
        _wire.Then(after, stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stop.Token));
        Assert.InRange(Kept, 1, _published[^1].Length - 1);
    }

    /// <summary>A run to the end.</summary>
    public Task<DownloadResult> FinishAsync() => RunAsync(CancellationToken.None);

    /// <summary>A run to the end, which holds exactly one published version: the newest, except behind a cache, which may not know it yet.</summary>
    public async Task FinishWithAVersionAsync()
    {
        try
        {
            await FinishAsync();
        }
        catch (DownloadException) when (door.MayBreak)
        {
            Assert.False(File.Exists(Destination), "A failure must not leave a file.");
            return;
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
        if (!door.IsCache || !_published.Exists(version => version.Bytes.AsSpan().SequenceEqual(actual)))
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
