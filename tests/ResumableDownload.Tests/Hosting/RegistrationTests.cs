using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using ResumableDownload.Tests.TestKit;
using RichardSzalay.MockHttp;

namespace ResumableDownload.Tests.Hosting;

/// <summary>What an app finds in its container after AddResumableDownloads.</summary>
public sealed class RegistrationTests : IDisposable
{
    private static readonly Uri Source = new("https://example.com/model.bin?sig=secret");
    private static readonly byte[] Bytes = [1, 2, 3];

    private readonly TempFolder _folder = new();
    private readonly MockHttpMessageHandler _origin = new();

    public void Dispose()
    {
        _origin.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task There_is_one_downloader_and_one_manager_for_all()
    {
        await using var provider = Provider(static services => services.AddResumableDownloads());

        Assert.Same(provider.GetRequiredService<ResumableDownloader>(), provider.GetRequiredService<ResumableDownloader>());
        Assert.Same(provider.GetRequiredService<ResumableDownloader>(), provider.GetRequiredService<IResumableDownloader>());
        Assert.Same(provider.GetRequiredService<DownloadManager>(), provider.GetRequiredService<DownloadManager>());
    }

    [Fact]
    public async Task Both_download_with_the_client_of_the_factory()
    {
        Answer();
        await using var provider = Provider(services => services.AddResumableDownloads(Quickly).ConfigurePrimaryHttpMessageHandler(() => _origin));

        await provider.GetRequiredService<IResumableDownloader>().DownloadAsync(Source, _folder.File("one.bin"));
        var download = provider.GetRequiredService<DownloadManager>().Add(new DownloadRequest(Source, _folder.File("two.bin")));
        download.Start();
        await download.Completion;

        Assert.Equal(Bytes, await File.ReadAllBytesAsync(_folder.File("one.bin")));
        Assert.Equal(Bytes, await File.ReadAllBytesAsync(_folder.File("two.bin")));
    }

    [Fact]
    public async Task Names_have_options_and_clients_of_their_own()
    {
        await using var provider = Provider(services =>
        {
            services.AddResumableDownloads("models", static options => options.MaxLength = 2).ConfigurePrimaryHttpMessageHandler(() => _origin);
            services.AddResumableDownloads("updates").ConfigurePrimaryHttpMessageHandler(() => _origin);
        });
        Answer();

        var updates = provider.GetRequiredKeyedService<IResumableDownloader>("updates");
        Assert.Equal(3, (await updates.DownloadAsync(Source, _folder.File("update.bin"))).Length);
        var models = provider.GetRequiredKeyedService<ResumableDownloader>("models");
        var failure = await Assert.ThrowsAsync<DownloadException>(() => models.DownloadAsync(Source, _folder.File("model.bin")));

        Assert.Equal(DownloadFailure.TooLong, failure.Failure);
        Assert.NotSame(provider.GetRequiredKeyedService<DownloadManager>("models"), provider.GetRequiredKeyedService<DownloadManager>("updates"));
        Assert.Null(provider.GetService<ResumableDownloader>());
    }

    [Fact]
    public async Task To_add_twice_adds_to_the_options_and_leaves_the_client_as_it_was_made()
    {
        Answer();
        await using var provider = Provider(services =>
        {
            services.AddResumableDownloads(static options => options.MaxLength = 2).ConfigurePrimaryHttpMessageHandler(() => _origin);
            services.AddResumableDownloads(static options => options.MaxLength++);
        });

        Assert.Equal(3, (await provider.GetRequiredService<ResumableDownloader>().DownloadAsync(Source, _folder.File("model.bin"))).Length);
        Assert.Single(provider.GetServices<IResumableDownloader>());
    }

    [Fact]
    public async Task All_faults_of_the_options_are_named_together()
    {
        await using var provider = Provider(static services => services
            .AddResumableDownloads(static options => (options.MaxConnections, options.RetryDelay, options.FinalCheck) = (99, TimeSpan.FromHours(1), (FinalCheck)7))
            .ConfigureManager(static options => (options.MaxConcurrentDownloads, options.MaxConcurrentPerHost) = (0, 10_001)));

        var downloader = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ResumableDownloader>());
        var manager = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<DownloadManager>());

