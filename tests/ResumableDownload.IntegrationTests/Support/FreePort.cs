using System.Net;
using System.Net.Sockets;

namespace ResumableDownload.IntegrationTests;

/// <summary>Ports of loopback for servers that must be told theirs.</summary>
internal static class FreePort
{
    // Below what systems give to outgoing connections, and each only once: nothing can take a port before its server does.
    private const int First = 15_000;
    private const int Count = 15_000;

    private static int _given = Random.Shared.Next(Count);

    public static int Next()
    {
        for (var attempt = 0; attempt < Count; attempt++)
        {
            var port = First + (Interlocked.Increment(ref _given) % Count);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException("No port is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
