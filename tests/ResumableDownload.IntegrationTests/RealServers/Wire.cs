using System.Net;
using System.Net.Sockets;

namespace ResumableDownload.IntegrationTests;

/// <summary>The way to a server. It counts what passes, and something can happen on it when so many bytes of a body have passed.</summary>
internal sealed class Wire(Door door, RealServer server) : DelegatingHandler(HandlerFor(server))
{
    /// <summary>Far more than any story needs: a client that asks as often goes round in circles.</summary>
    public const int MostRequests = 40;

    private static readonly string[] Conditions = ["If-Range", "If-Match", "If-Unmodified-Since", "If-None-Match", "If-Modified-Since"];

    private readonly Queue<(long At, Func<Task> Event)> _events = [];
    private readonly List<string> _exchanges = [];
    private int _requests;

    /// <summary>A line for each request that was answered.</summary>
    public IReadOnlyList<string> Exchanges => _exchanges;

    /// <summary>Lets something happen in the next body, when so many of its bytes have passed.</summary>
    public Wire Then(long at, Func<Task> happens)
    {
        _events.Enqueue((at, happens));
        return this;
    }

    public HttpClient NewClient() => new(this, disposeHandler: false)
    {
        DefaultRequestVersion = door.Http,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Examine(request);
        var response = await base.SendAsync(request, cancellationToken);
        _exchanges.Add($"{request.Headers.Range} {request.Headers.IfRange}{request.Headers.IfMatch}{request.Headers.IfNoneMatch} -> {(int)response.StatusCode} {response.Content.Headers.ContentRange} {response.Headers.ETag}");
        if (response.IsSuccessStatusCode && _events.TryPeek(out var next))
        {
            // Taken only when it happens: a body that is judged unfit is never read so far.
            response.Content = await WatchAsync(response.Content, next.At, () => _events.Dequeue().Event());
        }

        return response;
    }

    private void Examine(HttpRequestMessage request)
    {
        if (++_requests > MostRequests)
        {
            throw new InvalidOperationException($"More than {MostRequests} requests: the client goes round in circles.");
        }

        if (request.Headers.Range is not null && !Array.Exists(Conditions, request.Headers.Contains))
        {
            throw new InvalidOperationException("A range without a condition: the answer could be of any version.");
        }
    }

    private static async Task<HttpContent> WatchAsync(HttpContent content, long at, Func<Task> happens)
    {
        var watched = new StreamContent(new WatchedStream(await content.ReadAsStreamAsync(), at, happens));
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            watched.Headers.TryAddWithoutValidation(name, values);
        }

        return watched;
    }

    // A small window: nothing of a body is far ahead of its reader, so that an interruption finds a server in the middle.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 256 * 1024, NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Its own certificate, and no other.
    internal static SocketsHttpHandler HandlerFor(RealServer server) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = ConnectAsync,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == server.Certificate.GetCertHashString() },
    };
}
