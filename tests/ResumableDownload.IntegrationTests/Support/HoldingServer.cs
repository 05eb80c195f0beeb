using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ResumableDownload.IntegrationTests;

/// <summary>A server that holds each request until it is let go, and counts how many it holds.</summary>
internal sealed class HoldingServer : IAsyncDisposable
{
    private readonly Channel<TaskCompletionSource> _held = Channel.CreateUnbounded<TaskCompletionSource>();
    private readonly WebApplication _server;
    private readonly Lock _gate = new();
    private int _holding;

    private HoldingServer(byte[] body)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(async context =>
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Count(+1);
            _held.Writer.TryWrite(turn);
            await turn.Task;

            // Before the client can know of the end.
            Count(-1);
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        });
    }

    /// <summary>How many it holds now.</summary>
    public int Holding => Volatile.Read(ref _holding);

    /// <summary>How many it ever held at once.</summary>
    public int Most { get; private set; }

    public Uri UrlOf(string path) => new(_server.Urls.Single() + path);

    public static async Task<HoldingServer> StartAsync(byte[] body)
    {
        var server = new HoldingServer(body);
        await server._server.StartAsync();
        return server;
    }

    /// <summary>Lets go the one that it has held the longest.</summary>
    public async Task LetGoAsync() => (await _held.Reader.ReadAsync()).SetResult();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Count(int change)
    {
        lock (_gate)
        {
            _holding += change;
            Most = Math.Max(Most, _holding);
        }
    }
}
