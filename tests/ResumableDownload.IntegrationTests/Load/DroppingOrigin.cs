using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ResumableDownload.IntegrationTests;

/// <summary>Kestrel with any number of files, which cuts off about every third answer somewhere, by a seed.</summary>
internal sealed class DroppingOrigin : IAsyncDisposable
{
    private readonly Random _random = new(2026);
    private readonly Resource[] _resources;
    private readonly WebApplication _app;
    private int _drops;

    private DroppingOrigin(Resource[] resources)
    {
        _resources = resources;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/{number:int}", AnswerAsync);
    }

    public int Drops => _drops;

    public static async Task<DroppingOrigin> StartAsync(params Resource[] resources)
    {
        var origin = new DroppingOrigin(resources);
        await origin._app.StartAsync();
        return origin;
    }

    public Uri UrlOf(int number) => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), $"{number}");

    public Resource ResourceOf(int number) => _resources[number % _resources.Length];

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(int number, HttpContext context)
    {
        var (resource, tag) = (ResourceOf(number), $"\"{number % _resources.Length}\"");
        return NextCut(resource.Length) is { } cut
            ? DropAsync(context, resource, tag, cut)
            : Results.Bytes(resource.Bytes, "application/octet-stream", entityTag: new EntityTagHeaderValue(tag), enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static async Task DropAsync(HttpContext context, Resource resource, string tag, int cut)
    {
        var from = context.Request.Headers.Range.ToString() is { Length: > 7 } range ? int.Parse(range["bytes=".Length..].Split('-')[0], CultureInfo.InvariantCulture) : 0;
        context.Response.StatusCode = from > 0 ? 206 : 200;
        context.Response.Headers.ETag = tag;
        context.Response.ContentLength = resource.Length - from;
        context.Response.Headers.ContentRange = from > 0 ? $"bytes {from}-{resource.Length - 1}/{resource.Length}" : default(StringValues);
        await context.Response.Body.WriteAsync(resource.Bytes.AsMemory(from, Math.Min(cut, resource.Length - from)));
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    private int? NextCut(int length)
    {
        lock (_random)
        {
            var cut = _random.Next(3) == 0 ? _random.Next(1, length) : (int?)null;
            _drops += cut is null ? 0 : 1;
            return cut;
        }
    }
}
