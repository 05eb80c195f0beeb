namespace ResumableDownload.IntegrationTests;

/// <summary>The web demo with a folder, and an origin to download from.</summary>
internal sealed class WebScene : IAsyncDisposable
{
    public const int Length = 2_000_000;

    private WebScene(Resource resource) => Origin = new ScriptedOrigin(resource);

    public ScriptedOrigin Origin { get; }

    public TempFolder Folder { get; } = new();

    public WebApp App { get; private set; } = null!;

    public WebList List => App.List;

    /// <summary>About half a megabyte a second: slow enough to be stopped in the middle.</summary>
    public static Conduct Slow { get; } = new() { Pieces = (16 * 1024, TimeSpan.FromMilliseconds(30)) };

    public static async Task<WebScene> StartAsync()
    {
        var scene = new WebScene(Resource.Version(1, Length));
        scene.App = await WebApp.StartAsync(scene.Folder.Path);
        return scene;
    }

    /// <summary>Kills the app, and starts it anew on the same folder and port.</summary>
    public async Task KillAndStartAsync()
    {
        var port = App.Url.Port;
        await App.DisposeAsync();
        App = await WebApp.StartAsync(Folder.Path, port);
    }

    public byte[] FileOf(string name) => File.ReadAllBytes(Path.Combine(Folder["files"], name));

    public void AssertHolds(string name) => Scene.AssertSame(Origin.Resource.Bytes, FileOf(name));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Origin.DisposeAsync();
        Folder.Dispose();
    }
}
