using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ResumableDownload.IntegrationTests;

/// <summary>Downloads from a container: what handlers see, and what is said of those that cannot work.</summary>
public sealed class HostingTests
{
    private const string Secret = "7f3aTOPSECRETc9";

    [Fact]
    public async Task A_handler_sees_every_request_of_a_download()
    {
        await using var other = new ScriptedOrigin(Resource.Version(1, 500_000));
        await using var scene = new Scene(other.Resource, Conduct.CutAt(200_000), Conduct.Refuse(503), Conduct.RedirectTo(other.Url.AbsoluteUri));
        var seen = new ConcurrentQueue<Uri>();
        await using var provider = Provider(scene, builder => builder.AddHttpMessageHandler(() => new Witness(seen.Enqueue)));

        await Downloader(provider).DownloadAsync(scene.Origin.Url, scene.Destination);

        scene.AssertHolds(other.Resource);
        Assert.Equal(scene.Requests.Count + other.Requests.Count, seen.Count);
        Assert.Equal(other.Url, seen.Last());
    }

    [Fact]
    public async Task A_handler_sees_the_requests_of_all_connections()
    {
        await using var scene = Many.Scene();
        var seen = new ConcurrentQueue<Uri>();
        await using var provider = Provider(
            scene,
            builder => builder.AddHttpMessageHandler(() => new Witness(seen.Enqueue)),
            static services => services.AddSingleton<TimeProvider>(new QuickTime(Many.Haste)));

        await Downloader(provider).DownloadAsync(scene.Origin.Url, scene.Destination).WaitAsync(Wait.Limit);

        scene.AssertHolds(scene.Origin.Resource);
        Assert.InRange(seen.Count, 2, 20);
        Assert.Equal(scene.Requests.Count, seen.Count);
    }

    [Fact]
    public async Task A_handler_that_decompresses_is_named_before_a_byte_is_written()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000));
        await using var provider = Provider(scene, static builder => builder.ConfigurePrimaryHttpMessageHandler(static () => new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }));

        var failure = await Assert.ThrowsAsync<DownloadException>(() => Downloader(provider).DownloadAsync(scene.Origin.Url, scene.Destination));

        Assert.Equal(DownloadFailure.UnexpectedCoding, failure.Failure);
        Assert.Contains("AutomaticDecompression = None", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(scene.Folder.Path));
    }

    [Fact]
    public async Task A_handler_that_keeps_bodies_in_memory_is_warned_of_once()
    {
        await using var scene = new Scene(Resource.Version(1, 3 * Many.MiB), Conduct.CutAt(0));
        await using var provider = Provider(scene, static builder => builder.AddHttpMessageHandler(static () => new Hoarder()));

        await Downloader(provider).DownloadAsync(scene.Origin.Url, scene.Destination);

        scene.AssertHolds(scene.Origin.Resource);
        Assert.Single(scene.Log.Lines, static line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("keeps whole bodies in memory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_from_the_network_is_not_taken_for_kept_in_memory()
    {
        await using var scene = new Scene(Resource.Version(1, 3 * Many.MiB));

        await scene.DownloadAsync();

        Assert.DoesNotContain(scene.Log.Lines, static line => line.Contains("in memory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_with_options_that_cannot_be_does_not_start_and_says_all()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Downloads:MaxConnections"] = "99";
        builder.Configuration["Downloads:StallTimeout"] = "00:00:00";
        builder.Services.AddResumableDownloads(builder.Configuration.GetSection("Downloads"));
        using var host = builder.Build();

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("MaxConnections (99) is not between 1 and 32", fault.Message, StringComparison.Ordinal);
        Assert.Contains("StallTimeout (00:00:00) is not between 00:00:00.1000000 and 1.00:00:00", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_logged_on_the_way_holds_a_secret()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000), Conduct.CutAt(200_000), Conduct.Refuse(503), Conduct.RedirectTo($"/elsewhere?token={Secret}"));
        var log = new AllLogs();
        await using var provider = Provider(scene, static _ => { }, services => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log)));
        var request = new DownloadRequest(scene.Origin.UrlOf($"/f.bin?X-Amz-Signature={Secret}"), scene.Destination) { Headers = [new("Authorization", $"Bearer {Secret}"), new("X-Api-Key", Secret)] };

        var download = provider.GetRequiredService<DownloadManager>().Add(request);
        download.Start();
        await download.Completion.WaitAsync(Wait.Limit);

        Assert.Contains(log.Lines, static line => line.Contains("System.Net.Http.HttpClient.ResumableDownload", StringComparison.Ordinal));
        Assert.Contains(log.Lines, static line => line.Contains("is whole", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, static line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private static IResumableDownloader Downloader(ServiceProvider provider) => provider.GetRequiredService<IResumableDownloader>();

    private static ServiceProvider Provider(Scene scene, Action<ResumableDownloadsBuilder> configure, Action<IServiceCollection>? register = null)
    {
        var services = new ServiceCollection();
        (register ?? (all => all.AddSingleton<ILogger<ResumableDownloader>>(scene.Log)))(services);
        configure(services.AddResumableDownloads(options => (options.RetryDelay, options.MaxRetryDelay, options.FinalCheck) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10), FinalCheck.Never)));
        return services.BuildServiceProvider();
    }

    private sealed class Witness(Action<Uri> see) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            see(request.RequestUri!);
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>As one that logs bodies, or retries them.</summary>
    private sealed class Hoarder : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            return response;
        }
    }

    private sealed class AllLogs : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, _lines.Enqueue);

        public void Dispose()
        {
        }

        private sealed class Category(string name, Action<string> write) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
            {
                write($"{name} scope {Spell(state)}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                write($"{name} {logLevel} {eventId} {formatter(state, exception)} | {Spell(state)} | {exception}");

            private static string Spell(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
                ? string.Join(", ", values.Select(static value => $"{value.Key}={value.Value}"))
                : $"{state}";
        }
    }
}
