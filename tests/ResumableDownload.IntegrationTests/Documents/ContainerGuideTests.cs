using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace ResumableDownload.IntegrationTests;

/// <summary>What README.md says about containers and Polly: it is the code below (<see cref="DocumentTests"/>), and the code works.</summary>
public sealed class ContainerGuideTests
{
    [Fact]
    public async Task A_host_fetches_its_model_with_what_the_README_registers()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000), Conduct.CutAt(200_000));
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Downloads:MaxConnections"] = "2";
        builder.Configuration["Model:Source"] = scene.Origin.Url.AbsoluteUri;
        builder.Configuration["Model:Path"] = scene.Destination;
        Register(builder, scene.Folder["downloads.queue"]);
        using var host = builder.Build();

        await host.StartAsync();
        await host.Services.GetServices<IHostedService>().OfType<ModelFetcher>().Single().ExecuteTask!.WaitAsync(Wait.Limit);
        var limit = host.Services.GetRequiredService<DownloadManager>().MaxConcurrentDownloads;
        await host.StopAsync();

        Scene.AssertSame(scene.Origin.Resource.Bytes, await File.ReadAllBytesAsync(scene.Destination));
        Assert.All(scene.Requests, static request => Assert.Null(request["Authorization"]));
        Assert.Equal((2, 2), (host.Services.GetRequiredService<IOptions<ResumableDownloadOptions>>().Value.MaxConnections, limit));
        Assert.True(File.Exists(scene.Folder["downloads.queue"]));
    }

    [Fact]
    public async Task A_circuit_that_the_README_adds_lets_a_download_through()
    {
        await using var scene = new Scene(Resource.Version(1, 500_000), Conduct.CutAt(200_000), Conduct.Refuse(503));

        using var downloader = new ResumableDownloader(Breaking());
        await downloader.DownloadAsync(scene.Origin.Url, scene.Destination).WaitAsync(Wait.Limit);

        scene.AssertHolds(scene.Origin.Resource);
    }

    private static void Register(HostApplicationBuilder builder, string queue)
    {
        #region told: a container
        builder.Services.AddTransient<Credentials>().AddHostedService<ModelFetcher>();
        builder.Services.AddResumableDownloads(builder.Configuration.GetSection("Downloads"))
            .ConfigureManager(static options => options.MaxConcurrentDownloads = 2)
            .KeepQueue(queue)                                // what was not finished goes on when the manager is resolved
            .AddHttpMessageHandler<Credentials>();           // and whatever else there is for an IHttpClientBuilder
        #endregion
    }

    private static ResumableDownloadOptions Breaking()
    {
        #region told: Polly
        var options = new ResumableDownloadOptions
        {
            ConfigureResilience = static attempts => attempts.AddCircuitBreaker(new CircuitBreakerStrategyOptions<AttemptOutcome>
            {
                ShouldHandle = new PredicateBuilder<AttemptOutcome>().HandleResult(static outcome => !outcome.IsFruitful),
                MinimumThroughput = 5,
                BreakDuration = TimeSpan.FromSeconds(30),
            }),
        };
        #endregion
        return options;
    }

    #region told: a service and a handler
    internal sealed class ModelFetcher(DownloadManager downloads, IConfiguration configuration) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var download = downloads.Add(new DownloadRequest(new Uri(configuration["Model:Source"]!), configuration["Model:Path"]!));
            download.Start();
            await download.Completion.WaitAsync(stoppingToken);
        }
    }

    internal sealed class Credentials(IConfiguration configuration) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host == "models.example.com")   // a redirect to another host comes through here as well
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", configuration["Model:Token"]);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
    #endregion
}
