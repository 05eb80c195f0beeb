using System.Security.Cryptography.X509Certificates;

namespace ResumableDownload.IntegrationTests;

/// <summary>A server as its users have it, on free ports of loopback, with files on disk. One serves all tests of a class.</summary>
public abstract class RealServer : IAsyncLifetime, IAsyncDisposable
{
    private static readonly DateTime FirstOfAll = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Dictionary<string, int> _ports = [];

    internal abstract IReadOnlyList<Door> Doors { get; }

    internal TempFolder Folder { get; } = new();

    internal virtual string Root => Folder["www"];

    internal X509Certificate2 Certificate { get; } = SelfSigned.Create();

    /// <summary>Whether it is here. Where it is not, its tests were skipped already.</summary>
    private protected virtual bool IsAvailable => true;

    private protected IEnumerable<int> Ports => _ports.Values;

    internal int PortOf(string door) => _ports[door];

    internal Uri UrlOf(Door door, string name) => new($"{(door.IsSecure ? "https" : "http")}://127.0.0.1:{PortOf(door.Name)}/{name}");

    /// <summary>Replaces a file by rename, as a careful publisher does. Its time follows from the version: many servers make their tags from seconds.</summary>
    internal void Publish(string name, Resource resource, int version)
    {
        var temporary = Folder[name + ".new"];
        Write(temporary, resource, version);
        File.Move(temporary, Path.Combine(Root, name), overwrite: true);
    }

    /// <summary>Writes over the file itself.</summary>
    internal void Overwrite(string name, Resource resource, int version) => Write(Path.Combine(Root, name), resource, version);

    internal void Withdraw(string name) => File.Delete(Path.Combine(Root, name));

    public async Task InitializeAsync()
    {
        if (IsAvailable)
        {
            Directory.CreateDirectory(Root);
            OpenFolder();
            ChoosePorts();
            await StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Certificate.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private protected abstract Task StartAsync();

    private protected abstract Task StopAsync();

    private static void Write(string path, Resource resource, int version)
    {
        File.WriteAllBytes(path, resource.Bytes);
        File.SetLastWriteTimeUtc(path, FirstOfAll.AddDays(version));
    }

    // Some servers give up the rights of root, and still have to read and write here.
    private void OpenFolder()
    {
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(Folder.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        }
    }

    private void ChoosePorts()
    {
        foreach (var door in Doors)
        {
            _ports[door.Name] = FreePort.Next();
        }
    }
}
