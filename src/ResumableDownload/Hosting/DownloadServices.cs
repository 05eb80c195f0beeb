using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ResumableDownload.Management;
using ResumableDownload.Transport;

namespace ResumableDownload.Hosting;

/// <summary>Registers the services of one name, and makes them. Those without a name are no keyed services, so that they are found without one.</summary>
internal static class DownloadServices
{
    private const string ClientName = "ResumableDownload";

    public static ResumableDownloadsBuilder Add(IServiceCollection services, string name)
    {
        if (services.Any(descriptor => descriptor.ServiceType == typeof(Registered) && Equals(descriptor.ServiceKey, name)))
        {
            // Not set up again: that would undo what was done to the client meanwhile.
            return new(name, services.AddHttpClient(ClientOf(name)));
        }

        services.AddKeyedSingleton(name, new Registered());
        AddOptions(services, name);
        services.TryAdd(Singleton<ResumableDownloader>(name, provider => Downloader(provider, name)));
        services.TryAdd(Singleton<IResumableDownloader>(name, provider => Of<ResumableDownloader>(provider, name)));
        services.TryAdd(Singleton<DownloadManager>(name, provider => Manager(provider, name)));
        return new(name, AddClient(services, name));
    }

    private static void AddOptions(IServiceCollection services, string name)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ResumableDownloadOptions>, OptionsCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DownloadManagerOptions>, ManagerOptionRanges>());
        services.AddOptions<ResumableDownloadOptions>(name).ValidateOnStart();
        services.AddOptions<DownloadManagerOptions>(name)
            .PostConfigure<IServiceProvider>(static (options, provider) => options.NetworkMonitor ??= provider.GetService<INetworkMonitor>())
            .ValidateOnStart();
    }

    private static IHttpClientBuilder AddClient(IServiceCollection services, string name) => services
        .AddHttpClient(ClientOf(name), static client => client.Timeout = Timeout.InfiniteTimeSpan)
        .ConfigurePrimaryHttpMessageHandler(OriginHandler.Create)
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan); // A singleton keeps its client; the handler renews its connections itself.

    private static ResumableDownloader Downloader(IServiceProvider provider, string name) => new(
        provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientOf(name)),
        OptionsOf<ResumableDownloadOptions>(provider, name),
        provider.GetService<ILogger<ResumableDownloader>>(),
        provider.GetService<TimeProvider>());

    private static DownloadManager Manager(IServiceProvider provider, string name)
    {
        var options = OptionsOf<DownloadManagerOptions>(provider, name);
        var queue = OptionsOf<QueueOptions>(provider, name);
        var downloader = Of<ResumableDownloader>(provider, name);
        var logger = provider.GetService<ILogger<DownloadManager>>();
        var time = provider.GetService<TimeProvider>();
        return queue.Path is null
            ? new(options, downloader, logger, time)
            : DownloadManager.Open(queue.Path, queue.Revive is { } revive ? saved => revive(saved, provider) : null, options, downloader, logger, time);
    }

    private static T OptionsOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(IServiceProvider provider, string name)
        where T : class => provider.GetRequiredService<IOptionsMonitor<T>>().Get(name);

    private static T Of<T>(IServiceProvider provider, string name)
        where T : notnull => Key(name) is { } key ? provider.GetRequiredKeyedService<T>(key) : provider.GetRequiredService<T>();

    private static ServiceDescriptor Singleton<T>(string name, Func<IServiceProvider, T> make)
        where T : class => Key(name) is { } key ? ServiceDescriptor.KeyedSingleton(key, (provider, _) => make(provider)) : ServiceDescriptor.Singleton(make);

    private static string? Key(string name) => name.Length == 0 ? null : name;

    private static string ClientOf(string name) => name.Length == 0 ? ClientName : $"{ClientName}:{name}";

    /// <summary>Tells that a name was registered.</summary>
    private sealed class Registered;
}
