using System.Net;

namespace ResumableDownload.Transport;

/// <summary>Makes the handler that downloads need.</summary>
internal static class OriginHandler
{
    public static SocketsHttpHandler Create() => new()
    {
        // Ranges count the bytes of the sent form, so nothing may be decoded on the way.
        AutomaticDecompression = DecompressionMethods.None,

        // The own loop knows which header fields may go where.
        AllowAutoRedirect = false,

        // Our own attempts are counted; the handler's hidden ones are not.
        PlaintextStreamFilter = static (context, _) => ValueTask.FromResult<Stream>(new FirstAnswerStream(context.PlaintextStream)),
        ConnectCallback = LowWaterMark.IsThere ? OriginConnection.OpenAsync : null,
        ConnectTimeout = TimeSpan.FromSeconds(15),

        // A connection whose later part another one has taken is closed; reading on to use it again would cost more than a new one.
        MaxResponseDrainSize = 64 << 10,

        // A client that lives long must notice that a name leads elsewhere now.
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    };
}
