namespace ResumableDownload.IntegrationTests;

/// <summary>A folder with the library's package, made from what the tests were built with.</summary>
public sealed class LocalFeed : IAsyncLifetime, IDisposable
{
    /// <summary>Unlike any that may be in a cache.</summary>
    internal const string Version = "99.0.0-test";

    private readonly TempFolder _folder = new();

    internal string Path => _folder.Path;

    internal string Package => _folder[$"ResumableDownload.{Version}.nupkg"];

    async Task IAsyncLifetime.InitializeAsync()
    {
        var library = Repository.Path(System.IO.Path.Combine("src", "ResumableDownload", "ResumableDownload.csproj"));
        await Dotnet.RunAsync(Path, "pack", library, "-c", Dotnet.Configuration, "--no-build", "-o", Path, $"-p:PackageVersion={Version}");
    }

    Task IAsyncLifetime.DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
