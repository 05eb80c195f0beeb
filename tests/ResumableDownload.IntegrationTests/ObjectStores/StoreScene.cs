namespace ResumableDownload.IntegrationTests;

/// <summary>An object store, a folder and a user who downloads from the one into the other.</summary>
internal abstract class StoreScene(ObjectStore store) : IAsyncDisposable
{
    public const string Key = "data/file.bin";
    public const int Length = 500_000;
    public const int Kept = 200_000;

    private readonly TempFolder _folder = new();

    /// <summary>The stores that there are.</summary>
    public static IReadOnlyDictionary<string, Func<Task<StoreScene>>> Stores { get; } = new Dictionary<string, Func<Task<StoreScene>>>
    {
        ["OSS"] = OpenAsync<OssStore>,
        ["S3"] = OpenAsync<S3Store>,
        ["Azure"] = OpenAsync<AzureStore>,
        ["GCS"] = OpenAsync<GcsStore>,
        ["COS"] = OpenAsync<CosStore>,
    };

    public ObjectStore Store { get; } = store;

    public string Destination => _folder["file.bin"];

    public string Journal => Destination + ".partial.checkpoint";

    public LogCollector Log { get; } = new();

    /// <summary>Without the question after the last byte: the tests count requests.</summary>
    public ResumableDownloadOptions Options { get; } = Quiet();

    public IReadOnlyList<StoreRequest> Requests => Store.Requests;

    /// <summary>A fresh address of the object, valid for an hour.</summary>
    public Uri Sign() => Store.Sign(Key);

    /// <summary>Puts a version in place of the one before. All versions have one length.</summary>
    public byte[] Put(int version, Func<StoredObject, StoredObject>? change = null) => Store.Put(Key, Resource.Content(version, Length), change).Bytes;

    /// <summary>Downloads with a new downloader, as a new run of a program would: it knows only what the disk tells.</summary>
    public Task<DownloadResult> DownloadAsync(Uri address) => DownloadAsync(new DownloadRequest(address, Destination));

    public async Task<DownloadResult> DownloadAsync(DownloadRequest request, CancellationToken cancellationToken = default)
    {
        using var downloader = new ResumableDownloader(Options, Log);
        return await downloader.DownloadAsync(request, null, cancellationToken).WaitAsync(Wait.Limit, CancellationToken.None);
    }

    public Task<DownloadException> FailAsync(Uri address) => FailAsync(new DownloadRequest(address, Destination));

    public Task<DownloadException> FailAsync(DownloadRequest request) => Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(request));

    /// <summary>A first run that ends with so many bytes kept. The requests it took are forgotten.</summary>
    public async Task LeaveAsync(Uri address, int kept = Kept)
    {
        Store.Then(StoreFault.Cut(kept), StoreFault.Refuse(501, "NotImplemented"));
        var failure = await FailAsync(address);
        Assert.Equal((501, kept), (failure.StatusCode, failure.Kept));
        Store.Forget();
    }

    /// <summary>The file is exactly this, and nothing else lies beside it.</summary>
    public void AssertHolds(byte[] expected)
    {
        Scene.AssertSame(expected, File.ReadAllBytes(Destination));
        Assert.Equal([Destination], Directory.GetFileSystemEntries(_folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    private static ResumableDownloadOptions Quiet()
    {
        var options = Scene.Impatient();
        options.FinalCheck = FinalCheck.Never;
        return options;
    }

    private static async Task<StoreScene> OpenAsync<TStore>()
        where TStore : ObjectStore, new() => await StoreScene<TStore>.OpenAsync();
}

/// <summary>A scene with a store of a certain kind.</summary>
internal sealed class StoreScene<TStore> : StoreScene
    where TStore : ObjectStore, new()
{
    private StoreScene(TStore store)
        : base(store) => Store = store;

    public new TStore Store { get; }

    /// <summary>A store with the first version of the object in it.</summary>
    public static async Task<StoreScene<TStore>> OpenAsync()
    {
        var scene = new StoreScene<TStore>(await ObjectStore.StartAsync<TStore>());
        scene.Put(1);
        return scene;
    }
}
