using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace ResumableDownload.Conformance;

/// <summary>A server on loopback whose misbehaviour is written down before it happens. It speaks on a raw socket, so it can break any rule.</summary>
internal sealed class ScriptedOrigin : IAsyncDisposable
{
    // Far beyond what any connection needs to notice that it is over.
    private static readonly TimeSpan ClosingLimit = TimeSpan.FromSeconds(60);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<Conduct> _script = new();
    private readonly ConcurrentQueue<SeenRequest> _requests = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly X509Certificate2? _certificate;
    private readonly IPAddress _address;
    private readonly Task _accepting;

    public ScriptedOrigin(Resource resource, params IEnumerable<Conduct> script)
        : this(resource, null, script)
    {
    }

    public ScriptedOrigin(Resource resource, X509Certificate2? certificate, params IEnumerable<Conduct> script)
        : this(resource, certificate, IPAddress.Loopback, script)
    {
    }

    /// <param name="resource">What is served.</param>
    /// <param name="certificate">For TLS.</param>
    /// <param name="address">Where it listens, when that is not loopback.</param>
    /// <param name="script">The first conducts.</param>
    public ScriptedOrigin(Resource resource, X509Certificate2? certificate, IPAddress address, params IEnumerable<Conduct> script)
    {
        (Resource, _certificate, _address) = (resource, certificate, address);
        Then(script);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What is served at every path that has nothing of its own. May be replaced at any time.</summary>
    public Resource Resource { get; set; }

    /// <summary>What is served at a certain path.</summary>
    public ConcurrentDictionary<string, Resource> Resources { get; } = new();

    /// <summary>The conduct once the script has come to its end.</summary>
    public Conduct Otherwise { get; set; } = Conduct.Serve;

    /// <summary>The conduct towards range requests from then on, when it is another one.</summary>
    public Conduct? TowardsRanges { get; set; }

    /// <summary>The conduct once the script has come to its end, chosen for each request; before all the others.</summary>
    public Func<SeenRequest, Conduct>? ByRequest { get; set; }

    public IReadOnlyList<SeenRequest> Requests => [.. _requests];

    public long BodyBytesSent => _requests.Sum(request => request.BodyBytesSent);

    public Uri Url => UrlOf("/file.bin");

    public Uri UrlOf(string target) => new($"{(_certificate is null ? "http" : "https")}://{_address}:{Port}{target}");

    /// <summary>Goes on with the script.</summary>
    public void Then(params IEnumerable<Conduct> script)
    {
        foreach (var conduct in script)
        {
            _script.Enqueue(conduct);
        }
    }

    /// <summary>Forgets the requests seen so far, so that a test may speak of the next ones as the first.</summary>
    public void Forget() => _requests.Clear();

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await Task.WhenAll([_accepting, .. _connections.Keys]).WaitAsync(ClosingLimit);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_closing.Token);
                var connection = new Connection(socket, _certificate).RunAsync(Deal, _closing.Token);
                _connections[connection] = true;
                _ = connection.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private (Conduct Conduct, Answer Answer) Deal(SeenRequest request)
    {
        _requests.Enqueue(request);
        var conduct = _script.TryDequeue(out var next) ? next : ByRequest?.Invoke(request) ?? (request.Range is null ? null : TowardsRanges) ?? Otherwise;
        conduct.First?.Invoke();
        var answer = HonestServer.AnswerTo(request, Resources.GetValueOrDefault(request.Path, Resource), conduct);
        return (conduct, conduct.Twist?.Invoke(request, answer) ?? answer);
    }
}
