using Microsoft.Extensions.Logging;

namespace ResumableDownload.Transfer;

/// <summary>One line for each meaningful thing. Addresses come without query and user info.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Download of {Source} to {Destination} begins.")]
    public static partial void Began(ILogger logger, string source, string destination);

    [LoggerMessage(2, LogLevel.Information, "Download of {Source} goes on from {Kept} kept bytes.")]
    public static partial void Resumed(ILogger logger, string source, long kept);

    [LoggerMessage(3, LogLevel.Warning, "Download of {Source} starts over ({Reason}): what was received is given up.")]
    public static partial void StartedOver(ILogger logger, string source, StartOverReason reason);

    [LoggerMessage(4, LogLevel.Warning, "Attempt {Attempt} for {Source} brought nothing: {Why}. The next follows in {Delay}.")]
    public static partial void Retrying(ILogger logger, int attempt, string source, string why, TimeSpan delay);

    [LoggerMessage(5, LogLevel.Warning, "The checkpoint of {Destination} is damaged; what it still proves is used.")]
    public static partial void DamagedCheckpoint(ILogger logger, string destination);

    [LoggerMessage(6, LogLevel.Warning, "{Bytes} bytes of the partial file of {Destination} are not what the checkpoint says; they are fetched again.")]
    public static partial void VoidBytes(ILogger logger, string destination, long bytes);

    [LoggerMessage(7, LogLevel.Information, "What is kept at {Destination} belongs to another resource; it is replaced when the first bytes arrive.")]
    public static partial void OtherResource(ILogger logger, string destination);

    [LoggerMessage(8, LogLevel.Information, "{Source}: learned that the origin {Traits}.")]
    public static partial void Learned(ILogger logger, string source, string traits);

    [LoggerMessage(9, LogLevel.Information, "Download of {Source} is whole: {Length} bytes at {Destination}.")]
    public static partial void Committed(ILogger logger, string source, long length, string destination);

    [LoggerMessage(10, LogLevel.Information, "{Destination} was whole already; an earlier run was cut off after its commit.")]
    public static partial void Recovered(ILogger logger, string destination);

    [LoggerMessage(11, LogLevel.Debug, "{Source}: a body ended ({End}) after {Gained} new bytes.")]
    public static partial void BodyEnded(ILogger logger, string source, BodyEnd end, long gained);

    [LoggerMessage(12, LogLevel.Warning, "{Source}: the HTTP client followed a redirect to {Other} by itself; header fields meant for the source may have gone there. Set AllowAutoRedirect to false.")]
    public static partial void WentElsewhere(ILogger logger, string source, string other);

    [LoggerMessage(13, LogLevel.Information, "{Source}: a fresh address is asked for ({Reason}).")]
    public static partial void Refreshing(ILogger logger, string source, UriRefreshReason reason);

    [LoggerMessage(14, LogLevel.Information, "{Source}: not modified; nothing was fetched.")]
    public static partial void NotModified(ILogger logger, string source);

    [LoggerMessage(15, LogLevel.Warning, "{Source}: the resource changed while it was received; what came may be a mixture.")]
    public static partial void ChangedMeanwhile(ILogger logger, string source);

    [LoggerMessage(16, LogLevel.Debug, "{Source}: whether the resource changed while it was received could not be told.")]
    public static partial void FinalCheckInconclusive(ILogger logger, string source);

    [LoggerMessage(17, LogLevel.Warning, "{Source}: the whole file has not the digest {Digest} of {Teller}.")]
    public static partial void DigestDiffers(ILogger logger, string source, string digest, string teller);

    [LoggerMessage(18, LogLevel.Warning, "{Source}: no fresh address could be had ahead of the expiry; the present one is used on.")]
    public static partial void RefreshFailedAhead(ILogger logger, string source);

    [LoggerMessage(19, LogLevel.Warning, "Attempt {Attempt} for {Source} brought nothing: {Why}. What follows is up to the caller's resilience pipeline.")]
    public static partial void BroughtNothing(ILogger logger, int attempt, string source, string why);

    [LoggerMessage(20, LogLevel.Warning, "{Source}: the connection stalled after {Gained} new bytes; what came is kept.")]
    public static partial void Stalled(ILogger logger, string source, long gained);

    [LoggerMessage(21, LogLevel.Warning, "{Source}: a handler of the HTTP client keeps whole bodies in memory ({Length} bytes); downloads cannot be kept while they come, and may exhaust the memory.")]
    public static partial void Buffered(ILogger logger, string source, long length);

    [LoggerMessage(22, LogLevel.Error, "Download of {Source} failed ({Failure}): {Why}")]
    public static partial void Failed(ILogger logger, string source, DownloadFailure failure, string why);

    [LoggerMessage(24, LogLevel.Error, "Download of {Source} broke off with {Exception}; what came is kept.")]
    public static partial void Broke(ILogger logger, string source, string exception);

    [LoggerMessage(23, LogLevel.Information, "Download of {Source} was cancelled; {Kept} bytes are kept.")]
    public static partial void Cancelled(ILogger logger, string source, long kept);
}
