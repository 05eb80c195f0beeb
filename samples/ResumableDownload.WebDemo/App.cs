using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResumableDownload.WebDemo.Downloading;
using ResumableDownload.WebDemo.Samples;
using ResumableDownload.WebDemo.Serving;

namespace ResumableDownload.WebDemo;

/// <summary>Puts the app together.</summary>
internal static class App
{
    private const long MostBytesOfRequest = 1024 * 1024;

    private const int UsualPort = 5180;

    public static WebApplication Build(string[] words)
    {
        // The page lies beside the program, wherever that is started from.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = words,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // What keeps it from starting is said once, in words, by the program itself.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MostBytesOfRequest;
        });
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{PortOf(builder.Configuration["port"])}");
        }

        AddDownloads(builder.Services, new DownloadFolder(builder.Configuration["folder"]));
        return Map(builder.Build());
    }

    private static int PortOf(string? text)
    {
        if (text is null)
        {
            return UsualPort;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new ArgumentException($"'{text}' is no port: a number from 0, for any free one, to {IPEndPoint.MaxPort}.", nameof(text));
    }

    private static void AddDownloads(IServiceCollection services, DownloadFolder folder)
    {
        var remembered = new SettingsFile(folder.Settings);
        var settings = remembered.Read();
        var limit = new SpeedLimit { BytesPerSecond = settings.BytesPerSecond };
        services.AddResumableDownloads(options => options.ExistingDestination = ExistingDestination.Number)
            .KeepQueue(folder.Queue)
            .ConfigureManager(options =>
                (options.BandwidthLimit, options.MaxConcurrentDownloads, options.MaxConcurrentPerHost) = (limit.Shared, settings.AtATime, settings.AtATime));
        services.AddSingleton(folder).AddSingleton(limit).AddSingleton(remembered).AddSingleton(new EndedFile(folder.Ended))
            .AddSingleton<Board>().AddSingleton<Steering>().AddSingleton<SampleShelf>()
            .ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PageJson.Default));
    }

    private static WebApplication Map(WebApplication app)
    {
        app.UseMiddleware<OwnPageOnly>();
        app.UseMiddleware<SafeHeaders>();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        var api = app.MapGroup("/api").AddEndpointFilter<FailuresInWords>();
        DownloadRoutes.Map(api);
        ListRoutes.Map(api);
        SampleRoutes.Map(app, api);
        return app;
    }
}