        Assert.Equal(
            ["FinalCheck (7) is no known value", "MaxConnections (99) is not between 1 and 32", "RetryDelay (01:00:00) is longer than MaxRetryDelay (00:01:00)"],
            downloader.Failures.Order(StringComparer.Ordinal));
        Assert.Equal(["MaxConcurrentDownloads (0) is not between 1 and 10000", "MaxConcurrentPerHost (10001) is not between 1 and 10000"], manager.Failures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task They_are_checked_when_the_host_starts()
    {
        await using var provider = Provider(static services => services.AddResumableDownloads("models", static options => options.MaxConnections = 99));

        var fault = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal("models", fault.OptionsName);
    }

    [Fact]
    public async Task The_clock_the_network_monitor_and_the_loggers_of_the_app_are_used()
    {
        var (time, monitor, log) = (new FakeTimeProvider(), new SilentMonitor(), new CollectingLogger<ResumableDownloader>());
        await using var provider = Provider(services => services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton<INetworkMonitor>(monitor)
            .AddSingleton<ILogger<ResumableDownloader>>(log)
            .AddResumableDownloads().ConfigurePrimaryHttpMessageHandler(() => _origin));
        Answer();

        var result = await provider.GetRequiredService<ResumableDownloader>().DownloadAsync(Source, _folder.File("model.bin"));
        _ = provider.GetRequiredService<DownloadManager>();

        Assert.Equal(TimeSpan.Zero, result.Elapsed);
        await monitor.Watched;
        Assert.Contains(log.Lines, static line => line.Contains("is whole", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, static line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_queue_that_is_kept_goes_on_in_the_next_process_and_its_requests_are_made_whole_again(bool disposesInTheOldWay)
    {
        var state = _folder.File("downloads.queue");
        Action<IServiceCollection> register = services => services
            .AddSingleton("token")
            .AddResumableDownloads(Quickly)
            .KeepQueue(state, static (saved, services) => new DownloadRequest(saved.Source!, saved.Destination) { Headers = [new("Authorization", services.GetRequiredService<string>())] })
            .ConfigurePrimaryHttpMessageHandler(() => _origin);
        var first = Provider(register);
        _ = first.GetRequiredService<DownloadManager>().Add(new DownloadRequest(Source, _folder.File("model.bin")));
        await DisposeAsync(first, disposesInTheOldWay);
        Answer("token");

        var second = Provider(register);
        var back = Assert.Single(second.GetRequiredService<DownloadManager>().Downloads);
        back.Start();
        await back.Completion;
        await DisposeAsync(second, disposesInTheOldWay);

        Assert.Equal(Bytes, await File.ReadAllBytesAsync(_folder.File("model.bin")));
    }

    [Fact]
    public async Task A_downloader_that_is_registered_already_stays_and_the_rest_comes()
    {
        using var own = new ResumableDownloader();
        await using var provider = Provider(services => services.AddSingleton(own).AddResumableDownloads());

        Assert.Same(own, provider.GetRequiredService<IResumableDownloader>());
        Assert.NotNull(provider.GetRequiredService<DownloadManager>());
    }

    [Fact]
    public void A_name_is_not_empty() => Assert.Throws<ArgumentException>(static () => new ServiceCollection().AddResumableDownloads(""));

    [Fact]
    public void A_pipeline_that_cannot_be_is_refused_when_the_downloader_is_made()
    {
        var impossible = Assert.Throws<ArgumentException>(static () => new ResumableDownloader(new ResumableDownloadOptions { ConfigureResilience = static builder => builder.AddTimeout(TimeSpan.Zero) }));
        Assert.Contains("ConfigureResilience adds a strategy that cannot be", impossible.Message, StringComparison.Ordinal);
        var both = Assert.Throws<ArgumentException>(static () => new ResumableDownloader(new ResumableDownloadOptions { ConfigureResilience = static _ => { }, ResiliencePipeline = ResiliencePipeline<AttemptOutcome>.Empty }));
        Assert.Contains("ConfigureResilience adds to the retries that ResiliencePipeline replaces", both.Message, StringComparison.Ordinal);
    }

    private static void Quickly(ResumableDownloadOptions options) => options.RetryDelay = TimeSpan.Zero;

    private static ServiceProvider Provider(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private static async Task DisposeAsync(ServiceProvider provider, bool inTheOldWay)
    {
        if (inTheOldWay)
        {
#pragma warning disable CA1849 // That is what is tried here.
            provider.Dispose();
#pragma warning restore CA1849
        }
        else
        {
            await provider.DisposeAsync();
        }
    }

    private void Answer(string? credentials = null) => _origin.When(Source.AbsoluteUri)
        .With(request => credentials is null || request.Headers.Authorization?.Scheme == credentials)
        .Respond(_ => new HttpResponseMessage
        {
            Headers = { ETag = new EntityTagHeaderValue("\"v1\"") },
            Content = new ByteArrayContent(Bytes),
        });

    /// <summary>Knows nothing, and tells when anybody asks.</summary>
    private sealed class SilentMonitor : INetworkMonitor
    {
        private readonly TaskCompletionSource _watched = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Watched => _watched.Task.WaitAsync(TimeSpan.FromSeconds(20));

        public NetworkKind Current => NetworkKind.Unknown;

        public async IAsyncEnumerable<NetworkKind> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            _watched.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            yield break;
        }
    }
}
