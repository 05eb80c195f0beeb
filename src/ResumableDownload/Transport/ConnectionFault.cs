using System.Net.Sockets;
using System.Security.Authentication;

namespace ResumableDownload.Transport;

/// <summary>What a failed exchange means.</summary>
/// <param name="Failure">What it is called if trying again does not help.</param>
/// <param name="Why">What happened, as a sentence without an address.</param>
/// <param name="IsLasting">Whether trying again cannot help.</param>
/// <param name="IsNoAnswer">Whether the connection was closed without a single byte of an answer.</param>
internal sealed record ConnectionFault(DownloadFailure Failure, string Why, bool IsLasting = false, bool IsNoAnswer = false)
{
    /// <summary>Whether an exception came from the network or a handler in between, rather than from a caller's mistake or a disposed client.</summary>
    public static bool Is(Exception exception) => exception is not (InvalidOperationException or ArgumentException or NotSupportedException);

    public static ConnectionFault Of(Exception exception) => exception switch
    {
        HttpRequestException { InnerException: AuthenticationException inner } =>
            new(DownloadFailure.Connection, $"The server's certificate was not accepted ({inner.Message.TrimEnd('.')})", IsLasting: true),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new(DownloadFailure.ProtocolViolation, "The head of the answer is too long", IsLasting: true),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            new(DownloadFailure.UnknownHost, "The host's name is not known"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError, InnerException: SocketException socket } =>
            new(DownloadFailure.Connection, $"No connection could be made ({socket.SocketErrorCode})"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            new(DownloadFailure.Connection, "No connection could be made"),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } =>
            new(DownloadFailure.Connection, "The connection was closed without an answer", IsNoAnswer: true),
        HttpRequestException { InnerException: IOException } =>
            new(DownloadFailure.Connection, "The connection was reset without an answer", IsNoAnswer: true),
        OperationCanceledException => new(DownloadFailure.Connection, "The request timed out"),
        _ => new(DownloadFailure.Connection, "The connection broke off"),
    };
}
