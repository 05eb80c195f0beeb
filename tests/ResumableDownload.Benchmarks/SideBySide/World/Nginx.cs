using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ResumableDownload.Benchmarks.SideBySide.Contenders;
using ResumableDownload.Benchmarks.SideBySide.Measuring;

namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>Where an nginx listens, and how.</summary>
internal sealed record NginxPlace(string Address = "127.0.0.1", string? Namespace = null, PrivateAuthority? Authority = null);

/// <summary>An nginx of our own, serving one folder; what lies below /limited/SPEED/ again, with a limit for each connection.</summary>
internal sealed class Nginx : IOrigin, IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly string _folder;
    private readonly string _log;
    private long _counted;

    public Nginx(Workspace workspace, NginxPlace place)
    {
        _folder = Directory.CreateDirectory(Path.Combine(workspace.Memory, $"nginx-{Guid.NewGuid():N}")).FullName;
        _log = Path.Combine(_folder, "access.log");
        var port = place.Namespace is null ? FreePort() : 8080;
        Base = place.Authority is null ? $"http://{place.Address}:{port}" : $"https://localhost:{port}";
        var configuration = Path.Combine(_folder, "nginx.conf");
        File.WriteAllText(configuration, Configuration(workspace.Content, $"{place.Address}:{port}", place.Authority));
        var command = new Command("nginx", "-p", _folder, "-c", configuration).Within(place.Namespace);
        _process = Process.Start(new ProcessStartInfo(command.Path, command.Arguments) { RedirectStandardError = true })!;
        for (var attempt = 0; attempt < 200 && !File.Exists(Path.Combine(_folder, "pid")); attempt++)
        {
            Thread.Sleep(25);
        }
    }

    public string Base { get; }

    /// <summary>The address of a file of which each connection gets this many KiB a second.</summary>
    public string Limited(long kibibytes, string name) => string.Create(CultureInfo.InvariantCulture, $"{Base}/limited/{kibibytes}k/{name}");

    public void StartCounting() => _counted = new FileInfo(_log).Length;

    // An answer is logged at its end: for a killed client that is when nginx finds it gone.
    public async Task<Served> ServedAsync()
    {
        var length = -1L;
        while (length != (length = new FileInfo(_log).Length))
        {
            await Task.Delay(Settling);
        }

        await using var file = new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _counted;
        using var reader = new StreamReader(file);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ').Select(long.Parse).ToArray()).ToArray();
        return new(lines.Length, lines.Sum(static line => line[0]), lines.Sum(static line => line[1]));
    }

    public void Dispose()
    {
        // The master ends its worker only when it is asked to.
        LinuxCalls.Send(_process.Id, Terminate);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Configuration(string content, string address, PrivateAuthority? authority) => $$"""
        daemon off; worker_processes 1; user {{Environment.UserName}}; pid {{_folder}}/pid; error_log {{_folder}}/error.log;
        events { worker_connections 256; }
        http {
          log_format counted '$bytes_sent $body_bytes_sent'; access_log {{_log}} counted;
          sendfile on; default_type application/octet-stream;
          server {
            listen {{address}}{{(authority is null ? "" : " ssl")}}; root {{content}};
            {{(authority is null ? "" : $"ssl_certificate {authority.Certificate}; ssl_certificate_key {authority.Key};")}}
            location ~ ^/limited/(?<speed>[0-9]+k)/(?<name>.+)$ { limit_rate $speed; alias {{content}}/$name; }
          }
        }
        """;
}
