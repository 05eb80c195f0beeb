using System.Net;

namespace ResumableDownload.IntegrationTests;

/// <summary>The way to a server. It counts what passes, and something can happen on it when so many bytes of a body have passed.</summary>
internal sealed class Wire(Door door, RealServer server) : DelegatingHandler(HandlerFor(server))
{
    /// <summary>Far more than any story needs: a client that asks as often goes round in circles.</summary>
    public const int MostRequests = 40;

    private readonly Queue<(long At, Action Event)> _events = [];
    private int _requests;

    public int Requests => _requests;

    /// <summary>Lets something happen in the next body, when so many of its bytes have passed.</summary>
    public Wire Then(long at, Action happens)
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
        if (++_requests > MostRequests)
        {
            throw new InvalidOperationException($"More than {MostRequests} requests: the client goes round in circles.");
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode && _events.TryDequeue(out var next))
        {
            response.Content = await WatchAsync(response.Content, next.At, next.Event);
        }

        return response;
    }

    private static async Task<HttpContent> WatchAsync(HttpContent content, long at, Action happens)
    {
        var watched = new StreamContent(new WatchedStream(await content.ReadAsStreamAsync(), at, happens));
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            watched.Headers.TryAddWithoutValidation(name, values);
        }

        return watched;
    }

    // Its own certificate, and no other.
    private static SocketsHttpHandler HandlerFor(RealServer server) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == server.Certificate.GetCertHashString() },
    };
}
