using System.Net.Sockets;

namespace ResumableDownload.Transport;

/// <summary>Connects as the handler itself does, and lets the system gather what comes.</summary>
internal static class OriginConnection
{
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return IsEncrypted(context) ? new ReadAheadStream(new NetworkStream(socket, ownsSocket: true)) : new GatheringStream(socket, TimeProvider.System);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsEncrypted(SocketsHttpConnectionContext context) => context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
}
