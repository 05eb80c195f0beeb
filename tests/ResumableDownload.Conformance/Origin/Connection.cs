using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ResumableDownload.Conformance;

/// <summary>One accepted connection: reads requests, sends answers, ends as told.</summary>
internal sealed class Connection(Socket socket, X509Certificate2? certificate)
{
    public async Task RunAsync(Func<SeenRequest, (Conduct Conduct, Answer Answer)> deal, CancellationToken closing)
    {
        // Off the accepting loop, so that a slow answer keeps no other connection waiting.
        await Task.Yield();
        try
        {
            socket.NoDelay = true;
            using var stream = await OpenAsync(closing);
            while (await ReadHeadAsync(stream, closing) is { } head)
            {
                var request = new SeenRequest(head);
                var (conduct, answer) = deal(request);
                await SendAsync(stream, request, conduct, answer, closing);
                if (!await StaysOpenAsync(stream, conduct, answer, closing))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private static async Task<string?> ReadHeadAsync(Stream stream, CancellationToken closing)
    {
        var head = new StringBuilder();
        var buffer = new byte[8192];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, closing);
            if (count == 0)
            {
                return null;
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }

        return head.ToString();
    }

    private static async Task SendAsync(Stream stream, SeenRequest request, Conduct conduct, Answer answer, CancellationToken closing)
    {
        if (conduct.Raw is { } raw)
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(raw), closing);
            while (conduct.Refrain is { } refrain)
            {
                await stream.WriteAsync(Encoding.Latin1.GetBytes(refrain), closing);
            }

            return;
        }

        await stream.WriteAsync(answer.Head(), closing);
        var body = request.Method == "HEAD" ? default : answer.Body[..(int)Math.Min(answer.Body.Length, conduct.BodyLimit ?? long.MaxValue)];
        for (var rest = body; !rest.IsEmpty;)
        {
            var piece = rest[..Math.Min(rest.Length, conduct.Pieces.Bytes)];
            await WritePieceAsync(stream, piece, answer.Framing, closing);
            request.CountSent(piece.Length);
            rest = rest[piece.Length..];
            await PauseAsync(conduct.Pieces.Pause, closing);
        }

        if (answer.Framing == Framing.Chunked && body.Length == answer.Body.Length)
        {
            await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), closing);
        }
    }

    private static Task PauseAsync(TimeSpan pause, CancellationToken closing) => pause == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(pause, closing);

    private static async Task WritePieceAsync(Stream stream, ReadOnlyMemory<byte> piece, Framing framing, CancellationToken closing)
    {
        if (framing != Framing.Chunked)
        {
            await stream.WriteAsync(piece, closing);
            return;
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{piece.Length:x}\r\n"), closing);
        await stream.WriteAsync(piece, closing);
        await stream.WriteAsync("\r\n"u8.ToArray(), closing);
    }

    private async Task<Stream> OpenAsync(CancellationToken closing)
    {
        var stream = new NetworkStream(socket);
        if (certificate is null)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, closing);
        return secure;
    }

    private async Task<bool> StaysOpenAsync(Stream stream, Conduct conduct, Answer answer, CancellationToken closing)
    {
        switch (conduct.Ending)
        {
            case Ending.Reset:
                socket.LingerState = new LingerOption(true, 0);
                return false;
            case Ending.Stall:
                _ = await stream.ReadAsync(new byte[1], closing);
                return false;
            case Ending.Normal when answer.Framing != Framing.UntilClose:
                return true;
            default:
                socket.Shutdown(SocketShutdown.Send);
                return false;
        }
    }
}
