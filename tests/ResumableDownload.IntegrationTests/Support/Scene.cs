namespace ResumableDownload.IntegrationTests;

/// <summary>An origin, a folder and a user who downloads from the one into the other.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public Scene(Resource resource, params IEnumerable<Conduct> script) => Origin = new ScriptedOrigin(resource, script);

    public ScriptedOrigin Origin { get; }

    public TempFolder Folder { get; } = new();

    public string Destination => Folder["file.bin"];

    public string Partial => Destination + ".partial";

    public string Journal => Partial + ".checkpoint";

    public LogCollector Log { get; } = new();

    /// <summary>As users have them, but impatient.</summary>
    public ResumableDownloadOptions Options { get; } = Impatient();

    public IReadOnlyList<SeenRequest> Requests => Origin.Requests;

    public static ResumableDownloadOptions Impatient() => new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(10),
        StallTimeout = TimeSpan.FromSeconds(20),
        FinalCheck = FinalCheck.Never,
    };

    /// <summary>Downloads with a new downloader, as a new run of a program would: it knows only what the disk tells.</summary>
    public Task<DownloadResult> DownloadAsync(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        DownloadAsync(new DownloadRequest(Origin.Url, Destination), progress, cancellationToken);

    public async Task<DownloadResult> DownloadAsync(
        DownloadRequest request, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var downloader = new ResumableDownloader(Options, Log);
        return await downloader.DownloadAsync(request, progress, cancellationToken).WaitAsync(Wait.Limit, CancellationToken.None);
    }

    public Task<DownloadException> FailAsync() => Assert.ThrowsAsync<DownloadException>(() => DownloadAsync());

    public Task<DownloadException> FailAsync(DownloadRequest request) => Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(request));

    /// <summary>A first run that ends with so many bytes kept. The requests it took are forgotten.</summary>
    public async Task LeaveAsync(int kept)
    {
        Origin.Then(Origin.Otherwise with { BodyLimit = kept, Ending = Ending.Close }, Conduct.Refuse(404));
        var failure = await FailAsync();
        Assert.Equal((DownloadFailure.NotFound, kept), (failure.Failure, failure.Kept));
        Origin.Forget();
    }

    /// <summary>The file is exactly this version, and nothing else lies beside it.</summary>
    public void AssertHolds(Resource expected)
    {
        AssertSame(expected.Bytes, File.ReadAllBytes(Destination));
        Assert.Equal([Destination], Directory.GetFileSystemEntries(Folder.Path));
    }

    public static void AssertSame(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(same == expected.Length, $"The file differs from the resource at byte {same} of {expected.Length}.");
    }

    public async ValueTask DisposeAsync()
    {
        await Origin.DisposeAsync();
        Folder.Dispose();
    }
}
