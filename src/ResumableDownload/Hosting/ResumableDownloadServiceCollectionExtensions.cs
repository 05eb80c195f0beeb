using Microsoft.Extensions.Configuration;
using ResumableDownload;
using ResumableDownload.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts downloads into a service collection.</summary>
/// <remarks>
/// Each overload registers, as singletons, a <see cref="ResumableDownloader"/> (also as <see cref="IResumableDownloader"/>) and a <see cref="DownloadManager"/> that uses it, over a client of
/// <see cref="IHttpClientFactory"/> whose handler is set as downloads need it. Options are read once, and checked when a host starts, else when what they are for is resolved: an
/// <see cref="Options.OptionsValidationException"/> names all faults of a class of options. What is registered already under the same type stays. A <see cref="TimeProvider"/>, an <see cref="INetworkMonitor"/> and logging are used where they are registered. To call one of them again adds to the options.
/// </remarks>
public static class ResumableDownloadServiceCollectionExtensions
{
    /// <summary>Adds downloads.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the options; the defaults when <see langword="null"/>.</param>
    /// <returns>A builder, for more options and for handlers of the client.</returns>
    public static ResumableDownloadsBuilder AddResumableDownloads(this IServiceCollection services, Action<ResumableDownloadOptions>? configure = null) =>
        Add(services, Options.Options.DefaultName).ConfigureWith(configure);

    /// <summary>Adds downloads whose options come from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The section: its keys are the names in <see cref="ResumableDownloadOptions"/>; those below <c>Manager</c> the names in <see cref="DownloadManagerOptions"/>. <c>BandwidthLimit</c> is
    /// a number of bytes per second. Read without reflection, so that trimming and native compilation leave it whole.
    /// </param>
    /// <returns>A builder, for more options and for handlers of the client.</returns>
    public static ResumableDownloadsBuilder AddResumableDownloads(this IServiceCollection services, IConfiguration configuration) =>
        Add(services, Options.Options.DefaultName).BindTo(configuration);

    /// <summary>Adds downloads of a name: further ones, with options and a client of their own, as keyed services.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the services, and the name of the options.</param>
    /// <param name="configure">Changes the options; the defaults when <see langword="null"/>.</param>
    /// <returns>A builder, for more options and for handlers of the client.</returns>
    public static ResumableDownloadsBuilder AddResumableDownloads(this IServiceCollection services, string name, Action<ResumableDownloadOptions>? configure = null) =>
        AddNamed(services, name).ConfigureWith(configure);

    /// <summary>Adds downloads of a name whose options come from a configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the services, and the name of the options.</param>
    /// <param name="configuration">The section, as for the other overload.</param>
    /// <returns>A builder, for more options and for handlers of the client.</returns>
    public static ResumableDownloadsBuilder AddResumableDownloads(this IServiceCollection services, string name, IConfiguration configuration) =>
        AddNamed(services, name).BindTo(configuration);

    private static ResumableDownloadsBuilder AddNamed(IServiceCollection services, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Add(services, name);
    }

    private static ResumableDownloadsBuilder Add(IServiceCollection services, string name)
    {
        ArgumentNullException.ThrowIfNull(services);
        return DownloadServices.Add(services, name);
    }
}
