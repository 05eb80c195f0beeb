using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = MostBytesOfRequest;
        });
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls($"http://127.0.0.1:{builder.Configuration.GetValue("port", 5180)}");
        }

        AddDownloads(builder.Services, new DownloadFolder(builder.Configuration["folder"]));
        return Map(builder.Build());
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
        services.AddSingleton(folder).AddSingleton(limit).AddSingleton(remembered).AddSingleton(new FinishedFile(folder.Finished))
            .AddSingleton<Board>().AddSingleton<Steering>().AddSingleton<SampleShelf>()
            .ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PageJson.Default));
    }

    private static WebApplication Map(WebApplication app)
    {
        app.UseMiddleware<OwnPageOnly>();
        app.UseMiddleware<SafeHeaders>();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        var api = app.MapGroup("/api");
        DownloadRoutes.Map(api);
        ListRoutes.Map(api);
        SampleRoutes.Map(app, api);
        return app;
    }
}
