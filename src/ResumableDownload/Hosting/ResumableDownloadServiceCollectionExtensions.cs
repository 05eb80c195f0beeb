using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ResumableDownload;
using ResumableDownload.Transport;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts downloads into a service collection.</summary>
public static class ResumableDownloadServiceCollectionExtensions
{
    private const string ClientName = "ResumableDownload";

    /// <summary>Adds a singleton <see cref="ResumableDownloader"/> over a named client of <see cref="IHttpClientFactory"/>, whose handler is set as downloads need it.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the options; the defaults when <see langword="null"/>.</param>
    /// <returns>The builder of the client, to add handlers to.</returns>
    public static IHttpClientBuilder AddResumableDownloads(this IServiceCollection services, Action<ResumableDownloadOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => Create(provider, configure));
        return services
            .AddHttpClient(ClientName, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(OriginHandler.Create)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan); // A singleton keeps its client; the handler renews its connections itself.
    }

    private static ResumableDownloader Create(IServiceProvider provider, Action<ResumableDownloadOptions>? configure)
    {
        var options = new ResumableDownloadOptions();
        configure?.Invoke(options);
        return new ResumableDownloader(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(ClientName),
            options,
            provider.GetService<ILogger<ResumableDownloader>>(),
            provider.GetService<TimeProvider>());
    }
}
