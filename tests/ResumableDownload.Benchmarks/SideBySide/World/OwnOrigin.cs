using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ResumableDownload.Benchmarks.SideBySide.Measuring;

namespace ResumableDownload.Benchmarks.SideBySide.World;

/// <summary>A bare server of one file, for what nginx does not do: a speed for each connection, and word of each request.</summary>
internal sealed class OwnOrigin : IOrigin, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IOwnContent _content;
    private readonly Task _listening;
    private int _accepted;
    private int _requests;
    private long _headers;
    private long _body;

    public OwnOrigin(IOwnContent content)
    {
        _content = content;
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>Bytes a second for a connection by its number since counting began, from 0; null for all that it takes.</summary>
    public Func<int, double?> Speed { get; init; } = static _ => null;

    /// <summary>Is told the first byte that a request asks for.</summary>
    public Action<long> Asked { get; set; } = static _ => { };

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/file.bin";

    /// <summary>Bytes of bodies that were sent since counting began.</summary>
    public long Body => Interlocked.Read(ref _body);

    public void StartCounting() => (_accepted, _requests, _headers, _body) = (0, 0, 0, 0);

    public Task<Served> ServedAsync() => Task.FromResult(new Served(_requests, _headers + Body, Body));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _listening;
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        using var connection = accepted;
        connection.NoDelay = true;
        var speed = Speed(Interlocked.Increment(ref _accepted) - 1);
        try
        {
            while (await RequestAsync(connection) is { } request)
            {
                await AnswerAsync(connection, request, speed);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The client has closed it, or was killed.
        }
    }

    private async Task<string?> RequestAsync(Socket connection)
    {
        var head = new byte[16 << 10];
        for (var filled = 0; ;)
        {
            var count = await connection.ReceiveAsync(head.AsMemory(filled), _stop.Token);
            filled += count;
            if (count == 0 || head.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
            {
                return count == 0 ? null : Encoding.ASCII.GetString(head, 0, filled);
            }
        }
    }

    private async Task AnswerAsync(Socket connection, string request, double? speed)
    {
        var range = RangeOf(request);
        var (start, end) = (range?.Start ?? 0, Math.Min(range?.End ?? _content.Length, _content.Length));
        Asked(start);
        var status = range is null ? "200 OK" : $"206 Partial Content\r\nContent-Range: bytes {start}-{end - 1}/{_content.Length}";
        var head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nAccept-Ranges: bytes\r\nETag: \"v1\"\r\nContent-Length: {end - start}\r\n\r\n");
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _headers, head.Length);
        await connection.SendAsync(head, _stop.Token);
        if (!request.StartsWith("HEAD", StringComparison.Ordinal))
        {
            await SendAsync(connection, start, end, new Tempo(speed));
        }
    }

    private async Task SendAsync(Socket connection, long start, long end, Tempo tempo)
    {
        var buffer = new byte[tempo.Piece];
        for (var at = start; at < end;)
        {
            var piece = buffer.AsMemory(0, (int)Math.Min(buffer.Length, end - at));
            _content.Read(at, piece.Span);
            await tempo.WaitAsync(piece.Length, _stop.Token);
            Interlocked.Add(ref _body, await connection.SendAsync(piece, _stop.Token));
            at += piece.Length;
        }
    }

    private static (long Start, long? End)? RangeOf(string request)
    {
        const string field = "\r\nRange: bytes=";
        var at = request.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var bounds = request[(at + field.Length)..].Split('\r')[0].Split('-');
        return (long.Parse(bounds[0], CultureInfo.InvariantCulture), bounds[1].Length == 0 ? null : long.Parse(bounds[1], CultureInfo.InvariantCulture) + 1);
    }
}
