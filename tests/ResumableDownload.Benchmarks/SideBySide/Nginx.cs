using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>An nginx of our own on a free port of the loopback, serving one folder.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("resumable-nginx-");

    public Nginx(string content)
    {
        Port = FreePort();
        var configuration = Path.Combine(_folder.FullName, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off; worker_processes 1; pid {{_folder.FullName}}/pid; error_log {{_folder.FullName}}/error.log;
            events { worker_connections 64; }
            http { access_log off; sendfile on; default_type application/octet-stream; server { listen 127.0.0.1:{{Port}}; root {{content}}; } }
            """);
        _process = Process.Start("nginx", ["-p", _folder.FullName, "-c", configuration]);
        for (var attempt = 0; attempt < 100 && !Answers(); attempt++)
        {
            Thread.Sleep(50);
        }
    }

    public int Port { get; }

    public void Dispose()
    {
        // The master ends its worker only when it is asked to.
        using (var quit = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            quit.WaitForExit();
        }

        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
