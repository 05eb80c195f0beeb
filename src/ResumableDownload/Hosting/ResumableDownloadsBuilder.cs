using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ResumableDownload.Hosting;

namespace ResumableDownload;

/// <summary>What <c>AddResumableDownloads</c> registered, to be set further.</summary>
/// <remarks>
/// Everything that there is for an <see cref="IHttpClientBuilder"/> works: <c>AddHttpMessageHandler</c>, <c>ConfigurePrimaryHttpMessageHandler</c> and others. A handler sees each request of a download: the first one,
/// each continuation, each connection, and each hop of a redirect, also one to another origin. So a handler that adds credentials must look at the address itself; those of
/// <see cref="DownloadRequest.Headers"/> go to the source's own origin only. A handler must not decompress or keep bodies, and should not retry: the downloader does, and a handler that does too multiplies the
/// attempts and hides a <c>Retry-After</c>. A primary handler of your own should not follow redirects. Handlers live as long as the downloader, which is a singleton. What is here comes first: the extensions of
/// <see cref="IHttpClientBuilder"/> return no more than that.
/// </remarks>
public sealed class ResumableDownloadsBuilder : IHttpClientBuilder
{
    private const string NoRate = $"{nameof(BandwidthLimit)} is not a number of bytes per second, at least 1";

    private readonly string _name;

    internal ResumableDownloadsBuilder(string name, IHttpClientBuilder client) => (_name, Name, Services) = (name, client.Name, client.Services);

    /// <summary>Gets the name of the client at <see cref="IHttpClientFactory"/>, which also names the loggers of its requests.</summary>
    public string Name { get; }

    /// <summary>Gets the services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Changes the options of the downloader, with services if need be.</summary>
    /// <param name="configure">Changes them.</param>
    /// <returns>This builder.</returns>
    public ResumableDownloadsBuilder Configure(Action<ResumableDownloadOptions, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.AddOptions<ResumableDownloadOptions>(_name).Configure(configure);
        return this;
    }

    /// <summary>Changes the options of the manager.</summary>
    /// <param name="configure">Changes them.</param>
    /// <returns>This builder.</returns>
    public ResumableDownloadsBuilder ConfigureManager(Action<DownloadManagerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.AddOptions<DownloadManagerOptions>(_name).Configure(configure);
        return this;
    }

    /// <summary>Has the manager keep its queue in a file, and go on with it after a restart: as soon as it is resolved.</summary>
    /// <param name="path">The state file, as for <see cref="DownloadManager.Open"/>; a relative path begins at the process's current folder, which for a service is rarely its own.</param>
    /// <param name="revive">Makes a request of what was saved; the saved address is used as it is when <see langword="null"/>. It is given the root provider: make a scope for scoped services.</param>
    /// <returns>This builder.</returns>
    public ResumableDownloadsBuilder KeepQueue(string path, Func<SavedDownload, IServiceProvider, DownloadRequest?>? revive = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.AddOptions<QueueOptions>(_name).Configure(queue => (queue.Path, queue.Revive) = (path, revive));
        return this;
    }

    internal ResumableDownloadsBuilder ConfigureWith(Action<ResumableDownloadOptions>? configure) =>
        configure is null ? this : Configure((options, _) => configure(options));

    internal ResumableDownloadsBuilder BindTo(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var manager = configuration.GetSection("Manager");
        Services.AddOptions<ResumableDownloadOptions>(_name).Bind(configuration)
            .Configure(options => options.BandwidthLimit = RateOf(configuration) is > 0 and var rate ? new(rate) : options.BandwidthLimit)
            .Validate(_ => IsRate(configuration), NoRate);
        Services.AddOptions<DownloadManagerOptions>(_name).Bind(manager)
            .Configure(options => options.BandwidthLimit = RateOf(manager) is > 0 and var rate ? new(rate) : options.BandwidthLimit)
            .Validate(_ => IsRate(manager), NoRate);
        return this;
    }

    // An object that is shared on purpose, and a number in a file.
    private static long? RateOf(IConfiguration configuration) =>
        long.TryParse(configuration[nameof(BandwidthLimit)], NumberStyles.None, CultureInfo.InvariantCulture, out var rate) ? rate : null;

    private static bool IsRate(IConfiguration configuration) => configuration[nameof(BandwidthLimit)] is null || RateOf(configuration) > 0;
}
