using System.Diagnostics;
using System.Net.Sockets;

namespace ResumableDownload.IntegrationTests;

/// <summary>The real nginx on a free port of loopback, with files of its own, ended with its test.</summary>
internal sealed class Nginx : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _process;

    private Nginx(string program, int port, string location, string http)
    {
        Port = port;
        Directory.CreateDirectory(Root);
        File.WriteAllText(_folder["nginx.conf"], Configuration(port, location, http));
        _process = Process.Start(new ProcessStartInfo(program, ["-p", _folder.Path, "-c", _folder["nginx.conf"], "-e", _folder["error.log"]]))!;
    }

    public int Port { get; }

    public string Root => _folder["www"];

    /// <summary>One line for each answer: status, body bytes, Range.</summary>
    public IReadOnlyList<string> Log => File.ReadAllLines(_folder["access.log"]);

    public long BodyBytesSent => Log.Sum(line => long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));

    public Uri UrlOf(string name) => new($"http://127.0.0.1:{Port}/{name}");

    public static async Task<Nginx> StartAsync(string location = "", string http = "")
    {
        var nginx = new Nginx(Debian.Demand("nginx-light"), FreePort.Next(), location, http);
        await Wait.UntilAsync(nginx.IsListening, "nginx listens");
        return nginx;
    }

    /// <summary>Replaces a file by rename, as a careful publisher does, with a time of its own: nginx makes its tags from seconds and length.</summary>
    public void Publish(string name, Resource resource, int version)
    {
        var temporary = _folder[name + ".new"];
        File.WriteAllBytes(temporary, resource.Bytes);
        File.SetLastWriteTimeUtc(temporary, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(version));
        File.Move(temporary, Path.Combine(Root, name), overwrite: true);
    }

    public void Withdraw(string name) => File.Delete(Path.Combine(Root, name));

    public void Dispose()
    {
        // One process (master_process off): nothing is left behind when it ends.
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string Configuration(int port, string location, string http) => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log error.log;
        events { worker_connections 64; }
        http {
            log_format told '$status $body_bytes_sent $http_range';
            access_log access.log told;
            {{http}}
            client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
            server {
                listen 127.0.0.1:{{port}};
                root www;
                location / { {{location}} }
            }
        }
        """;

    private bool IsListening()
    {
        Assert.False(_process.HasExited, "nginx ended at once.");
        try
        {
            using var probe = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
