using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace ResumableDownload.IntegrationTests;

/// <summary>ASP.NET Core's own file server with one file in a folder of its own.</summary>
internal sealed class StaticServer : IAsyncDisposable
{
    private readonly TempFolder _root = new();
    private readonly WebApplication _server;

    private StaticServer(bool withoutTag)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(_root.Path),
            OnPrepareResponse = context => _ = withoutTag && context.Context.Response.Headers.Remove("ETag"),
        });
    }

    public Uri Url => new(_server.Urls.Single() + "/file.bin");

    public static async Task<StaticServer> StartAsync(bool withoutTag)
    {
        var server = new StaticServer(withoutTag);
        await server._server.StartAsync();
        return server;
    }

    /// <summary>Replaces the file by rename, with a time that follows from the version.</summary>
    public Resource Publish(int version, int length)
    {
        var resource = Resource.Version(version, length);
        File.WriteAllBytes(_root["file.new"], resource.Bytes);
        File.SetLastWriteTimeUtc(_root["file.new"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(version));
        File.Move(_root["file.new"], _root["file.bin"], overwrite: true);
        return resource;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _root.Dispose();
    }
}
