using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResumableDownload.SampleOrigin;

namespace ResumableDownload.ConsoleDemo.GuidedDemo;

/// <summary>A real HTTP server in this process that holds one file, keeps a log, and misbehaves as its script says.</summary>
internal sealed class Origin : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly OriginScript _script;
    private readonly Lock _gate = new();
    private readonly List<ServedRequest> _log = [];
    private readonly AddressSigner _signer = new();
    private FileVersion _version;

    private Origin(OriginScript script, FileVersion version)
    {
        (_script, _version) = (script, version);
        _server = BuildServer();
        _server.Run(AnswerAsync);
    }

    public Uri Address => new(_server.Urls.Single() + "/holiday.mp4");

    /// <summary>The address as the owner of the file hands it out: good for a quarter of an hour.</summary>
    public Uri SignedAddress => _signer.Sign(Address);

    /// <summary>The version that the origin holds now.</summary>
    public FileVersion Version
    {
        get => Volatile.Read(ref _version);
        set => Volatile.Write(ref _version, value);
    }

    public IReadOnlyList<ServedRequest> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    public static async Task<Origin> StartAsync(OriginScript script, FileVersion version, CancellationToken cancellationToken)
    {
        var origin = new Origin(script, version);
        await origin._server.StartAsync(cancellationToken);
        return origin;
    }

    /// <summary>Puts the origin's clock forward.</summary>
    public void LetPass(TimeSpan time) => _signer.LetPass(time);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(TimeSpan.FromSeconds(1));
        await _server.DisposeAsync();
    }

    private static WebApplication BuildServer()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, LifeInThisProcess>();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(IPAddress.Loopback, 0);
        });
        return builder.Build();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var version = Version;
        var request = OriginRequest.From(context.Request);
        var refusal = _script.IsSigned ? _signer.RefusalOf(context.Request) : null;
        var answer = refusal is null ? OriginAnswer.To(request, version, _script.Kind) : OriginAnswer.Denied(refusal);
        var served = new ServedRequest(request, answer);
        var cutAfter = NextCut(served);
        try
        {
            await new OriginReply(context, _script, version).SendAsync(answer, served, cutAfter);
        }
        catch (OperationCanceledException)
        {
            // The client went away, which is what this is all about.
        }
    }

    private int? NextCut(ServedRequest served)
    {
        lock (_gate)
        {
            _log.Add(served);
            return _log.Count <= _script.Cuts.Count ? _script.Cuts[_log.Count - 1] : null;
        }
    }

    /// <summary>The process has its own handling of Ctrl+C, which the host's would come before.</summary>
    private sealed class LifeInThisProcess : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
