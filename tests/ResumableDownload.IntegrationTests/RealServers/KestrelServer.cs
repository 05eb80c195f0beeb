using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ResumableDownload.IntegrationTests;

/// <summary>ASP.NET Core's own file server, which takes an If-Range date later than the file's for a match.</summary>
public sealed class KestrelServer : RealServer
{
    private WebApplication? _server;

    internal static IReadOnlyList<Door> All { get; } = [new("static"), new("without tags"), new("gzip") { Compresses = true }, Door.Secure("h2")];

    internal override IReadOnlyList<Door> Doors => All;

    private protected override async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddResponseCompression();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        _server = builder.Build();
        _server.UseWhen(context => IsAt("gzip", context.Connection.LocalPort), static branch => branch.UseResponseCompression());
        _server.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Root),
            OnPrepareResponse = context => _ = IsAt("without tags", context.Context.Connection.LocalPort) && context.Context.Response.Headers.Remove("ETag"),
        });
        await _server.StartAsync();
    }

    private protected override async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private bool IsAt(string door, int port) => PortOf(door) == port;

    private void Listen(KestrelServerOptions kestrel)
    {
        foreach (var door in Doors)
        {
            kestrel.Listen(IPAddress.Loopback, PortOf(door.Name), port => Choose(door, port));
        }
    }

    private void Choose(Door door, ListenOptions port)
    {
        if (door.IsSecure)
        {
            port.Protocols = HttpProtocols.Http2;
            port.UseHttps(Certificate);
        }
    }
}
