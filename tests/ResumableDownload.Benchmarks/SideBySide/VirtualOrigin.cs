using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ResumableDownload.Benchmarks.SideBySide;

/// <summary>A bare server of one file of zeros that exists nowhere, and that notes when a range is asked for.</summary>
internal sealed class VirtualOrigin : IAsyncDisposable
{
    private static readonly byte[] Zeros = new byte[1 << 20];

    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly long _length;
    private readonly Task _serving;

    public VirtualOrigin(long length)
    {
        _length = length;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/file.bin");

    /// <summary>Completes, with the moment, when the next range request arrives.</summary>
    public TaskCompletionSource<long> RangeAsked { get; private set; } = New();

    public TaskCompletionSource<long> Expect() => RangeAsked = New();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await _listener.AcceptSocketAsync(_stop.Token);
                await AnswerAsync(connection);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // The client was killed, or it is over.
            }
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        var head = new byte[8192];
        var text = Encoding.ASCII.GetString(head, 0, await connection.ReceiveAsync(head, _stop.Token));
        var start = StartOf(text);
        if (start > 0)
        {
            RangeAsked.TrySetResult(Stopwatch.GetTimestamp());
        }

        var status = start > 0 ? $"206 Partial Content\r\nContent-Range: bytes {start}-{_length - 1}/{_length}" : "200 OK";
        await connection.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nETag: \"v1\"\r\nContent-Length: {_length - start}\r\nConnection: close\r\n\r\n"), _stop.Token);
        for (var left = _length - start; left > 0; left -= Math.Min(left, Zeros.Length))
        {
            await connection.SendAsync(Zeros.AsMemory(0, (int)Math.Min(left, Zeros.Length)), _stop.Token);
        }
    }

    private static long StartOf(string request)
    {
        const string field = "Range: bytes=";
        var at = request.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : long.Parse(request[(at + field.Length)..].Split('-')[0], CultureInfo.InvariantCulture);
    }
}
